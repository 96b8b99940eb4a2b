"""db/starter_songs.csv: the catalogue that a fresh installation offers."""

import csv
import re
import unicodedata
from collections import Counter

import pytest

from db.songs import STARTER

MOODS = {"Happy": "happy", "Sad": "sad", "Energetic": "energetic", "Calm": "calm"}


@pytest.fixture(scope="module")
def rows():
    with STARTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_mood_is_full(rows):
    moods = Counter(row["mood"] for row in rows)
    assert set(moods) == set(MOODS)
    assert min(moods.values()) >= 60
    assert len(rows) >= 240


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("language", ["ko", "other"])
def test_every_mood_has_enough_songs_for_either_language(rows, mood, language):
    """Twenty recent songs are never repeated, and five more must be left, by five artists."""
    artists = Counter(row["artist"] for row in rows if (row["mood"], row["language"]) == (mood, language))
    assert artists.total() >= 20
    assert len(artists) >= 15


def test_about_two_thirds_are_korean(rows):
    korean = sum(row["language"] == "ko" for row in rows) / len(rows)
    assert 0.6 <= korean <= 0.72


def test_every_decade_from_the_1980s_is_there(rows):
    decades = Counter(int(row["year"]) // 10 * 10 for row in rows)
    assert min(decades) == 1980
    assert all(decades[decade] >= 15 for decade in (1980, 1990, 2000, 2010, 2020))


def test_scores_sum_to_one_and_the_mood_is_the_highest(rows):
    for row in rows:
        scores = {mood: float(row[column]) for mood, column in MOODS.items()}
        assert sum(scores.values()) == pytest.approx(1, abs=1e-9), row
        others = [score for mood, score in scores.items() if mood != row["mood"]]
        assert scores[row["mood"]] > max(others), row


def test_scores_are_judged_song_by_song(rows):
    """A template would give few distinct vectors."""
    vectors = {tuple(row[column] for column in MOODS.values()) for row in rows}
    assert len(vectors) > len(rows) / 4


def test_no_song_stands_twice(rows):
    keys = Counter(letters(row["artist"]) + "/" + letters(row["title"]) for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_artist_stands_more_than_four_times(rows):
    artists = Counter(letters(row["artist"]) for row in rows)
    assert {artist: count for artist, count in artists.items() if count > 4} == {}


def test_text_is_composed_and_trimmed(rows):
    for row in rows:
        for value in row.values():
            assert value == unicodedata.normalize("NFC", value).strip(), row
            assert value, row
        assert row["labelled_by"] == "editor"
        assert row["language"] in ("ko", "other")


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
