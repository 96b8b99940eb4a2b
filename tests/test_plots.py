"""The pictures of an evaluation: they are written, with Korean names or without, and warn of nothing."""

import struct

import numpy as np
import pytest

from classifiers.scores import risk_coverage, score
from classifiers.training.plots import Curve, draw_confusion, draw_risk_coverage, korean_font
from classifiers.views import FIVE

GENERATOR = np.random.default_rng(0)
SCORES = score(GENERATOR.dirichlet(np.ones(5), 100), GENERATOR.integers(0, 5, 100), FIVE)
VALUES = risk_coverage(GENERATOR.random(100), GENERATOR.random(100) < 0.8)


def size_of(path):
    """Width and height of a PNG in pixels."""
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", head[16:24])


@pytest.fixture(params=["installed", None])
def font(request):
    """The Korean font of this machine, if it has one, and none."""
    return request.param and korean_font()


def test_more_sets_give_a_larger_picture(tmp_path, font):
    draw_confusion([("하나.tsv", SCORES)], tmp_path / "one", font)
    draw_confusion([("하나.tsv", SCORES), ("two", SCORES), ("three", SCORES)], tmp_path / "three", font)
    one, three = size_of(tmp_path / "one"), size_of(tmp_path / "three")
    assert three == (2 * one[0], 2 * one[1])


def test_a_label_that_no_line_carries_draws_an_empty_row(tmp_path, font):
    scores = score(np.eye(5)[[0, 0, 1]], [0, 1, 1], FIVE)
    draw_confusion([("few", scores)], tmp_path / "few.png", font)
    size_of(tmp_path / "few.png")


@pytest.mark.parametrize("threshold", [0.0, 0.5, 1.0])
def test_a_curve_is_drawn_wherever_the_threshold_is(tmp_path, font, threshold):
    curves = [
        Curve("하나.tsv", VALUES, threshold),
        Curve("one line", risk_coverage(np.ones(1), np.ones(1) > 0), 0.5),
    ]
    draw_risk_coverage(curves, tmp_path / "curve.png", font)
    assert size_of(tmp_path / "curve.png")[0] > 1000


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        draw_confusion([("one", SCORES)], tmp_path / "nowhere" / "one.png")
