"""The figures, against numbers worked out by hand and by scikit-learn."""

import numpy as np
import pytest
from sklearn import metrics

from classifiers.scores import calibration_error, score


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
