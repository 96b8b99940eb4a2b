"""Views over emotions, as tables: what a model knows, folded into what a person or a song is told."""

from collections.abc import Mapping, Sequence

import numpy as np

from classifiers.labels import Emotion, Mood

FIVE: tuple[Emotion, ...] = (
    Emotion.JOY,
    Emotion.SADNESS,
    Emotion.EMBARRASSMENT,
    Emotion.ANGER,
    Emotion.ANXIETY,
)
MOODS: tuple[Mood, ...] = (Mood.HAPPY, Mood.SAD, Mood.ENERGETIC, Mood.CALM)

# The SMOODY-5 view. Neutral is no emotion to answer with songs: it is left out.
TO_FIVE: Mapping[Emotion, Emotion | None] = {
    Emotion.JOY: Emotion.JOY,
    Emotion.SADNESS: Emotion.SADNESS,
    Emotion.EMBARRASSMENT: Emotion.EMBARRASSMENT,
    Emotion.ANGER: Emotion.ANGER,
    Emotion.ANXIETY: Emotion.ANXIETY,
    Emotion.CALM: Emotion.JOY,
    Emotion.HURT: Emotion.SADNESS,
    Emotion.NEUTRAL: None,
}

# The moods view, over the five.
TO_MOOD: Mapping[Emotion, Mood] = {
    Emotion.JOY: Mood.HAPPY,
    Emotion.SADNESS: Mood.SAD,
    Emotion.EMBARRASSMENT: Mood.SAD,
    Emotion.ANGER: Mood.ENERGETIC,
    Emotion.ANXIETY: Mood.CALM,
}


class UnknownLabelError(ValueError):
    """A label that the view's table has no row for."""


def apply_view(
    probabilities: np.ndarray,
    labels: Sequence[Emotion],
    table: Mapping[Emotion, Emotion | Mood | None],
    targets: Sequence[Emotion | Mood],
) -> np.ndarray:
    """Fold `probabilities` (n, k), columns named by `labels`, into (n, len(targets)); rows sum to one.

    Columns whose row in `table` is None are left out and the rest renormalised; a row with nothing left
    becomes uniform. Raises UnknownLabelError for a label without a row in the table and ValueError when
    the array's width is not the number of labels.
    """
    probabilities = np.asarray(probabilities, dtype=np.float64)
    if probabilities.ndim != 2 or probabilities.shape[1] != len(labels):
        raise ValueError(f"expected shape (n, {len(labels)}), got {probabilities.shape}")
    folded = np.zeros((len(probabilities), len(targets)))
    for column, label in enumerate(labels):
        if label not in table:
            raise UnknownLabelError(f"no row for {label!r} in the view; add one to its table")
        target = table[label]
        if target is not None:
            folded[:, targets.index(target)] += probabilities[:, column]
    totals = folded.sum(axis=1, keepdims=True)
    uniform = np.full_like(folded, 1.0 / len(targets))
    return np.divide(folded, totals, out=uniform, where=totals > 0)


def to_five(probabilities: np.ndarray, labels: Sequence[Emotion]) -> np.ndarray:
    """Return the SMOODY-5 view (n, 5), columns in the order of FIVE, of a model's (n, k) probabilities."""
    return apply_view(probabilities, labels, TO_FIVE, FIVE)


def to_moods(five: np.ndarray) -> np.ndarray:
    """Return the moods view (n, 4), columns in the order of MOODS, of a SMOODY-5 array (n, 5)."""
    return apply_view(five, FIVE, TO_MOOD, MOODS)
