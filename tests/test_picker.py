"""chatbot/picker.py: which five songs."""

import random
from collections import Counter

from chatbot.picker import pick_songs, shuffle_by_score
from db.songs import Candidate


def songs(*scores: float) -> list[Candidate]:
    """Songs with the ids 1, 2, … by as many artists."""
    return [Candidate(id, f"artist {id}", score) for id, score in enumerate(scores, start=1)]


def test_five_different_songs_are_picked():
    picked = pick_songs(songs(*[0.5] * 30), [])
    assert len(picked) == len(set(picked)) == 5


def test_each_ask_gives_another_list():
    lists = {tuple(pick_songs(songs(*[0.5] * 30), [])) for _ in range(20)}
    assert len(lists) > 15


def test_an_artist_stands_once_in_a_list_however_spelled():
    same = [Candidate(id, name, 0.9) for id, name in enumerate(["IU", "iu", "Iu"] * 10)]
    others = [Candidate(100 + id, f"artist {id}", 0.1) for id in range(6)]
    for seed in range(50):
        picked = pick_songs(same + others, [], rng=random.Random(seed))
        assert len(picked) == 5
        assert sum(id < 100 for id in picked) <= 1


def test_recent_songs_are_left_out_while_there_are_others():
    for seed in range(50):
        picked = pick_songs(songs(*[0.5] * 25), list(range(1, 21)), rng=random.Random(seed))
        assert sorted(picked) == [21, 22, 23, 24, 25]


def test_where_too_few_are_left_those_heard_longest_ago_come_back():
    picked = pick_songs(songs(*[0.5] * 7), recent=[7, 6, 5, 4, 3, 2])
    assert picked == [1, 2, 3, 4, 5]


def test_fewer_than_five_songs_are_all_given():
    assert sorted(pick_songs(songs(0.2, 0.9), [])) == [1, 2]
    assert pick_songs([], []) == []


def test_the_first_place_goes_by_score():
    """Scores of 3 to 1 give the first place 3 to 1: 7,500 of 10,000, within five standard deviations."""
    rng = random.Random(7)
    first = Counter(shuffle_by_score(songs(0.75, 0.25), rng)[0].id for _ in range(10_000))
    assert abs(first[1] - 7_500) < 5 * (10_000 * 0.75 * 0.25) ** 0.5


def test_a_song_without_any_score_can_still_fill_a_list():
    assert sorted(pick_songs(songs(0.0, 0.0, 0.0, 0.0, 0.0), [])) == [1, 2, 3, 4, 5]
