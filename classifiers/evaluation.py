"""Judging an emotion classifier in every view, and how often it would make the bot ask."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from classifiers.labels import Emotion
from classifiers.model_folder import Thresholds
from classifiers.scores import RiskCoverage, Scores, risk_coverage, rounded, score
from classifiers.text import has_hangul
from classifiers.views import FIVE, MOODS, TO_FIVE, TO_MOOD, to_five, to_moods

# The goal: of what the bot answers, nine in ten are right.
WANTED_PRECISION = 0.9


@dataclass(frozen=True)
class KindScores:
    """The figures of the sentences of one kind: their number, and two shares of it.

    A sentence with an emotion is right when the strongest of the five is that one, asked about or not; one
    labelled 중립 is right when the bot asks. `asked` is the share that it asks about.
    """

    n: int
    accuracy: float
    asked: float


@dataclass(frozen=True)
class Evaluation:
    """A classifier's figures on labelled sentences.

    `own` is over the model's labels, None where the truth is known in the five-label view only; `five` and
    `moods` are over the sentences with an emotion (not 중립). `asked_emotional` and `asked_neutral` are the
    shares of either kind that the bot answers with a question, and `accuracy_answered` the five-label accuracy
    on the emotional ones it answers. Shares of nothing are None. `risk_coverage` is over the sentences with an
    emotion, by the probability of the strongest of the five. `all_lines` and `kinds` count every sentence.
    """

    own: Scores | None
    five: Scores
    moods: Scores
    asked_emotional: float | None
    asked_neutral: float | None
    accuracy_answered: float | None
    all_lines: KindScores
    kinds: dict[str, KindScores]
    risk_coverage: RiskCoverage = field(compare=False, repr=False)

    def to_dict(self) -> dict:
        """Return the figures as plain numbers, rounded to four places, ready for JSON."""
        curve = {
            "area": self.risk_coverage.area,
            "coverage_at_wanted_precision": self.risk_coverage.coverage_at(1 - WANTED_PRECISION),
        }
        return rounded(asdict(self) | {"risk_coverage": curve})


class NothingToEvaluateError(ValueError):
    """No sentence carries an emotion that could be judged."""


def evaluate(
    probabilities: np.ndarray,
    labels: Sequence[Emotion],
    truth: Sequence[Emotion],
    thresholds: Thresholds,
    *,
    unreadable: np.ndarray | None = None,
    kinds: Sequence[str] | None = None,
    fine_labels: bool = True,
) -> Evaluation:
    """Judge `probabilities` (n, k), columns named by `labels`, against the true emotions (n,).

    The bot asks about `unreadable` sentences (n,) whatever the model says. `kinds` (n,) names the kind of each;
    an empty name is none. Without `fine_labels` the truth tells no 평온 from 기쁨 and no 상처 from 슬픔. Raises
    NothingToEvaluateError when no sentence is labelled with an emotion of the five-label view or none with a
    label of the model.
    """
    known = np.array([emotion in labels for emotion in truth], dtype=bool)
    emotional = np.array([TO_FIVE[emotion] is not None for emotion in truth], dtype=bool)
    if not known.any() or not emotional.any():
        raise NothingToEvaluateError("no sentence is labelled with an emotion that the model knows")
    five = to_five(probabilities, labels)
    true_five = [FIVE.index(TO_FIVE[emotion]) for emotion in truth if TO_FIVE[emotion] is not None]
    true_moods = [MOODS.index(TO_MOOD[FIVE[number]]) for number in true_five]
    asked = asks(probabilities, labels, thresholds)
    if unreadable is not None:
        asked = asked | unreadable
    right = asked.copy()
    right[emotional] = five[emotional].argmax(axis=1) == true_five
    own = None
    if fine_labels:
        columns = [labels.index(emotion) for emotion in truth if emotion in labels]
        own = score(probabilities[known], columns, labels)
    return Evaluation(
        own=own,
        five=score(five[emotional], true_five, FIVE),
        moods=score(to_moods(five)[emotional], true_moods, MOODS),
        asked_emotional=_share(asked[emotional]),
        asked_neutral=_share(asked[~emotional]),
        accuracy_answered=_share(right[emotional & ~asked]),
        all_lines=_kind_scores(right, asked),
        kinds=_scores_per_kind(right, asked, kinds or [""] * len(truth)),
        risk_coverage=risk_coverage(five[emotional].max(axis=1), right[emotional]),
    )


def find_unreadable(texts: Sequence[str]) -> np.ndarray:
    """Tell for each sentence (n,) whether the bot asks without asking the model: no Hangul, so no Korean word."""
    return np.array([not has_hangul(text) for text in texts], dtype=bool)


def asks(probabilities: np.ndarray, labels: Sequence[Emotion], thresholds: Thresholds) -> np.ndarray:
    """Tell for each row (n,) whether the bot asks: too neutral, or no emotion that stands out."""
    unsure = thresholds.is_unsure(to_five(probabilities, labels).max(axis=1))
    if Emotion.NEUTRAL not in labels:
        return unsure
    return unsure | thresholds.is_neutral(probabilities[:, labels.index(Emotion.NEUTRAL)])


def _scores_per_kind(right: np.ndarray, asked: np.ndarray, kinds: Sequence[str]) -> dict[str, KindScores]:
    """Return the figures of each kind, by name in the order of the first sentence; an empty name is no kind."""
    names = np.array(kinds)
    return {
        name: _kind_scores(right[names == name], asked[names == name]) for name in dict.fromkeys(kinds) if name
    }


def _kind_scores(right: np.ndarray, asked: np.ndarray) -> KindScores:
    return KindScores(n=len(right), accuracy=float(right.mean()), asked=float(asked.mean()))


def _share(flags: np.ndarray) -> float | None:
    return float(flags.mean()) if len(flags) else None
