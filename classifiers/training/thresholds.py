"""The threshold below which the bot is unsure: so high that what it answers is right often enough."""

import logging
from collections.abc import Sequence

import numpy as np

from classifiers.evaluation import WANTED_PRECISION, asks
from classifiers.labels import Emotion
from classifiers.model_folder import Thresholds
from classifiers.training.calibrate import fit_thresholds
from classifiers.training.sources import LABELS
from classifiers.views import FIVE, TO_FIVE, to_five

# Dev lines share speakers and topics with the training lines; on unseen ones a model is less often right.
DEV_MARGIN = 0.04
# A bot that asks more often than this is tiresome, however right it is.
MOST_ASKED = 0.3
# Thresholds are written with three decimals.
THRESHOLDS = np.arange(1001) / 1000

# For the model card.
RULE = (
    "The first at an even chance, or more seldom where otherwise over 4 % of the emotional dev lines were taken"
    f" for neutral; the second at the smallest threshold with {WANTED_PRECISION + DEV_MARGIN:.0%} precision on the"
    f" emotional dev lines answered ({WANTED_PRECISION:.0%} is wanted on unseen ones), while no more than"
    f" {MOST_ASKED:.0%} of them are asked about."
)
logger = logging.getLogger(__name__)


def fit_precise_thresholds(
    probabilities: np.ndarray,
    truth: Sequence[Emotion],
    labels: Sequence[Emotion] = LABELS,
    precision: float = WANTED_PRECISION + DEV_MARGIN,
    most_asked: float = MOST_ASKED,
) -> Thresholds:
    """Return the thresholds of `fit_thresholds`, `unsure_below` raised until enough of the answers are right.

    `probabilities` are (n, k) over `labels`, and `truth` (n,) must hold an emotion other than 중립. Taken is the
    smallest `unsure_below` at which the five-label precision on the emotional lines that are answered reaches
    `precision` while the bot asks about no more than a share `most_asked` of them, for either reason. Where none
    does it is the one with the best precision, and the log says so.
    """
    thresholds = fit_thresholds(probabilities, truth, labels)
    emotional = np.array([TO_FIVE[emotion] is not None for emotion in truth], dtype=bool)
    rows = probabilities[emotional]
    true_five = [FIVE.index(TO_FIVE[emotion]) for emotion in truth if TO_FIVE[emotion] is not None]
    right = to_five(rows, labels).argmax(axis=1) == true_five
    tried = {}
    for unsure_below in THRESHOLDS[thresholds.unsure_below <= THRESHOLDS]:
        candidate = Thresholds(thresholds.neutral_above, float(unsure_below))
        answered = ~asks(rows, labels, candidate)
        if 1 - answered.mean() > most_asked:
            break
        tried[candidate] = right[answered].mean()
        if tried[candidate] >= precision:
            return candidate
    best = max(tried, key=tried.get, default=thresholds)
    reached = tried.get(best, float("nan"))
    logger.warning("precision %.3f on dev is out of reach; %.3f at %s", precision, reached, best.unsure_below)
    return best
