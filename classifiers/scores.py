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
    """The figures of one evaluation; all from 0 to 1 but `n`, the number of sentences.

    `confusion` (k, k) counts sentences: a row per true label, a column per guess.
    """

    n: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    per_label: dict[str, LabelScores]
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class RiskCoverage:
    """What is gained by answering only the surest sentences (Geifman and El-Yaniv 2017).

    `confidence` (n,) falls. `coverage` (n,) is the share of sentences down to each one, and `risk` (n,) the share
    of wrong guesses among those. Equally sure sentences share their errors evenly, so their order is no matter.
    """

    confidence: np.ndarray
    coverage: np.ndarray
    risk: np.ndarray

    @property
    def area(self) -> float:
        """The area under the curve (AURC): the mean risk over all coverages."""
        return float(self.risk.mean())

    def at(self, threshold: float) -> tuple[float, float | None]:
        """Return coverage and risk if sentences from `threshold` on are answered; (0, None) if none is."""
        answered = int((self.confidence >= threshold).sum())
        if not answered:
            return 0.0, None
        return float(self.coverage[answered - 1]), float(self.risk[answered - 1])

    def coverage_at(self, risk: float) -> float:
        """Return the largest coverage at which no more than `risk` of the answers are wrong, 0 if none is."""
        return float(self.coverage[self.risk <= risk].max(initial=0.0))


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
        confusion=count_confusions(guesses, truth, len(labels)),
    )


def calibration_error(confidence: np.ndarray, correct: np.ndarray) -> float:
    """Return the expected calibration error of `confidence` (n,) for guesses that were `correct` (n,)."""
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [
        abs(confidence[bins == number].sum() - correct[bins == number].sum()) for number in range(CALIBRATION_BINS)
    ]
    return float(sum(gaps) / len(confidence))


def count_confusions(guesses: np.ndarray, truth: np.ndarray, labels: int) -> tuple[tuple[int, ...], ...]:
    """Return the confusion matrix (k, k) of column numbers `guesses` (n,) and `truth` (n,); truth goes down."""
    counts = np.bincount(truth * labels + guesses, minlength=labels**2)
    return tuple(tuple(row) for row in counts.reshape(labels, labels).tolist())


def risk_coverage(confidence: np.ndarray, correct: np.ndarray) -> RiskCoverage:
    """Return the curve of guesses with `confidence` (n,) that were `correct` (n,); n must be at least one."""
    levels, level_of, sizes = np.unique(-confidence, return_inverse=True, return_counts=True)
    errors = np.bincount(level_of, weights=~correct) / sizes
    answered = np.arange(1, len(confidence) + 1)
    return RiskCoverage(
        confidence=np.repeat(-levels, sizes),
        coverage=answered / len(confidence),
        risk=np.repeat(errors, sizes).cumsum() / answered,
    )


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
