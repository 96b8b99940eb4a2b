"""Labelled cases: the file format, and judging that asks when the bot asks."""

import unicodedata

import numpy as np
import pytest

from chatbot.reader import EmotionReader
from classifiers.cases import Case, CaseSet, judge_cases, read_cases
from classifiers.corpus import CorpusError
from classifiers.labels import Emotion
from scripts.evaluate_emotion import HARD_CASES

ODD_SENTENCES = (
    "ㅋㅋㅋ",
    "ㅠㅠ 😭",
    "12345",
    "?!",
    "悲しい",
    "I am 슬퍼",
    "😀",
    "___",
    "안녕하세요",
    "아무 일도 없었다",
)


def write(folder, content):
    path = folder / "cases.tsv"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_line_has_a_kind_or_none(tmp_path):
    path = write(tmp_path, "기쁨\t정말 좋아\n\n중립\thello \tenglish\r\n")
    assert read_cases(path) == [
        Case("정말 좋아", Emotion.JOY, ""),
        Case("hello", Emotion.NEUTRAL, "english"),
    ]


def test_sentences_are_normalised(tmp_path):
    path = write(tmp_path, f"슬픔\t{unicodedata.normalize('NFD', '슬퍼')}\tdecomposed\n")
    assert read_cases(path)[0].text == "슬퍼"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("기쁨 좋아", "expected `label TAB sentence`"),
        ("기쁨\t좋아\tplain\tmore", "expected `label TAB sentence`"),
        ("행복\t좋아", "unknown label '행복'"),
        ("기쁨\t \tplain", "the sentence is empty"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, line, complaint):
    path = write(tmp_path, f"기쁨\t좋아\n{line}\n")
    with pytest.raises(CorpusError, match=f"line 2: {complaint}"):
        read_cases(path)


def test_a_missing_file_and_bytes_that_are_not_utf8_are_named(tmp_path):
    with pytest.raises(CorpusError, match=r"cannot read .*nowhere\.tsv"):
        read_cases(tmp_path / "nowhere.tsv")
    (tmp_path / "cases.tsv").write_bytes("기쁨\t좋아".encode("cp949"))
    with pytest.raises(CorpusError, match="is not UTF-8"):
        read_cases(tmp_path / "cases.tsv")


class OneByOne:
    """A classifier that reads each text alone, as the bot does: in int8 a text's neighbours sway close calls."""

    def __init__(self, classifier):
        self.labels, self.thresholds = classifier.labels, classifier.thresholds
        self._predict = classifier.predict_proba

    def predict_proba(self, texts):
        return np.vstack([self._predict([text]) for text in texts])


def test_a_case_is_asked_about_exactly_when_the_bot_would_ask(classifier):
    reader = EmotionReader(classifier)
    cases = read_cases(HARD_CASES) + [Case(text, Emotion.NEUTRAL) for text in ODD_SENTENCES]
    # A kind of its own for each: its figures are then those of this case.
    numbered = [case._replace(kind=str(number)) for number, case in enumerate(cases)]
    kinds = judge_cases(OneByOne(classifier), CaseSet("numbered", numbered)).kinds
    for case in numbered:
        assert kinds[case.kind].asked == bool(reader.read(case.text).doubt), case.text
