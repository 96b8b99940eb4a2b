"""chatbot/phrases.py: every word SMOODY says."""

import re

import pytest

from chatbot import phrases
from chatbot.moods import DIRECTIONS
from chatbot.reader import Doubt
from classifiers.labels import Emotion, Mood

POLITE = re.compile(r"(요|다|까|죠)[.!?]?$")


def said() -> list[str]:
    """Every sentence that can be said, with its values filled in."""
    groups = [*phrases.OPENINGS.values(), *phrases.CHOSEN.values(), *phrases.QUESTIONS.values()]
    told = [phrases.problem(code, limit=500) for code in phrases.PROBLEMS]
    return (
        [text.format(first="슬픔", second="불안") for group in groups for text in group] + told + [phrases.CRISIS]
    )


@pytest.mark.parametrize("emotion", [emotion for emotion in Emotion if emotion != Emotion.NEUTRAL])
def test_every_emotion_has_several_wordings(emotion):
    assert len(set(phrases.OPENINGS[emotion])) >= 3


@pytest.mark.parametrize("mood", Mood)
def test_every_mood_has_several_wordings_and_a_chip(mood):
    assert len(set(phrases.CHOSEN[mood])) >= 2
    assert phrases.MOOD_CHOICES[mood]


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_a_question(doubt):
    asked = phrases.question(doubt, (Emotion.SADNESS, Emotion.ANXIETY))
    assert "{" not in asked
    if doubt is Doubt.UNSURE:
        assert "슬픔" in asked
        assert "불안" in asked


def test_every_direction_has_a_chip():
    assert set(phrases.MORE_CHOICES) == set(DIRECTIONS)


@pytest.mark.parametrize("text", said())
def test_every_sentence_is_polite(text):
    korean = [line for line in text.split("\n") if not line.startswith("(")]
    assert all(POLITE.search(line) for line in korean)


def test_the_crisis_card_names_the_helplines_and_the_emergency_number():
    for number in ("109", "1577-0199", "1388", "119"):
        assert number in phrases.CRISIS
    assert [line["number"] for line in phrases.HELPLINES] == ["109", "1577-0199", "1388"]


def test_a_song_is_described_by_its_mood_and_by_what_else_is_in_it():
    scores = {Mood.HAPPY: 0.05, Mood.SAD: 0.3, Mood.ENERGETIC: 0.0, Mood.CALM: 0.65}
    assert phrases.song_reason(scores, Mood.CALM) == "잔잔한 곡, 애틋한 여운"
    assert phrases.song_reason({**scores, Mood.SAD: 0.1}, Mood.CALM) == "잔잔한 곡"
