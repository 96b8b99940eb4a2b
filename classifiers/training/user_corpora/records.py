"""Labelled records as every format gives them, and the dialogues they make."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from classifiers.labels import Emotion
from classifiers.training.user_corpora.dialogue import Dialogue
from classifiers.training.user_corpora.files import UserCorpusError
from classifiers.training.user_corpora.labels import MINOR

# A label is one word and no longer; anything else in its place is a text that slipped there.
LONGEST_LABEL = 12
# Above this share an unknown label is no slip of a few rows, but a corpus with other labels.
UNKNOWN_SHARE = 0.01
# Above this share the file, not a few of its rows, is at fault.
LEFT_OUT_SHARE = 0.5
ROWS_NAMED = 5

NO_LABEL, SLIPPED, UNKNOWN_LABEL = "no label", "another text in place of the label", "an unknown label"
NO_SENTENCE, TOO_MANY_CELLS = "no sentence", "more cells than columns"

logger = logging.getLogger(__name__)


class Record(NamedTuple):
    """A row or JSON object as it stands: texts normalised, turns perhaps empty; `fits` unless cells stick out."""

    number: int
    label: str
    minor: str
    turns: Sequence[str]
    fits: bool = True


class Records(NamedTuple):
    """The records of one file, what one and its label's place are called in messages, and the known labels."""

    records: Iterable[Record]
    unit: str
    label_place: str
    known: Mapping[str, Emotion]


def squeeze(label: str) -> str:
    """Return a normalised label without spaces."""
    return label.replace(" ", "")


def to_dialogues(read: Records, name: str) -> list[Dialogue]:
    """Return the dialogues of a file's records, without empty turns; `name` is the file's.

    A few records with an empty or slipped label or without a sentence are left out and logged. Raises
    UserCorpusError if there is no record, if more than half are unusable, and if more than one in a hundred
    have an unknown label.
    """
    dialogues = []
    left_out: defaultdict[str, list[Record]] = defaultdict(list)
    for record in read.records:
        if fault := _fault_of(record, read.known):
            left_out[fault].append(record)
        else:
            turns = tuple(turn for turn in record.turns if turn)
            dialogues.append(Dialogue(f"{name}:{record.number}", _emotion_of(record, read.known), turns))
    count = len(dialogues) + sum(map(len, left_out.values()))
    if not count:
        raise UserCorpusError(f"{name} has no {read.unit} with data; download or export it again")
    if len(left_out[UNKNOWN_LABEL]) > UNKNOWN_SHARE * count:
        raise UserCorpusError(_unknown_labels(left_out[UNKNOWN_LABEL], count, read, name))
    faults = "; ".join(
        f"{fault} in {_places(records, read.unit)}" for fault, records in left_out.items() if records
    )
    if count - len(dialogues) > LEFT_OUT_SHARE * count:
        raise UserCorpusError(
            f"{name}: only {len(dialogues)} of {count} {read.unit}s can be used ({faults}); labels are read "
            f"from {read.label_place}: check that they stand there, each with a sentence"
        )
    if faults:
        logger.warning("%s: left out %d of %d %ss: %s", name, count - len(dialogues), count, read.unit, faults)
    return dialogues


def _emotion_of(record: Record, known: Mapping[str, Emotion]) -> Emotion:
    emotion = known[squeeze(record.label)]
    # The minor class refines 기쁨 alone: elsewhere releases write one name under two major classes.
    is_calm = emotion == Emotion.JOY and MINOR.get(squeeze(record.minor)) == Emotion.CALM
    return Emotion.CALM if is_calm else emotion


def _fault_of(record: Record, known: Mapping[str, Emotion]) -> str | None:
    if not record.fits:
        return TOO_MANY_CELLS
    if not record.label:
        return NO_LABEL
    if squeeze(record.label) not in known:
        is_word = " " not in record.label and len(record.label) <= LONGEST_LABEL
        is_minor = record.minor and squeeze(record.label) in MINOR  # the row has slipped to the left
        return UNKNOWN_LABEL if is_word and not is_minor else SLIPPED
    return None if any(record.turns) else NO_SENTENCE


def _unknown_labels(records: Sequence[Record], count: int, read: Records, name: str) -> str:
    labels = Counter(record.label for record in records).most_common()
    found = ", ".join(f"{label} ({times})" for label, times in labels[:20])
    return (
        f"{name}, {read.label_place}: {_places(records, read.unit)} of {count} have unknown labels: {found}; "
        f"known are {', '.join(read.known)}; rename the labels or leave those {read.unit}s out"
    )


def _places(records: Sequence[Record], unit: str) -> str:
    """Return how many records these are, and the numbers of the first."""
    numbers = ", ".join(str(record.number) for record in records[:ROWS_NAMED])
    more = ", …" if len(records) > ROWS_NAMED else ""
    return f"{len(records)} {unit}{'s' if len(records) > 1 else ''} ({numbers}{more})"
