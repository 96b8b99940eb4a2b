"""The fixed sets that models are judged by and never learn from: our held-out parts and two open test splits."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from classifiers.cases import Case, CaseSet
from classifiers.corpus import CORPUS_FOLDER, read_corpus
from classifiers.labels import Emotion
from classifiers.training.sources import (
    CHAT_TEST_READINGS,
    LABELS,
    Example,
    read_chat_readings,
    read_goemotions,
    read_kote,
)
from classifiers.training.split import split_corpus
from classifiers.views import FIVE, to_five

# From this share of a row's labels on, 중립 is what the row says.
NEUTRAL_FROM = 0.5
# Two emotions of one strength differ by rounding alone.
NOTHING = 1e-6


def read_held_out(corpus: Path = CORPUS_FOLDER) -> CaseSet:
    """Return the held-out parts of the corpus; the kind of a line is its part. Raises CorpusError."""
    lines = split_corpus(read_corpus(corpus)).held_out
    return CaseSet("held-out", [Case(line.text, line.emotion, line.part) for line in lines])


def read_kote_test(data: Path) -> CaseSet:
    """Return KOTE's test split in the five-label view. Raises MissingDataError if it is not under `data`."""
    return CaseSet("kote-test", five_label_cases(read_kote(data, "test", 1.0)), fine_labels=False)


def read_goemotions_test(data: Path) -> CaseSet:
    """Return GoEmotions-Korean's test split in the five-label view. Raises MissingDataError as KOTE's reader."""
    return CaseSet("goemotions-test", five_label_cases(read_goemotions(data, "test", 1.0)), fine_labels=False)


def read_chatbot_test(data: Path, corpus: Path = CORPUS_FOLDER) -> CaseSet:
    """Return the questions of Chatbot_data that our readers labelled for judging, with their first label."""
    examples = read_chat_readings(data, corpus / CHAT_TEST_READINGS, 1.0)
    return CaseSet("chatbot-test", [Case(example.text, LABELS[example.target.argmax()]) for example in examples])


def five_label_cases(examples: Iterable[Example]) -> list[Case]:
    """Return the rows of an open set that say one thing, see `single_label`; the others are left out."""
    labelled = ((example.text, single_label(example.target)) for example in examples)
    return [Case(text, emotion) for text, emotion in labelled if emotion]


def single_label(target: np.ndarray) -> Emotion | None:
    """Return what a soft target (8,) over LABELS says: 중립, one of the five emotions, or None for no one thing.

    It is 중립 if that has half of the target or more, else the emotion that is stronger in the five-label view
    than each of the others.
    """
    if target[LABELS.index(Emotion.NEUTRAL)] >= NEUTRAL_FROM:
        return Emotion.NEUTRAL
    five = to_five(target[None], LABELS)[0]
    second, first = np.sort(five)[-2:]
    return FIVE[five.argmax()] if first - second > NOTHING else None
