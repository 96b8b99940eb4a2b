"""Hashed character n-grams."""

import unicodedata

import numpy as np
import pytest

from classifiers.ngrams import FILLER, hash_ngrams


def test_the_numbers_are_the_same_in_every_process_and_version():
    # The table in the shipped graph was learned with these numbers.
    assert hash_ngrams("아 a", 2**18).tolist() == [11950, 41806, 67070, 92774, 103004, 194567, 205322, 260209]


def test_numbers_are_different_sorted_and_never_the_filler():
    numbers = hash_ngrams("정말 정말 행복한 하루였어요 ㅎㅎㅎ", 64)
    assert (np.diff(numbers) > 0).all()
    assert numbers.min() > FILLER
    assert numbers.max() < 64


def test_words_share_the_ngrams_of_their_common_parts():
    sad, sadly, happy = (set(hash_ngrams(text, 2**18)) for text in ("슬퍼", "슬퍼서", "기뻐"))
    assert len(sad & sadly) > len(sad & happy)


def test_decomposed_hangul_has_the_same_ngrams():
    text = "너무 슬퍼"
    np.testing.assert_array_equal(hash_ngrams(unicodedata.normalize("NFD", text), 1024), hash_ngrams(text, 1024))


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_a_text_of_nothing_has_none(text):
    assert hash_ngrams(text, 1024).shape == (0,)
