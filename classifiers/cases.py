"""Sets of labelled sentences to judge a classifier by, some of a kind (a greeting, irony): reading and judging."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from classifiers.corpus import CorpusError, numbered_lines
from classifiers.emotion import EmotionClassifier
from classifiers.evaluation import Evaluation, evaluate, find_unreadable
from classifiers.labels import Emotion
from classifiers.text import normalize_text


class Case(NamedTuple):
    """A normalised sentence, its emotion and what kind of sentence it is; without a kind that is empty."""

    text: str
    emotion: Emotion
    kind: str = ""


class CaseSet(NamedTuple):
    """Cases with a name; without `fine_labels` their emotions are those of the five-label view, or 중립."""

    name: str
    cases: Sequence[Case]
    fine_labels: bool = True


def read_cases(path: Path) -> list[Case]:
    """Read lines of `label TAB sentence`, or `label TAB sentence TAB kind`; blank lines are skipped.

    Raises CorpusError, naming file and line, for a missing file, bad UTF-8, a line of another form, an unknown
    label or an empty sentence.
    """
    return [_parse(line, where) for where, line in numbered_lines(path)]


def judge_cases(classifier: EmotionClassifier, judged_by: CaseSet) -> Evaluation:
    """Judge a classifier as the bot uses it. Raises NothingToEvaluateError if no case has an emotion it knows."""
    texts = [case.text for case in judged_by.cases]
    return evaluate(
        classifier.predict_proba(texts),
        classifier.labels,
        [case.emotion for case in judged_by.cases],
        classifier.thresholds,
        unreadable=find_unreadable(texts),
        kinds=[case.kind for case in judged_by.cases],
        fine_labels=judged_by.fine_labels,
    )


def _parse(line: str, where: str) -> Case:
    label, *cells = (cell.strip() for cell in line.split("\t"))
    if len(cells) not in (1, 2):
        raise CorpusError(f"{where}: expected `label TAB sentence`, perhaps with `TAB kind`, got {line[:60]!r}")
    if label not in set(Emotion):
        raise CorpusError(f"{where}: unknown label {label!r}; known are {', '.join(Emotion)}")
    text = normalize_text(cells[0])
    if not text:
        raise CorpusError(f"{where}: the sentence is empty")
    return Case(text, Emotion(label), *cells[1:])
