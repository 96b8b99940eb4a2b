"""Rows for tests, with every column filled."""

import itertools

from db.models import Song

_numbers = itertools.count(1)


def a_song(**columns: object) -> Song:
    """A song that is not in a database yet; each call gives another source id and pick key."""
    number = next(_numbers)
    plain = {
        "source": "test",
        "source_id": str(number),
        "title": f"노래 {number}",
        "artist": f"가수 {number}",
        "year": 2017,
        "language": "ko",
        "mood": "Calm",
        "happy": 0.1,
        "sad": 0.2,
        "energetic": 0.0,
        "calm": 0.7,
        "labelled_by": "editor",
        "pick_key": number,
    }
    return Song(**{**plain, **columns})
