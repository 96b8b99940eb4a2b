"""The figures, against numbers worked out by hand and by scikit-learn."""

import numpy as np
import pytest
from sklearn import metrics

from classifiers.scores import calibration_error, risk_coverage, score


def test_figures_are_those_worked_out_by_hand():
    probabilities = np.array([[0.9, 0.1, 0.0], [0.6, 0.4, 0.0], [0.2, 0.8, 0.0], [0.3, 0.7, 0.0]])
    scores = score(probabilities, [0, 1, 1, 1], ["a", "b", "c"])
    assert (scores.n, scores.accuracy) == (4, 0.75)
    assert scores.per_label["a"].precision == 0.5
    assert scores.per_label["a"].recall == 1.0
    assert scores.per_label["b"].f1 == pytest.approx(0.8)
    assert scores.per_label["c"].support == 0
    # c never occurs and does not count: (2/3 + 4/5) / 2
    assert scores.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)


def test_figures_agree_with_scikit_learn():
    generator = np.random.default_rng(0)
    probabilities = generator.dirichlet(np.ones(5), 500)
    truth = generator.integers(0, 5, 500)
    scores = score(probabilities, truth, list("abcde"))
    guesses = probabilities.argmax(axis=1)
    assert scores.accuracy == pytest.approx(metrics.accuracy_score(truth, guesses))
    assert scores.macro_f1 == pytest.approx(metrics.f1_score(truth, guesses, average="macro"))


def test_confidence_that_is_always_right_about_itself_has_no_calibration_error():
    assert calibration_error(np.ones(4), np.ones(4, dtype=bool)) == 0.0
    assert calibration_error(np.full(4, 0.75), np.array([1, 1, 1, 0], dtype=bool)) == pytest.approx(0)


def test_overconfidence_is_the_gap():
    assert calibration_error(np.full(10, 0.9), np.arange(10) < 5) == pytest.approx(0.4)


@pytest.mark.parametrize(("shape", "truth"), [((0, 2), []), ((2, 2), [0]), ((1, 3), [0])])
def test_sizes_that_do_not_fit_are_refused(shape, truth):
    with pytest.raises(ValueError, match="cannot score"):
        score(np.zeros(shape), truth, ["a", "b"])


def test_confusions_are_counted_as_scikit_learn_counts_them():
    generator = np.random.default_rng(0)
    probabilities = generator.dirichlet(np.ones(3), 200)
    truth = generator.integers(0, 3, 200)
    confusion = score(probabilities, truth, list("abc")).confusion
    assert np.array(confusion).tolist() == metrics.confusion_matrix(truth, probabilities.argmax(axis=1)).tolist()


def test_risk_rises_with_coverage_as_worked_out_by_hand():
    curve = risk_coverage(np.array([0.6, 0.9, 0.8, 0.7]), np.array([False, True, True, False]))
    assert curve.confidence.tolist() == [0.9, 0.8, 0.7, 0.6]
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve.risk.tolist() == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert curve.area == pytest.approx((1 / 3 + 1 / 2) / 4)


def test_equally_sure_guesses_share_their_errors_whatever_their_order():
    confidence = np.array([0.9, 0.5, 0.5, 0.5, 0.5])
    for errors in ([1, 2], [3, 4]):
        correct = ~np.isin(np.arange(5), errors)
        assert risk_coverage(confidence, correct).risk.tolist() == pytest.approx([0, 1 / 4, 1 / 3, 3 / 8, 2 / 5])


def test_a_curve_is_read_at_a_threshold_and_at_a_risk():
    curve = risk_coverage(np.array([0.6, 0.9, 0.8, 0.7]), np.array([False, True, True, False]))
    assert curve.at(0.7) == (0.75, pytest.approx(1 / 3))
    assert curve.at(0.95) == (0.0, None)
    assert curve.coverage_at(0.1) == 0.5
    assert risk_coverage(np.ones(1), np.array([False])).coverage_at(0.1) == 0.0


def test_the_risk_at_full_coverage_is_the_error():
    generator = np.random.default_rng(1)
    correct = generator.random(300) < 0.8
    curve = risk_coverage(generator.random(300), correct)
    assert curve.risk[-1] == pytest.approx(1 - correct.mean())
