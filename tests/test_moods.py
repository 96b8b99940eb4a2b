"""chatbot/moods.py: which mood follows which."""

import pytest

from chatbot.moods import DIRECTIONS, ways_on
from classifiers.labels import Mood


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_direction_leads_on_from_every_mood(direction):
    assert set(DIRECTIONS[direction]) == set(Mood)


def test_a_lift_never_stays_and_never_leads_to_sadness():
    for mood, lifted in DIRECTIONS["lift"].items():
        assert lifted not in (mood, Mood.SAD)


def test_calm_leads_to_calm_and_same_stays():
    assert set(DIRECTIONS["calm"].values()) == {Mood.CALM}
    assert all(mood is after for mood, after in DIRECTIONS["same"].items())


def test_only_ways_that_lead_elsewhere_are_offered_besides_the_same():
    assert ways_on(Mood.SAD) == ["same", "lift", "calm"]
    assert ways_on(Mood.CALM) == ["same", "lift"]
