"""Which five songs: weighted by score, one per artist, and nothing this listener heard of lately."""

import random
from collections.abc import Collection, Sequence

from db.songs import Candidate

SONGS_PER_REPLY = 5
# Enough to leave five artists after twenty recent songs are taken out, and few enough to be read in no time.
CANDIDATES = 64


def pick_songs(
    candidates: Sequence[Candidate],
    recent: Sequence[int],
    count: int = SONGS_PER_REPLY,
    rng: random.Random | None = None,
) -> list[int]:
    """Choose up to `count` song ids from `candidates`, at most one per artist.

    A song is drawn with a probability in proportion to its score. Songs in `recent` (ids, newest first) are
    left out; only where too few others remain do they come back, those longest ago first.
    """
    order = shuffle_by_score(candidates, rng or random.Random())
    age = {id: position for position, id in enumerate(recent)}
    fresh = [song for song in order if song.id not in age]
    heard = sorted((song for song in order if song.id in age), key=lambda song: -age[song.id])
    return one_per_artist([*fresh, *heard], count)


def shuffle_by_score(candidates: Collection[Candidate], rng: random.Random) -> list[Candidate]:
    """A weighted shuffle: each next song is drawn in proportion to its score among those that are left.

    Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (2006): sort by u ** (1 / weight).
    """
    return sorted(candidates, key=lambda song: rng.random() ** (1 / max(song.score, 1e-6)), reverse=True)


def one_per_artist(songs: Sequence[Candidate], count: int) -> list[int]:
    """The ids of the first `count` songs whose artists differ."""
    chosen: dict[str, int] = {}
    for song in songs:
        if len(chosen) == count:
            break
        chosen.setdefault(song.artist.casefold(), song.id)
    return list(chosen.values())
