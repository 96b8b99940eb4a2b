"""Judging in every view."""

import numpy as np
import pytest

from classifiers.evaluation import NothingToEvaluateError, asks, evaluate
from classifiers.labels import Emotion
from classifiers.model_folder import Thresholds

LABELS = (Emotion.JOY, Emotion.CALM, Emotion.ANGER, Emotion.NEUTRAL)
ROWS = np.array(
    [
        [0.1, 0.7, 0.1, 0.1],  # answered: 기쁨 in the five-label view
        [0.3, 0.2, 0.5, 0.0],  # a close call
        [0.1, 0.1, 0.2, 0.6],  # neutral
        [0.05, 0.05, 0.8, 0.1],  # answered: 분노
    ]
)
THRESHOLDS = Thresholds(neutral_above=0.5, unsure_below=0.6)


def test_the_bot_asks_when_neutral_or_unsure():
    assert asks(ROWS, LABELS, THRESHOLDS).tolist() == [False, True, True, False]


def test_a_model_without_neutral_asks_only_when_unsure():
    assert asks(ROWS[:, :3] / ROWS[:, :3].sum(1, keepdims=True), LABELS[:3], THRESHOLDS).tolist() == [
        False,
        True,
        True,
        False,
    ]


def test_views_count_what_the_design_says():
    truth = [Emotion.JOY, Emotion.ANGER, Emotion.NEUTRAL, Emotion.ANGER]
    evaluation = evaluate(ROWS, LABELS, truth, THRESHOLDS)
    assert (evaluation.own.n, evaluation.own.accuracy) == (4, 0.75)  # 평온 is not 기쁨 here
    assert (evaluation.five.n, evaluation.five.accuracy) == (3, pytest.approx(2 / 3))  # but it is here
    assert evaluation.asked_emotional == pytest.approx(1 / 3)
    assert evaluation.asked_neutral == 1.0
    assert evaluation.accuracy_answered == 1.0


def test_a_share_of_nothing_is_none():
    assert evaluate(ROWS[:1], LABELS, [Emotion.JOY], THRESHOLDS).to_dict()["asked_neutral"] is None


@pytest.mark.parametrize("truth", [[Emotion.NEUTRAL], [Emotion.HURT]])
def test_sentences_that_cannot_be_judged_are_refused(truth):
    with pytest.raises(NothingToEvaluateError):
        evaluate(ROWS[:1], LABELS, truth, THRESHOLDS)
