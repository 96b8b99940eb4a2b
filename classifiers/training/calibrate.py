"""Tuning on the dev lines: how honest the probabilities are, and when the bot should ask."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize_scalar

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
# A model that is far off this needs more training, not another temperature.
LEAST_TEMPERATURE, MOST_TEMPERATURE = 0.05, 20.0


def loss_of(logits: np.ndarray, truth: Sequence[Emotion], labels: Sequence[Emotion] = LABELS) -> float:
    """Return the mean negative log-likelihood of `truth` (n,) under logits (n, k) over `labels`."""
    columns = [labels.index(emotion) for emotion in truth]
    return float(-np.log(softmax(logits)[np.arange(len(columns)), columns] + 1e-12).mean())


def fit_temperature(logits: np.ndarray, truth: Sequence[Emotion], labels: Sequence[Emotion] = LABELS) -> float:
    """Return the temperature, from 0.05 to 20, under which `truth` (n,) is likeliest (Guo et al. 2017)."""

    def loss_at(log: float) -> float:
        return loss_of(logits / np.exp(log), truth, labels)

    bounds = np.log([LEAST_TEMPERATURE, MOST_TEMPERATURE])
    return round(float(np.exp(minimize_scalar(loss_at, bounds=bounds, method="bounded").x)), 3)


def fit_thresholds(
    probabilities: np.ndarray, truth: Sequence[Emotion], labels: Sequence[Emotion] = LABELS
) -> Thresholds:
    """Return thresholds that ask at an even chance, or more seldom if too many emotional sentences were asked.

    `probabilities` are (n, k) over `labels`, and `truth` (n,) must hold an emotion other than 중립.
    """
    emotional = np.array([TO_FIVE[emotion] is not None for emotion in truth], dtype=bool)
    strongest = to_five(probabilities[emotional], labels).max(axis=1)
    neutral_above = EVEN_CHANCE
    if Emotion.NEUTRAL in labels:
        neutral = probabilities[emotional, labels.index(Emotion.NEUTRAL)]
        neutral_above = max(EVEN_CHANCE, float(np.quantile(neutral, 1 - EMOTIONAL_TAKEN_FOR_NEUTRAL)))
    return Thresholds(
        neutral_above=round(neutral_above, 3),
        unsure_below=round(min(EVEN_CHANCE, float(np.quantile(strongest, EMOTIONAL_CALLED_UNSURE))), 3),
    )
