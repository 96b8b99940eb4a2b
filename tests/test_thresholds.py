"""The threshold for "unsure": as low as the wanted precision allows, and never asking all the time."""

import logging

import numpy as np
import pytest

from classifiers.evaluation import asks
from classifiers.labels import Emotion
from classifiers.model_folder import Thresholds
from classifiers.training.calibrate import fit_thresholds
from classifiers.training.sources import LABELS
from classifiers.training.thresholds import fit_precise_thresholds
from classifiers.views import FIVE, TO_FIVE

JOY, SADNESS, NEUTRAL = (LABELS.index(label) for label in (Emotion.JOY, Emotion.SADNESS, Emotion.NEUTRAL))
LINES = 4_000


def calibrated_lines(lowest):
    """Honest probabilities (n, 8) of 기쁨 against 슬픔, the stronger from `lowest` to 1; and the truth (n,)."""
    generator = np.random.default_rng(0)
    confidence = generator.uniform(lowest, 1, LINES)
    probabilities = np.zeros((LINES, 8))
    probabilities[:, JOY], probabilities[:, SADNESS] = confidence, 1 - confidence
    right = generator.random(LINES) < confidence
    return probabilities, [Emotion.JOY if hit else Emotion.SADNESS for hit in right]


def precision_and_asked(probabilities, truth, thresholds):
    answered = ~asks(probabilities, LABELS, thresholds)
    right = np.array([emotion == Emotion.JOY for emotion in truth])
    return right[answered].mean(), 1 - answered.mean()


def test_the_smallest_threshold_that_reaches_the_precision_is_taken():
    probabilities, truth = calibrated_lines(0.6)
    thresholds = fit_precise_thresholds(probabilities, truth, precision=0.85, most_asked=0.5)
    # Honest and even from t to 1: the mean, (1 + t) / 2, is the precision.
    assert thresholds.unsure_below == pytest.approx(0.7, abs=0.05)
    precision, _ = precision_and_asked(probabilities, truth, thresholds)
    assert precision >= 0.85
    lower = Thresholds(thresholds.neutral_above, thresholds.unsure_below - 0.001)
    assert precision_and_asked(probabilities, truth, lower)[0] < 0.85


def test_a_model_that_is_right_often_enough_keeps_its_thresholds():
    probabilities, truth = calibrated_lines(0.95)
    assert fit_precise_thresholds(probabilities, truth) == fit_thresholds(probabilities, truth)


def test_no_more_than_the_allowed_share_is_asked_about_and_the_log_says_what_is_missing(caplog):
    probabilities, truth = calibrated_lines(0.5)
    with caplog.at_level(logging.WARNING):
        thresholds = fit_precise_thresholds(probabilities, truth, precision=0.99, most_asked=0.2)
    precision, asked = precision_and_asked(probabilities, truth, thresholds)
    assert 0.15 < asked <= 0.2
    assert "out of reach" in caplog.text
    assert f"{precision:.3f}" in caplog.text


def test_lines_taken_for_neutral_are_not_answers_and_count_as_asked_about():
    probabilities, truth = calibrated_lines(0.95)
    # Every fifth is 중립 to the model, and would be wrong.
    probabilities[::5] = np.eye(8)[NEUTRAL] * 0.9 + np.eye(8)[SADNESS] * 0.1
    truth[::5] = [Emotion.JOY] * len(truth[::5])
    thresholds = fit_precise_thresholds(probabilities, truth)
    neutral = probabilities[:, NEUTRAL] >= thresholds.neutral_above
    assert neutral.mean() == pytest.approx(0.2)
    assert precision_and_asked(probabilities, truth, thresholds)[1] <= 0.3


def test_neutral_lines_and_the_order_of_labels_do_not_matter():
    probabilities, truth = calibrated_lines(0.6)
    expected = fit_precise_thresholds(probabilities, truth, precision=0.85, most_asked=0.5)
    more = np.vstack([probabilities, np.eye(8)[[NEUTRAL] * 50]])
    assert fit_precise_thresholds(more, truth + [Emotion.NEUTRAL] * 50, precision=0.85, most_asked=0.5) == expected
    few = [label for label in reversed(LABELS) if label in FIVE]
    columns = [LABELS.index(label) for label in few]
    assert all(TO_FIVE[label] == label for label in few)
    thresholds = fit_precise_thresholds(probabilities[:, columns], truth, few, precision=0.85, most_asked=0.5)
    assert thresholds.unsure_below == expected.unsure_below
