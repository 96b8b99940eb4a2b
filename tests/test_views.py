"""The views over emotions."""

import numpy as np
import pytest

from classifiers.labels import Emotion, Mood
from classifiers.views import (
    FIVE,
    MOODS,
    TO_FIVE,
    TO_MOOD,
    UnknownLabelError,
    apply_view,
    to_five,
    to_moods,
)

EIGHT = tuple(Emotion)


def one_hot(emotion, labels=EIGHT):
    return np.eye(len(labels))[[labels.index(emotion)]]


def test_every_emotion_has_a_row_in_the_five_label_view():
    assert set(TO_FIVE) == set(Emotion)


def test_every_one_of_the_five_has_a_mood_and_every_mood_an_emotion():
    assert set(TO_MOOD) == set(FIVE)
    assert set(TO_MOOD.values()) == set(MOODS) == set(Mood)


@pytest.mark.parametrize(
    ("emotion", "shown", "mood"),
    [
        ("기쁨", "기쁨", "Happy"),
        ("평온", "기쁨", "Happy"),
        ("슬픔", "슬픔", "Sad"),
        ("상처", "슬픔", "Sad"),
        ("당황", "당황", "Sad"),
        ("분노", "분노", "Energetic"),
        ("불안", "불안", "Calm"),
    ],
)
def test_an_emotion_is_shown_and_answered_as_the_design_says(emotion, shown, mood):
    five = to_five(one_hot(emotion), EIGHT)
    assert FIVE[five[0].argmax()] == shown
    assert MOODS[to_moods(five)[0].argmax()] == mood


def test_neutral_is_left_out_and_the_rest_renormalised():
    probabilities = 0.5 * one_hot("중립") + 0.3 * one_hot("기쁨") + 0.1 * one_hot("평온") + 0.1 * one_hot("분노")
    np.testing.assert_allclose(to_five(probabilities, EIGHT), [[0.8, 0, 0, 0.2, 0]])


def test_rows_sum_to_one_even_when_everything_is_neutral():
    five = to_five(np.vstack([one_hot("중립"), one_hot("불안")]), EIGHT)
    np.testing.assert_allclose(five.sum(axis=1), 1)
    np.testing.assert_allclose(five[0], 0.2)


def test_a_model_with_fewer_labels_has_the_same_view():
    labels = (Emotion.ANGER, Emotion.JOY)
    np.testing.assert_allclose(to_five(np.array([[0.25, 0.75]]), labels), [[0.75, 0, 0, 0.25, 0]])


def test_no_sentences_give_no_rows():
    assert to_five(np.zeros((0, 8)), EIGHT).shape == (0, 5)
    assert to_moods(np.zeros((0, 5))).shape == (0, 4)


@pytest.mark.parametrize("shape", [(8,), (2, 7), (2, 9), (1, 2, 8)])
def test_an_array_that_does_not_fit_the_labels_is_refused(shape):
    with pytest.raises(ValueError, match="expected shape"):
        to_five(np.zeros(shape), EIGHT)


def test_a_label_without_a_row_is_refused_by_name():
    with pytest.raises(UnknownLabelError, match="중립"):
        apply_view(np.ones((1, 1)), (Emotion.NEUTRAL,), {}, FIVE)
