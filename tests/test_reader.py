"""chatbot/reader.py: from a sentence to an emotion and a mood, or to a doubt, with the shipped model."""

import pytest

from chatbot.reader import Doubt, EmotionReader
from classifiers.labels import Emotion, Mood
from classifiers.views import TO_FIVE


@pytest.fixture(scope="module")
def reader(classifier):
    return EmotionReader(classifier)


@pytest.mark.parametrize(
    ("text", "emotion", "mood"),
    [
        ("오늘 시험에 합격해서 정말 행복해", Emotion.JOY, Mood.HAPPY),
        ("남자친구랑 헤어져서 너무 슬퍼", Emotion.SADNESS, Mood.SAD),
        ("상사가 나한테만 일을 떠넘겨서 화가 나", Emotion.ANGER, Mood.ENERGETIC),
        ("내일 면접인데 너무 떨리고 걱정돼", Emotion.ANXIETY, Mood.CALM),
        ("사람들 앞에서 넘어져서 너무 창피했어", Emotion.EMBARRASSMENT, Mood.SAD),
    ],
)
def test_a_plain_sentence_is_read(reader, text, emotion, mood):
    reading = reader.read(text)
    assert (reading.doubt, reading.emotion, reading.mood) == (None, emotion, mood)
    assert TO_FIVE[reading.shade] == emotion


def test_the_numbers_are_complete(reader):
    reading = reader.read("남자친구랑 헤어져서 너무 슬퍼")
    assert sum(reading.emotions.values()) == pytest.approx(1)
    assert sum(reading.moods.values()) == pytest.approx(1)
    assert reading.moods[Mood.SAD] == pytest.approx(
        reading.emotions[Emotion.SADNESS] + reading.emotions[Emotion.EMBARRASSMENT]
    )
    assert sorted(reading.emotions, key=reading.emotions.get, reverse=True) == list(reading.likeliest)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", Doubt.WORDLESS),
        ("...!? 123", Doubt.WORDLESS),
        ("😭😭", Doubt.WORDLESS),
        ("I feel so sad today", Doubt.FOREIGN),
        ("今日は悲しい", Doubt.FOREIGN),
        ("안녕", Doubt.NEUTRAL),
    ],
)
def test_what_holds_no_emotion_is_doubted(reader, text, doubt):
    reading = reader.read(text)
    assert (reading.doubt, reading.emotion, reading.mood) == (doubt, None, None)


def test_a_close_call_is_doubted_and_the_two_likeliest_are_named(classifier):
    """No shipped threshold is relied on: with a certainty nobody reaches, every sentence is a close call."""

    class Strict:
        labels = classifier.labels
        predict_proba = classifier.predict_proba
        thresholds = type(classifier.thresholds)(neutral_above=1.0, unsure_below=1.0)

    reading = EmotionReader(Strict()).read("남자친구랑 헤어져서 너무 슬퍼")
    assert reading.doubt is Doubt.UNSURE
    assert reading.likeliest[0] == Emotion.SADNESS


def test_the_classifier_is_called_through_run(classifier):
    calls = []

    def run(function, *arguments):
        calls.append(arguments)
        return function(*arguments)

    EmotionReader(classifier, run).read("정말 행복해")
    assert calls == [(["정말 행복해"],)]
