"""Judging an emotion classifier in every view, and how often it would make the bot ask."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from classifiers.labels import Emotion
from classifiers.model_folder import Thresholds
from classifiers.scores import Scores, rounded, score
from classifiers.views import FIVE, MOODS, TO_FIVE, TO_MOOD, to_five, to_moods


@dataclass(frozen=True)
class Evaluation:
    """A classifier's figures on labelled sentences.

    `own` is over the model's labels; `five` and `moods` are over the sentences with an emotion (not 중립).
    `asked_emotional` and `asked_neutral` are the shares of either kind that the bot answers with a question,
    and `accuracy_answered` the five-label accuracy on the emotional ones it answers. Shares of nothing are
    None.
    """

    own: Scores
    five: Scores
    moods: Scores
    asked_emotional: float | None
    asked_neutral: float | None
    accuracy_answered: float | None

    def to_dict(self) -> dict:
        """Return the figures as plain numbers, rounded to four places, ready for JSON."""
        return rounded(asdict(self))


class NothingToEvaluateError(ValueError):
    """No sentence carries an emotion that could be judged."""


def evaluate(
    probabilities: np.ndarray,
    labels: Sequence[Emotion],
    truth: Sequence[Emotion],
    thresholds: Thresholds,
) -> Evaluation:
    """Judge `probabilities` (n, k), columns named by `labels`, against the true emotions (n,).

    Raises NothingToEvaluateError when no sentence is labelled with an emotion of the five-label view or
    none with a label of the model.
    """
    known = np.array([emotion in labels for emotion in truth], dtype=bool)
    emotional = np.array([TO_FIVE[emotion] is not None for emotion in truth], dtype=bool)
    if not known.any() or not emotional.any():
        raise NothingToEvaluateError("no sentence is labelled with an emotion that the model knows")
    five = to_five(probabilities, labels)
    true_five = [TO_FIVE[emotion] for emotion in truth if TO_FIVE[emotion] is not None]
    asked = asks(probabilities, labels, thresholds)
    answered = emotional & ~asked
    right = np.zeros(len(truth), dtype=bool)
    right[emotional] = five[emotional].argmax(axis=1) == [FIVE.index(emotion) for emotion in true_five]
    return Evaluation(
        own=score(probabilities[known], [labels.index(emotion) for emotion in truth if emotion in labels], labels),
        five=score(five[emotional], [FIVE.index(emotion) for emotion in true_five], FIVE),
        moods=score(to_moods(five)[emotional], [MOODS.index(TO_MOOD[emotion]) for emotion in true_five], MOODS),
        asked_emotional=_share(asked[emotional]),
        asked_neutral=_share(asked[~emotional]),
        accuracy_answered=_share(right[answered]),
    )


def asks(probabilities: np.ndarray, labels: Sequence[Emotion], thresholds: Thresholds) -> np.ndarray:
    """Tell for each row (n,) whether the bot asks: too neutral, or no emotion that stands out."""
    unsure = thresholds.is_unsure(to_five(probabilities, labels).max(axis=1))
    if Emotion.NEUTRAL not in labels:
        return unsure
    return unsure | thresholds.is_neutral(probabilities[:, labels.index(Emotion.NEUTRAL)])


def _share(flags: np.ndarray) -> float | None:
    return float(flags.mean()) if len(flags) else None
