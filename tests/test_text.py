"""Text normalisation."""

import unicodedata

import pytest

from classifiers.text import has_hangul, normalize_text


def test_decomposed_hangul_becomes_the_same_text_as_composed():
    assert normalize_text(unicodedata.normalize("NFD", "오늘 너무 행복해")) == "오늘 너무 행복해"


@pytest.mark.parametrize(
    "text",
    [
        "  슬\x00퍼\x07  ",
        "슬\u200b퍼",
        "\ufeff슬퍼",
        "\u202e슬퍼\u202c",
        "슬\u00ad퍼\u2060",
        "슬퍼\u3164",
        "슬퍼\ud800",
    ],
)
def test_control_and_invisible_characters_are_gone(text):
    assert normalize_text(text) == "슬퍼"


def test_an_invisible_character_between_two_halves_of_a_syllable_leaves_one_syllable():
    assert normalize_text("\u1112\u200b\u1161\u11ab") == "한"


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\t", "\u3000", "\xa0", " \u200b ", "\u2028", "\x0b"])
def test_every_gap_becomes_one_space(gap):
    assert normalize_text(f"너무{gap}좋아{gap}") == "너무 좋아"


@pytest.mark.parametrize("emoji", ["👩‍👩‍👧", "❤️", "🏳️‍🌈"])
def test_emoji_stay_whole(emoji):
    assert normalize_text(f"좋아 {emoji}") == f"좋아 {emoji}"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b\ufeff", "\u3164"])
def test_a_text_of_nothing_becomes_empty(text):
    assert normalize_text(text) == ""


def test_normalising_twice_changes_nothing_more():
    text = normalize_text(" \u1112\u200b\u1161\u11ab 글\u200d\n ")
    assert normalize_text(text) == text


@pytest.mark.parametrize("value", [None, 3, b"\xec\x8a\xac", ["슬퍼"]])
def test_anything_but_a_string_is_refused(value):
    with pytest.raises(TypeError, match="expected a sentence"):
        normalize_text(value)


@pytest.mark.parametrize("text", ["슬퍼", "ㅋㅋ", "ㅠ", "so 슬픔", unicodedata.normalize("NFD", "행복")])
def test_hangul_is_found(text):
    assert has_hangul(text)


@pytest.mark.parametrize("text", ["", "hello", "悲しい", "123 !?", "😢", "\u3164"])
def test_text_without_hangul_has_none(text):
    assert not has_hangul(text)
