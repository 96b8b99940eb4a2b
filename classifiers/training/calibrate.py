"""Tuning on the dev lines: how honest the probabilities are, and when the bot should ask."""

from collections.abc import Sequence

import numpy as np

from classifiers.emotion import softmax
from classifiers.labels import Emotion
from classifiers.model_folder import Thresholds
from classifiers.training.sources import LABELS
from classifiers.views import TO_FIVE, to_five

# More likely neutral than not; more likely wrong than right.
EVEN_CHANCE = 0.5
# Of the emotional dev sentences at most these shares are met with a question, for either reason.
EMOTIONAL_TAKEN_FOR_NEUTRAL = 0.04
EMOTIONAL_CALLED_UNSURE = 0.06


def loss_of(logits: np.ndarray, truth: Sequence[Emotion]) -> float:
    """Return the mean negative log-likelihood of `truth` (n,) under logits (n, 8) over LABELS."""
    columns = [LABELS.index(emotion) for emotion in truth]
    return float(-np.log(softmax(logits)[np.arange(len(columns)), columns] + 1e-12).mean())


def fit_thresholds(probabilities: np.ndarray, truth: Sequence[Emotion]) -> Thresholds:
    """Return thresholds that ask at an even chance, or more seldom if too many emotional sentences were asked."""
    emotional = np.array([TO_FIVE[emotion] is not None for emotion in truth], dtype=bool)
    neutral = probabilities[emotional, LABELS.index(Emotion.NEUTRAL)]
    strongest = to_five(probabilities[emotional], LABELS).max(axis=1)
    return Thresholds(
        neutral_above=round(max(EVEN_CHANCE, float(np.quantile(neutral, 1 - EMOTIONAL_TAKEN_FOR_NEUTRAL))), 3),
        unsure_below=round(min(EVEN_CHANCE, float(np.quantile(strongest, EMOTIONAL_CALLED_UNSURE))), 3),
    )
