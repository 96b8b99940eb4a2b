"""How good a classifier is: accuracy, macro-F1, per emotion, and how honest its probabilities are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CALIBRATION_BINS = 15


@dataclass(frozen=True)
class LabelScores:
    """Precision, recall and F1 of one label, and how many sentences carry it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Scores:
    """The figures of one evaluation; all from 0 to 1 but `n`, the number of sentences."""

    n: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    per_label: dict[str, LabelScores]


def score(probabilities: np.ndarray, truth: Sequence[int], labels: Sequence[str]) -> Scores:
    """Score `probabilities` (n, k) against the column numbers `truth` (n,); n must be at least one.

    Macro-F1 is the mean over the labels that occur in `truth`. The calibration error is the expected one
    over 15 bins of equal width (Guo et al. 2017). Raises ValueError when the sizes do not fit.
    """
    truth = np.asarray(truth)
    if len(truth) == 0 or probabilities.shape != (len(truth), len(labels)):
        raise ValueError(f"cannot score {probabilities.shape} against {len(truth)} of {len(labels)} labels")
    guesses = probabilities.argmax(axis=1)
    per_label = {str(label): _label_scores(guesses, truth, number) for number, label in enumerate(labels)}
    occurring = [figures.f1 for figures in per_label.values() if figures.support]
    return Scores(
        n=len(truth),
        accuracy=float((guesses == truth).mean()),
        macro_f1=float(np.mean(occurring)),
        calibration_error=calibration_error(probabilities.max(axis=1), guesses == truth),
        per_label=per_label,
    )


def calibration_error(confidence: np.ndarray, correct: np.ndarray) -> float:
    """Return the expected calibration error of `confidence` (n,) for guesses that were `correct` (n,)."""
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [
        abs(confidence[bins == number].sum() - correct[bins == number].sum()) for number in range(CALIBRATION_BINS)
    ]
    return float(sum(gaps) / len(confidence))


def _label_scores(guesses: np.ndarray, truth: np.ndarray, label: int) -> LabelScores:
    hits = int(((guesses == label) & (truth == label)).sum())
    guessed, support = int((guesses == label).sum()), int((truth == label).sum())
    precision = hits / guessed if guessed else 0.0
    recall = hits / support if support else 0.0
    f1 = 2 * hits / (guessed + support) if guessed + support else 0.0
    return LabelScores(precision, recall, f1, support)


def rounded(value: dict | float | int | None) -> dict | float | int | None:
    """Return a figure, or every figure in nested dictionaries, rounded to four places; None and ints stay."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return round(value, 4) if isinstance(value, float) else value
