"""Labels of other people's checkpoints, read as ours: by tables of obvious names, and by what the user says."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from classifiers.labels import Emotion
from classifiers.training.backbones import CheckpointError
from classifiers.training.label_maps import GOEMOTIONS, KOTE, LabelMap
from classifiers.training.sources import LABELS
from classifiers.training.user_corpora.labels import CODES, MINOR, PLAIN

# Names that no corpus we read has, but many checkpoints do.
COMMON: Mapping[str, Emotion] = {
    "happiness": Emotion.JOY,
    "happy": Emotion.JOY,
    "sad": Emotion.SADNESS,
    "angry": Emotion.ANGER,
    "anxiety": Emotion.ANXIETY,
    "anxious": Emotion.ANXIETY,
    "긴장": Emotion.ANXIETY,
    "embarrassed": Emotion.EMBARRASSMENT,
    "놀라움": Emotion.EMBARRASSMENT,
    "hurt": Emotion.HURT,
    "calm": Emotion.CALM,
    "평화": Emotion.CALM,
}
OBVIOUS: LabelMap = {
    name.casefold(): row
    for table in (
        KOTE,
        GOEMOTIONS,
        {name: {emotion: 1.0} for name, emotion in {**MINOR, **CODES, **PLAIN, **COMMON}.items()},
    )
    for name, row in table.items()
}


class LabelReading(NamedTuple):
    """Our labels that a checkpoint's labels come to.

    `rows` say for each of its labels, in order, which shares of ours it is; nothing if it is left out.
    """

    labels: tuple[Emotion, ...]
    rows: LabelMap

    @property
    def is_one_to_one(self) -> bool:
        """Whether each of its labels is exactly one of ours, and each of ours that occurs is one of its."""
        return [list(row.items()) for row in self.rows.values()] == [[(label, 1.0)] for label in self.labels]

    @property
    def shares(self) -> np.ndarray:
        """The rows as an array (labels of the checkpoint, labels of ours)."""
        return np.array(
            [[row.get(label, 0.0) for label in self.labels] for row in self.rows.values()], dtype=np.float32
        )

    def __str__(self) -> str:
        """The rows in words."""
        parts = []
        for name, row in self.rows.items():
            shares = " + ".join(str(label) if share == 1 else f"{share:g} {label}" for label, share in row.items())
            parts.append(f"{name} → {shares or 'nothing'}")
        return ", ".join(parts)


def parse_label_map(text: str) -> LabelMap:
    """Read "anger=분노,joy=기쁨,spam=", where nothing behind the sign leaves a label out.

    Raises CheckpointError for anything else.
    """
    rows = {}
    for pair in filter(None, (pair.strip() for pair in text.split(","))):
        name, sign, label = (part.strip() for part in pair.rpartition("="))
        if not (name and sign) or (label and label not in LABELS):
            raise CheckpointError(
                f'cannot read {pair!r} of the label map; write "their name=our label" pairs with commas between '
                f"them; our labels are {', '.join(LABELS)}, or nothing to leave a label out"
            )
        rows[name] = {Emotion(label): 1.0} if label else {}
    return rows


def read_labels(names: Sequence[str], mapped: LabelMap | None = None) -> LabelReading:
    """Read a checkpoint's label names, by `mapped` first and then by the tables of obvious names.

    Raises CheckpointError, listing the names and how to map them, for a name that neither knows, for a mapped
    name that the checkpoint has not, and if fewer than two of our labels come out.
    """
    mapped = mapped or {}
    has = f"the checkpoint's labels are {', '.join(names)}"
    if strange := mapped.keys() - set(names):
        raise CheckpointError(f"no label {', '.join(sorted(strange))} to map: {has}")
    rows = {name: mapped.get(name, OBVIOUS.get(name.casefold())) for name in names}
    unknown = [name for name, row in rows.items() if row is None]
    if unknown:
        example = ",".join(f"{name}={LABELS[number % len(LABELS)]}" for number, name in enumerate(unknown[:3]))
        raise CheckpointError(
            f"{has}; map {', '.join(unknown)} to {', '.join(LABELS)}, or to nothing, "
            f'as in --map-labels "{example}"'
        )
    found = [label for row in rows.values() for label in row]
    # In the checkpoint's own order if it has each once, so that its logits can stay as they are.
    labels = tuple(found) if len(set(found)) == len(found) else tuple(label for label in LABELS if label in found)
    if len(set(labels)) < 2:
        raise CheckpointError(
            f"{has}; at least two of our labels must come out, got {', '.join(labels) or 'none'}"
        )
    return LabelReading(labels, rows)
