"""A labelled dialogue, its sentences, and splitting by dialogue."""

import hashlib
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from classifiers.corpus import LabelledSentence
from classifiers.corpus_check import fold_text
from classifiers.labels import Emotion


@dataclass(frozen=True)
class Dialogue:
    """What a person said, turn by turn (at least one, normalised, without the system's), and their emotion.

    `id` names the file and the row it was read from; a sentence alone is a dialogue of one turn.
    """

    id: str
    emotion: Emotion
    turns: tuple[str, ...]


def as_sentences(dialogues: Iterable[Dialogue], only_first: bool = False) -> list[LabelledSentence]:
    """Return every turn, or only the first of each dialogue, with the dialogue's emotion; `part` is its id."""
    return [
        LabelledSentence(turn, dialogue.emotion, dialogue.id)
        for dialogue in dialogues
        for turn in dialogue.turns[: 1 if only_first else None]
    ]


def split_dialogues(
    dialogues: Iterable[Dialogue], shares: Sequence[float], seed: int = 0
) -> tuple[list[Dialogue], ...]:
    """Return one list of whole dialogues per share, each in the given order.

    A hash of the first turn decides, so dialogues that begin alike (punctuation and spaces aside) stay
    together, and neither the order nor other dialogues change where one goes. Sizes therefore follow the
    shares only roughly. Raises ValueError unless the shares are positive and sum to one.
    """
    if not shares or min(shares) <= 0 or not math.isclose(sum(shares), 1):
        raise ValueError(f"shares must be positive and sum to one, got {list(shares)}")
    inner_bounds = list(accumulate(shares))[:-1]
    splits: tuple[list[Dialogue], ...] = tuple([] for _ in shares)
    for dialogue in dialogues:
        splits[bisect_right(inner_bounds, _draw(dialogue.turns[0], seed))].append(dialogue)
    return splits


def _draw(first_turn: str, seed: int) -> float:
    """Return a number from 0 to 1 that depends on nothing but the arguments."""
    content = f"{seed}\n{fold_text(first_turn) or first_turn}"
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8]) / 2**64
