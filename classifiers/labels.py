"""The label names, written once: emotions that a sentence expresses and moods that a song carries."""

from enum import StrEnum


class Emotion(StrEnum):
    """What a sentence expresses. A model may know all eight or fewer; a person is shown the first five."""

    JOY = "기쁨"
    SADNESS = "슬픔"
    EMBARRASSMENT = "당황"
    ANGER = "분노"
    ANXIETY = "불안"
    CALM = "평온"
    HURT = "상처"
    NEUTRAL = "중립"


class Mood(StrEnum):
    """What a song carries."""

    HAPPY = "Happy"
    SAD = "Sad"
    ENERGETIC = "Energetic"
    CALM = "Calm"
