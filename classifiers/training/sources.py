"""The open data sets, each read from the folder layout of its own publication."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from classifiers.labels import Emotion
from classifiers.text import normalize_text
from classifiers.training.label_maps import GOEMOTIONS, KOTE, LabelMap

LABELS: tuple[Emotion, ...] = tuple(Emotion)


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
    Source("GoEmotions-Korean", "monologg/GoEmotions-Korean", "Apache-2.0", "fine-tuning; pretraining text"),
    Source("KOTE, val split", "searle-j/KOTE", "MIT", "fine-tuning; pretraining text (its test split: never)"),
    Source("Chatbot_data", "songys/Chatbot_data", "MIT", "pretraining text"),
    Source("NSMC raw reviews", "e9t/nsmc", "CC0", "pretraining text, with the rating as a second signal"),
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


def read_chats(data: Path) -> list[str]:
    """Read the questions and answers of Chatbot_data, without labels."""
    path = data / "songys-chatbot" / "ChatbotData.csv"
    rows = csv.DictReader(_lines(path))
    return [normalize_text(text) for row in rows for text in (row["Q"], row["A"])]


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
