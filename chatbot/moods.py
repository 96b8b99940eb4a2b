"""Which mood follows which when a listener asks for more. (Emotion to mood is in `classifiers.views`.)"""

from classifiers.labels import Mood

DIRECTIONS: dict[str, dict[Mood, Mood]] = {
    # five others of the same kind
    "same": {mood: mood for mood in Mood},
    # a change of air: out of sadness and stillness into the light, out of joy into dancing, and out of
    # letting off steam back to something friendly
    "lift": {
        Mood.SAD: Mood.HAPPY,
        Mood.CALM: Mood.HAPPY,
        Mood.HAPPY: Mood.ENERGETIC,
        Mood.ENERGETIC: Mood.HAPPY,
    },
    # from wherever one is, to a quiet place
    "calm": dict.fromkeys(Mood, Mood.CALM),
}


def ways_on(mood: Mood) -> list[str]:
    """The directions worth offering after a list of this mood: "same", and those that lead elsewhere."""
    return [direction for direction, leads in DIRECTIONS.items() if direction == "same" or leads[mood] is not mood]
