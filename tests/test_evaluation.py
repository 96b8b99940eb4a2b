"""Judging in every view."""

import json

import numpy as np
import pytest

from classifiers.evaluation import NothingToEvaluateError, asks, evaluate, find_unreadable
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


TRUTH = [Emotion.JOY, Emotion.JOY, Emotion.NEUTRAL, Emotion.SADNESS]


def test_a_kind_is_right_when_the_emotion_is_or_when_the_bot_asks_about_a_neutral_line():
    evaluation = evaluate(ROWS, LABELS, TRUTH, THRESHOLDS, kinds=["plain", "plain", "greeting", ""])
    plain, greeting = evaluation.kinds["plain"], evaluation.kinds["greeting"]
    assert (plain.n, plain.accuracy, plain.asked) == (2, 1.0, 0.5)  # asked about, and right nevertheless
    assert (greeting.n, greeting.accuracy, greeting.asked) == (1, 1.0, 1.0)
    assert list(evaluation.kinds) == ["plain", "greeting"]
    assert (evaluation.all_lines.n, evaluation.all_lines.accuracy) == (4, 0.75)


def test_a_neutral_line_that_is_answered_is_wrong():
    evaluation = evaluate(ROWS[[0, 3]], LABELS, [Emotion.JOY, Emotion.NEUTRAL], THRESHOLDS)
    assert evaluation.all_lines.accuracy == 0.5


def test_the_bot_asks_about_what_it_cannot_read_whatever_the_model_says():
    unreadable = np.array([True, False, False, False])
    evaluation = evaluate(ROWS, LABELS, TRUTH, THRESHOLDS, unreadable=unreadable)
    assert evaluation.asked_emotional == pytest.approx(2 / 3)
    assert evaluation.accuracy_answered == 0.0  # only the last line, which is wrong


def test_without_hangul_nothing_can_be_read():
    assert find_unreadable(["so sad", "😭😭", "ㅠㅠ", "OK 좋아"]).tolist() == [True, True, False, False]


def test_truth_in_the_five_label_view_gives_no_figures_on_finer_labels():
    evaluation = evaluate(ROWS, LABELS, TRUTH, THRESHOLDS, fine_labels=False)
    assert evaluation.own is None
    assert evaluation.five.n == 3


def test_figures_go_into_json_with_the_curve_as_numbers():
    evaluation = evaluate(ROWS, LABELS, [Emotion.JOY, Emotion.ANGER, Emotion.NEUTRAL, Emotion.ANGER], THRESHOLDS)
    figures = json.loads(json.dumps(evaluation.to_dict()))
    # The first and the last are surest, and right.
    assert figures["risk_coverage"] == {
        "area": pytest.approx(1 / 9, abs=1e-4),
        "coverage_at_wanted_precision": pytest.approx(2 / 3, abs=1e-4),
    }
    assert figures["five"]["confusion"][0] == [1, 0, 0, 0, 0]
