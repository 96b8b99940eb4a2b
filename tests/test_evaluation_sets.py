"""The fixed sets: which rows of the open ones count, and as what."""

import numpy as np
import pytest

from classifiers.cases import Case
from classifiers.labels import Emotion
from classifiers.training.evaluation_sets import read_goemotions_test, read_held_out, read_kote_test, single_label
from classifiers.training.sources import LABELS, MissingDataError
from classifiers.training.split import HELD_OUT_PARTS


@pytest.mark.parametrize(
    ("shares", "label"),
    [
        ({Emotion.JOY: 1.0}, Emotion.JOY),
        ({Emotion.SADNESS: 0.3, Emotion.HURT: 0.3, Emotion.ANGER: 0.4}, Emotion.SADNESS),
        ({Emotion.NEUTRAL: 0.5, Emotion.JOY: 0.5}, Emotion.NEUTRAL),
        ({Emotion.NEUTRAL: 0.4, Emotion.ANXIETY: 0.35, Emotion.CALM: 0.25}, Emotion.ANXIETY),
        ({Emotion.JOY: 0.5, Emotion.ANGER: 0.5}, None),
        ({Emotion.JOY: 0.1, Emotion.CALM: 0.2, Emotion.ANGER: 0.3, Emotion.SADNESS: 0.4}, Emotion.SADNESS),
        # 0.1 + 0.2 is more than 0.3 by rounding alone.
        ({Emotion.JOY: 0.1, Emotion.CALM: 0.2, Emotion.ANGER: 0.3, Emotion.NEUTRAL: 0.4}, None),
    ],
)
def test_a_row_counts_as_the_one_thing_it_says(shares, label):
    assert single_label(np.array([shares.get(emotion, 0.0) for emotion in LABELS])) == label


def write(path, *lines):
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_open_test_splits_are_read_in_the_five_label_view(tmp_path):
    write(tmp_path / "kote" / "labels.txt", "행복", "불안/걱정", "없음", "편안/쾌적")
    write(tmp_path / "kote" / "test.tsv", "1\t편하고 좋다\t0,3", "2\t글쎄\t0,1", "3\t그렇다\t2")
    write(tmp_path / "goemotions-korean" / "labels.txt", "anger", "neutral")
    write(tmp_path / "goemotions-korean" / "test.tsv", "왜 그래\t0", "그래\t0,1")
    kote, goemotions = read_kote_test(tmp_path), read_goemotions_test(tmp_path)
    assert kote.cases == [Case("편하고 좋다", Emotion.JOY), Case("그렇다", Emotion.NEUTRAL)]
    assert goemotions.cases == [Case("왜 그래", Emotion.ANGER), Case("그래", Emotion.NEUTRAL)]
    assert not kote.fine_labels
    assert not goemotions.fine_labels


def test_an_open_set_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MissingDataError, match="--data"):
        read_kote_test(tmp_path)


def test_the_held_out_set_is_the_held_out_parts_with_their_fine_labels():
    held_out = read_held_out()
    assert {case.kind for case in held_out.cases} == HELD_OUT_PARTS
    assert {case.emotion for case in held_out.cases} == set(Emotion)
    assert held_out.fine_labels
