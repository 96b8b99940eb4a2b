"""What is wrong with a corpus: lines twice, in contradiction, across splits; and whether two readers agree."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from classifiers.corpus import CORPUS_FOLDER, CorpusError, numbered_lines, read_corpus
from classifiers.labels import Emotion
from classifiers.text import HANGUL, has_hangul
from classifiers.views import TO_FIVE

NEAR_DUPLICATE_ABOVE = 0.6
LONGEST_LINE = 200
FOLDED = re.compile(rf"{HANGUL.pattern}|[0-9a-z]")


class Line(NamedTuple):
    """A labelled sentence and where it stands: its part, and its number there, counted from one."""

    text: str
    emotion: Emotion
    part: str
    number: int

    def __str__(self) -> str:
        return f"{self.part}:{self.number} {self.emotion} {self.text}"


class Pair(NamedTuple):
    """Two lines that resemble each other; `similarity` is the Jaccard index of their trigrams, 0 to 1."""

    first: Line
    second: Line
    similarity: float


@dataclass(frozen=True)
class Findings:
    """All that a check found. A text that stands n times gives n - 1 pairs, each with its first line."""

    duplicates: list[Pair]
    contradictions: list[Pair]
    near_duplicates: list[Pair]
    leaks: list[Pair]
    too_long: list[Line]
    without_hangul: list[Line]


class Reading(NamedTuple):
    """The emotion that a line was written with, and the one that a second reader saw in it."""

    written: Emotion
    seen: Emotion


@dataclass(frozen=True)
class Agreement:
    """How far two readers agree on `n` lines.

    `share` is from 0 to 1; `kappa` (Cohen 1960) is at most 1, 0 by chance, and None where it is not defined,
    when both gave one and the same label throughout. `confusions` counts the readings that differ.
    """

    n: int
    share: float
    kappa: float | None
    confusions: Counter[Reading]


def read_lines(folder: Path = CORPUS_FOLDER) -> list[Line]:
    """Read every part*.tsv under `folder` with line numbers. Raises CorpusError as `read_corpus` does."""
    sentences = read_corpus(folder)
    numbers = [
        number
        for part in sorted(folder.glob("part*.tsv"))
        for number, line in enumerate(part.read_text(encoding="utf-8").split("\n"), start=1)
        if line.strip()
    ]
    return [Line(*sentence, number) for sentence, number in zip(sentences, numbers, strict=True)]


def check_lines(lines: Sequence[Line], split_of: Mapping[Line, str]) -> Findings:
    """Look for everything that is wrong with `lines`; `split_of` names the split that each is in."""
    by_text: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_text[fold_text(line.text) or line.text].append(line)
    duplicates = [Pair(first, other, 1.0) for first, *others in by_text.values() for other in others]
    near_duplicates = [
        Pair(by_text[one][0], by_text[other][0], similarity)
        for one, other, similarity in near_duplicates_among(by_text)
    ]
    return Findings(
        duplicates=duplicates,
        contradictions=[pair for pair in duplicates if pair.first.emotion != pair.second.emotion],
        near_duplicates=near_duplicates,
        leaks=[pair for pair in duplicates + near_duplicates if split_of[pair.first] != split_of[pair.second]],
        too_long=[line for line in lines if len(line.text) > LONGEST_LINE],
        without_hangul=[line for line in lines if not has_hangul(line.text)],
    )


def fold_text(text: str) -> str:
    """Return only the Hangul, Latin letters (in lower case) and digits of `text`; perhaps nothing."""
    return "".join(FOLDED.findall(text.lower()))


def near_duplicates_among(texts: Iterable[str]) -> list[tuple[str, str, float]]:
    """Return the pairs of different texts whose trigrams have a Jaccard index above .6, the most alike first.

    Two sets that overlap so far share one of the rarest few elements of either, so only texts that meet in an
    index of those are compared (prefix filtering: Bayardo, Ma and Srikant 2007).
    """
    trigrams = {text: trigrams_of(text) for text in texts}
    counts = Counter(gram for grams in trigrams.values() for gram in grams)
    index: defaultdict[str, list[str]] = defaultdict(list)
    pairs = []
    for text, grams in trigrams.items():
        rarest_first = sorted(grams, key=lambda gram: (counts[gram], gram))
        rare = rarest_first[: len(grams) - math.floor(NEAR_DUPLICATE_ABOVE * len(grams))]
        for other in {other for gram in rare for other in index[gram]}:
            similarity = len(grams & trigrams[other]) / len(grams | trigrams[other])
            if similarity > NEAR_DUPLICATE_ABOVE:
                pairs.append((other, text, similarity))
        for gram in rare:
            index[gram].append(text)
    return sorted(pairs, key=lambda pair: (-pair[2], pair))


def trigrams_of(text: str) -> set[str]:
    """Return the runs of three characters in `text`; a shorter text is its own only one."""
    return {text[start : start + 3] for start in range(max(1, len(text) - 2))}


def count_labels(lines: Iterable[Line]) -> dict[str, Counter[Emotion]]:
    """Return how many lines of each emotion every part holds."""
    counts: defaultdict[str, Counter[Emotion]] = defaultdict(Counter)
    for line in lines:
        counts[line.part][line.emotion] += 1
    return dict(counts)


def read_second_reading(path: Path) -> list[Reading]:
    """Read `part TAB label TAB second reader's label TAB sentence` rows; blank rows are skipped.

    The sentence stands there for people: a line in dispute may have left its part since. Raises CorpusError,
    naming file and line, for bad UTF-8, a row of another form and an unknown label.
    """
    return [_parse_reading(row, where) for where, row in numbered_lines(path)]


def as_six(readings: Iterable[Reading]) -> list[Reading]:
    """Return `readings` in the five-label view, 중립 staying a sixth."""
    return [Reading(*(TO_FIVE[emotion] or emotion for emotion in reading)) for reading in readings]


def agreement(readings: Sequence[Reading]) -> Agreement:
    """Measure how far two readers agree; there must be at least one reading."""
    n = len(readings)
    observed = sum(reading.written == reading.seen for reading in readings) / n
    written, seen = (Counter(column) for column in zip(*readings, strict=True))
    expected = sum(written[emotion] * seen[emotion] for emotion in written) / n**2
    return Agreement(
        n=n,
        share=observed,
        kappa=(observed - expected) / (1 - expected) if expected < 1 else None,
        confusions=Counter(reading for reading in readings if reading.written != reading.seen),
    )


def _parse_reading(row: str, where: str) -> Reading:
    cells = [cell.strip() for cell in row.split("\t")]
    if len(cells) != 4:
        raise CorpusError(f"{where}: expected part, label, second label and sentence, got {row[:60]!r}")
    if strange := set(cells[1:3]) - set(Emotion):
        raise CorpusError(f"{where}: unknown label {strange.pop()!r}; known are {', '.join(Emotion)}")
    return Reading(Emotion(cells[1]), Emotion(cells[2]))
