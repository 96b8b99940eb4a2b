"""The open data sets, each read from the folder layout of its own publication."""

import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from classifiers.corpus import CorpusError
from classifiers.labels import Emotion
from classifiers.text import normalize_text
from classifiers.training.label_maps import GOEMOTIONS, KOTE, LabelMap

LABELS: tuple[Emotion, ...] = tuple(Emotion)
# Our readers' labels for rows of open sets, beside the corpus; the second ones judge and are never learned from.
CHAT_READINGS, CHAT_TEST_READINGS, KOTE_READINGS = (
    f"readings_{name}.tsv" for name in ("chatbot", "chatbot_test", "kote")
)
# What a reader's first and second label weigh where two fit.
FIRST_AND_SECOND = (0.6, 0.4)


class MissingDataError(FileNotFoundError):
    """A data file that training needs is not there."""


@dataclass(frozen=True)
class Example:
    """A sentence to learn from: `target` (8,) sums to one over LABELS, `weight` is its say in the loss."""

    text: str
    target: np.ndarray
    weight: float


class Review(NamedTuple):
    """A film review and its rating from 1 (worst) to 10 (best)."""

    text: str
    rating: int


@dataclass(frozen=True)
class Source:
    """What the model card tells about a set of data."""

    name: str
    origin: str
    licence: str
    use: str


SOURCES = (
    Source("SMOODY corpus", "classifiers/data", "CC BY 4.0", "fine-tuning and evaluation; pretraining text"),
    Source("SMOODY readings", "classifiers/data", "CC BY 4.0", "labels for rows of Chatbot_data and KOTE"),
    Source("GoEmotions-Korean", "monologg/GoEmotions-Korean", "Apache-2.0", "fine-tuning; pretraining text"),
    Source("KOTE, val split", "searle-j/KOTE", "MIT", "fine-tuning; pretraining text (its test split: never)"),
    Source("Chatbot_data", "songys/Chatbot_data", "MIT", "fine-tuning, with our labels; pretraining text"),
    Source("NSMC raw reviews", "e9t/nsmc", "CC0", "pretraining text, with the rating as a second signal"),
    Source("Kiwi 0.24", "kiwipiepy_model", "Apache-2.0", "morpheme embeddings that the tokens begin with"),
)


def one_hot(emotion: Emotion) -> np.ndarray:
    """Return the target (8,) that is sure of `emotion`."""
    return np.eye(len(LABELS), dtype=np.float32)[LABELS.index(emotion)]


def read_goemotions(data: Path, split: str, weight: float) -> list[Example]:
    """Read one split (train, dev or test) of GoEmotions-Korean as examples with soft targets."""
    names = _lines(data / "goemotions-korean" / "labels.txt")
    rows = (line.split("\t") for line in _lines(data / "goemotions-korean" / f"{split}.tsv"))
    return _examples(((row[0], row[1]) for row in rows), names, GOEMOTIONS, weight)


def read_kote(data: Path, split: str, weight: float) -> list[Example]:
    """Read one split (val to train, test only to evaluate) of KOTE as examples with soft targets."""
    names = _lines(data / "kote" / "labels.txt")
    rows = (line.split("\t") for line in _lines(data / "kote" / f"{split}.tsv"))
    return _examples(((row[1], row[2]) for row in rows), names, KOTE, weight)


def read_chats(data: Path) -> list[tuple[str, str]]:
    """Read the questions and answers of Chatbot_data, a pair a row, without labels."""
    rows = csv.DictReader(_lines(data / "songys-chatbot" / "ChatbotData.csv"))
    return [(normalize_text(row["Q"]), normalize_text(row["A"])) for row in rows]


def read_chat_readings(data: Path, readings: Path, weight: float) -> list[Example]:
    """Read those questions of Chatbot_data that the file `readings` has labels for, see `_read_readings`."""
    return _read_readings(readings, [question for question, _ in read_chats(data)], weight)


def read_kote_readings(data: Path, readings: Path, weight: float) -> list[Example]:
    """Read those rows of KOTE's val split that the file `readings` has labels for, see `_read_readings`."""
    rows = (line.split("\t") for line in _lines(data / "kote" / "val.tsv"))
    return _read_readings(readings, [normalize_text(row[1]) for row in rows], weight)


def read_reviews(data: Path, limit: int | None = None) -> list[Review]:
    """Read the NSMC reviews with their ratings, the first `limit` or all; empty reviews are left out."""
    path = data / "nsmc" / "reviews.tsv.gz"
    _require(path)
    reviews = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            rating, _, text = line.rstrip("\n").partition("\t")
            if text := normalize_text(text):
                reviews.append(Review(text, int(rating)))
            if limit is not None and len(reviews) >= limit:
                break
    return reviews


def _read_readings(path: Path, texts: Sequence[str], weight: float) -> list[Example]:
    """Read `row TAB label[ TAB second label]` lines for `texts`, whose rows count from one; no file, no readings.

    Raises CorpusError, naming file and line, for a line of another form, an unknown label or a row too many.
    """
    examples = []
    for number, line in enumerate(_lines(path) if path.exists() else [], start=1):
        row, *labels = line.split("\t")
        known = len(labels) in (1, 2) and set(labels) <= set(Emotion)
        if not known or not row.isdecimal() or not 1 <= int(row) <= len(texts):
            raise CorpusError(f"{path}, line {number}: expected `row TAB label[ TAB second label]`, got {line!r}")
        shares = FIRST_AND_SECOND if len(labels) == 2 else (1.0,)
        target = sum(share * one_hot(Emotion(label)) for share, label in zip(shares, labels, strict=True))
        examples.append(Example(texts[int(row) - 1], target, weight))
    return examples


def _examples(rows, names: list[str], table: LabelMap, weight: float) -> list[Example]:
    targets = {str(number): _row_of(table, name) for number, name in enumerate(names)}
    examples = []
    for text, numbers in rows:
        total = np.sum([targets[number] for number in numbers.split(",")], axis=0)
        if total.sum() > 0 and (text := normalize_text(text)):
            examples.append(Example(text, (total / total.sum()).astype(np.float32), weight))
    return examples


def _row_of(table: LabelMap, name: str) -> np.ndarray:
    return np.array([table[name].get(emotion, 0.0) for emotion in LABELS], dtype=np.float32)


def _lines(path: Path) -> list[str]:
    _require(path)
    return path.read_text(encoding="utf-8").splitlines()


def _require(path: Path) -> None:
    if not path.is_file():
        raise MissingDataError(f"no {path}; give the folder of the open data sets with --data")
