"""Reading a sentence: from a model's probabilities to one emotion and its mood, or to "I am not sure"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from classifiers.emotion import EmotionClassifier
from classifiers.labels import Emotion, Mood
from classifiers.text import has_hangul
from classifiers.views import FIVE, MOODS, TO_FIVE, TO_MOOD, to_five, to_moods

_LETTER = re.compile(r"[^\W\d_]")


class Doubt(StrEnum):
    """Why a sentence is answered with a question."""

    WORDLESS = "wordless"  # nothing in it that could be read
    FOREIGN = "foreign"  # no Hangul
    NEUTRAL = "neutral"  # a greeting, a request, a plain fact
    UNSURE = "unsure"  # no emotion stands out


@dataclass(frozen=True)
class Reading:
    """What was read in a sentence. Without a doubt it has an emotion; the numbers are None if nothing was read.

    `shade` is the finest label the model knows within the emotion (평온 within 기쁨, say), for the wording.
    `likeliest` is the five emotions, most probable first.
    """

    doubt: Doubt | None = None
    emotions: dict[Emotion, float] | None = None
    moods: dict[Mood, float] | None = None
    likeliest: tuple[Emotion, ...] = ()
    shade: Emotion | None = None

    @property
    def emotion(self) -> Emotion | None:
        return None if self.doubt else self.likeliest[0]

    @property
    def mood(self) -> Mood | None:
        return TO_MOOD[self.emotion] if self.emotion else None


class EmotionReader:
    """Reads sentences with an `EmotionClassifier`.

    `run(function, *arguments)` calls the classifier; a server whose event loop must not wait passes one that
    runs it on a native thread.
    """

    def __init__(self, classifier: EmotionClassifier, run: Callable = lambda function, *args: function(*args)):
        self.classifier = classifier
        self.run = run

    def read(self, text: str) -> Reading:
        """Read one normalised sentence."""
        if not _LETTER.search(text):
            return Reading(Doubt.WORDLESS)
        if not has_hangul(text):
            return Reading(Doubt.FOREIGN)
        labels, thresholds = self.classifier.labels, self.classifier.thresholds
        proba = self.run(self.classifier.predict_proba, [text])
        known = dict(zip(labels, proba[0].tolist(), strict=True))
        if Emotion.NEUTRAL in known and thresholds.is_neutral(known[Emotion.NEUTRAL]):
            return Reading(Doubt.NEUTRAL)
        five = to_five(proba, labels)
        emotions = dict(zip(FIVE, five[0].tolist(), strict=True))
        likeliest = tuple(sorted(FIVE, key=emotions.get, reverse=True))
        within = [label for label in labels if TO_FIVE[label] == likeliest[0]]
        return Reading(
            doubt=Doubt.UNSURE if thresholds.is_unsure(emotions[likeliest[0]]) else None,
            emotions=emotions,
            moods=dict(zip(MOODS, to_moods(five)[0].tolist(), strict=True)),
            likeliest=likeliest,
            shade=max(within, key=known.get),
        )
