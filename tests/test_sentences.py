"""classifiers/sentences.py: a long text into pieces that fit, with nothing lost."""

import pytest

from classifiers.sentences import split_sentences, split_to_fit


def fits(piece):
    """A model that reads twenty characters at once."""
    return len(piece) <= 20


def visible(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("너무 슬퍼", ["너무 슬퍼"]),
        ("너무 슬퍼. 왜 이럴까? 몰라!", ["너무 슬퍼.", "왜 이럴까?", "몰라!"]),
        ("안녕하세요~ 반가워요…  잘 지내죠。", ["안녕하세요~", "반가워요…", "잘 지내죠。"]),
        ('"괜찮아." 그렇게 말했어', ['"괜찮아."', "그렇게 말했어"]),
        ("시험은 3.5점 1. 국어 2. 수학", ["시험은 3.5점 1. 국어 2. 수학"]),
    ],
)
def test_a_sentence_ends_with_its_marks(text, sentences):
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("합격했어! 😊 ㅋㅋㅋ 근데 걱정돼.ㅠㅠ 어떡해", ["합격했어! 😊 ㅋㅋㅋ", "근데 걱정돼.ㅠㅠ", "어떡해"]),
        ("너무 좋아!😍👍 고마워", ["너무 좋아!😍👍", "고마워"]),
        ("슬퍼\n😭😭\n---\n그래도 힘낼게", ["슬퍼 😭😭 ---", "그래도 힘낼게"]),
        ("😭 너무 슬퍼", ["😭 너무 슬퍼"]),
    ],
)
def test_what_holds_no_word_stays_with_the_sentence_before(text, sentences):
    assert split_sentences(text) == sentences


def test_each_line_of_a_list_is_a_sentence():
    assert split_sentences("1. 우유\n2. 계란\r\n\n- 빵 한 봉지\u2028끝") == [
        "1. 우유",
        "2. 계란",
        "- 빵 한 봉지",
        "끝",
    ]


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\x00"])
def test_an_empty_text_has_no_sentence(text):
    assert split_sentences(text) == split_to_fit(text, fits) == []


@pytest.mark.parametrize("text", ["...", "?!?!", "😭", "… !!\n~~"])
def test_only_marks_are_one_sentence(text):
    assert split_sentences(text) == [" ".join(text.split())]


def test_a_sentence_that_fits_stays_whole():
    assert split_to_fit("오늘은 좋았어. 내일은 걱정돼.", fits) == ["오늘은 좋았어.", "내일은 걱정돼."]


def test_a_sentence_that_does_not_fit_is_cut_at_spaces():
    words = [f"낱말{number}" for number in range(100)]
    pieces = split_to_fit(" ".join(words), fits)
    assert all(map(fits, pieces))
    assert " ".join(pieces).split(" ") == words


def test_a_long_word_among_short_ones_is_the_only_one_cut():
    pieces = split_to_fit(f"나 너 {'가' * 30} 우리 그리고 모두 함께", fits)
    assert all(map(fits, pieces))
    assert pieces[0] == "나 너"
    assert visible("".join(pieces[1:-1])) == "가" * 30
    assert pieces[-1] == "우리 그리고 모두 함께"


def test_an_endless_word_is_cut_anywhere():
    pieces = split_to_fit("가나다라마" * 1_000, fits)
    assert all(map(fits, pieces))
    assert "".join(pieces) == "가나다라마" * 1_000


def test_a_character_that_never_fits_is_returned_all_the_same():
    assert split_to_fit("슬퍼 😭", lambda piece: False) == ["슬", "퍼", "😭"]


@pytest.mark.parametrize(
    "text",
    [
        "오늘 시험 봤는데 망했어ㅠㅠ\n근데 친구가 떡볶이 사 줘서 😋 기분이 풀렸어!! " * 40,
        "!?" * 3_000,
        "👨‍👩‍👧❤️" * 500,
        "a. " * 2_000,
        "끝도 없이 이어지는 글인데 마침표가 하나도 없어서 " * 100,
    ],
    ids=["mixed", "marks", "emoji", "short sentences", "no marks"],
)
def test_nothing_visible_is_lost(text):
    pieces = split_to_fit(text, fits)
    assert visible("".join(pieces)) == visible(text)
    assert all(map(fits, pieces))
