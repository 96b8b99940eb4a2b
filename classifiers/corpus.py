"""Reading labelled sentences: one `label TAB sentence` per line, UTF-8, the corpus's own format."""

from pathlib import Path
from typing import NamedTuple

from classifiers.labels import Emotion
from classifiers.text import normalize_text

CORPUS_FOLDER = Path(__file__).parent / "data"


class CorpusError(ValueError):
    """A corpus file that is missing or holds a line that cannot be read."""


class LabelledSentence(NamedTuple):
    """One line of the corpus: the sentence normalised, the emotion, and the part (file stem) it is from."""

    text: str
    emotion: Emotion
    part: str


def read_labelled_sentences(path: Path) -> list[LabelledSentence]:
    """Read one file of `label TAB sentence` lines; blank lines are skipped.

    Raises CorpusError, naming file and line, for a missing file, bad UTF-8, a line without exactly one
    tab, an unknown label or an empty sentence.
    """
    return [_parse(line, path, where) for where, line in numbered_lines(path)]


def numbered_lines(path: Path) -> list[tuple[str, str]]:
    """Return the lines of a UTF-8 file that are not blank, each behind the words that tell its place.

    Raises CorpusError, naming the file, for one that is missing or not UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise CorpusError(f"cannot read {path}: {error.strerror}; expected `label TAB sentence` lines") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    return [(f"{path}, line {number}", line) for number, line in enumerate(lines, start=1) if line.strip()]


def read_corpus(folder: Path = CORPUS_FOLDER) -> list[LabelledSentence]:
    """Read every part*.tsv under `folder`, in order of name. Raises CorpusError if there is none."""
    parts = sorted(folder.glob("part*.tsv"))
    if not parts:
        raise CorpusError(f"no part*.tsv under {folder}; give the folder of the emotion corpus")
    return [sentence for part in parts for sentence in read_labelled_sentences(part)]


def _parse(line: str, path: Path, where: str) -> LabelledSentence:
    label, tab, text = line.rstrip("\r").partition("\t")
    if not tab or "\t" in text:
        raise CorpusError(f"{where}: expected `label TAB sentence` with one tab, got {line[:60]!r}")
    if label not in set(Emotion):
        raise CorpusError(f"{where}: unknown label {label!r}; known are {', '.join(Emotion)}")
    text = normalize_text(text)
    if not text:
        raise CorpusError(f"{where}: the sentence is empty")
    return LabelledSentence(text, Emotion(label), path.stem)
