"""Songs in the database: putting a catalogue in, and drawing candidates to offer."""

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from classifiers.labels import Mood

from .models import PICK_KEYS, Song, score_column

STARTER = Path(__file__).with_name("starter_songs.csv")
LANGUAGES = ("ko", "other")


class CatalogueError(Exception):
    """A catalogue file cannot be used; the message names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Candidate:
    """What a picker needs to know of a song: its id, its artist and its score for the mood asked for."""

    id: int
    artist: str
    score: float


def read_starter(path: Path = STARTER) -> list[Song]:
    """The starter catalogue as rows that are not in a database yet; raises `CatalogueError`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"the starter catalogue {path} cannot be read: {error}") from error
    songs = []
    for line, row in enumerate(rows, start=2):
        try:
            songs.append(starter_song(row))
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"{path}, line {line}: {error!r}; see the columns in the first line") from error
    return songs


def starter_song(row: dict[str, str]) -> Song:
    """One row of the starter catalogue as a `Song`; raises KeyError, TypeError or ValueError on a bad row."""
    scores = {score_column(mood): float(row[score_column(mood)]) for mood in Mood}
    if row["language"] not in LANGUAGES:
        raise ValueError(f"language {row['language']!r} is not one of {LANGUAGES}")
    return Song(
        source="starter",
        source_id=starter_id(row["artist"], row["title"]),
        title=row["title"],
        artist=row["artist"],
        year=int(row["year"]),
        language=row["language"],
        mood=Mood(row["mood"]).value,
        labelled_by=row["labelled_by"],
        **scores,
    )


def starter_id(artist: str, title: str) -> str:
    """A key that stays the same when spacing, case or punctuation is corrected."""
    return "/".join(re.sub(r"[\W_]+", "", part).casefold() for part in (artist, title))[:191]


def add_songs(session: Session, songs: Sequence[Song]) -> dict[str, int]:
    """Insert the songs that are new and update those that are known, by (source, source id).

    At most 10,000 songs at a time. A known song keeps its id, its pick key and whatever the new row leaves
    open. Returns how many were `new`, `updated` and `unchanged`.
    """
    keys = [(song.source, song.source_id) for song in songs]
    rows = session.scalars(select(Song).where(tuple_(Song.source, Song.source_id).in_(keys)))
    known = {(song.source, song.source_id): song for song in rows}
    counts = {"new": 0, "updated": 0, "unchanged": 0}
    for key, song in zip(keys, songs, strict=True):
        if key in known:
            counts["updated" if update_song(known[key], song) else "unchanged"] += 1
        else:
            song.pick_key = random.randrange(PICK_KEYS)
            session.add(song)
            known[key] = song
            counts["new"] += 1
    session.flush()
    return counts


def update_song(known: Song, fresh: Song) -> bool:
    """Copy what `fresh` states to `known`; says whether anything changed."""
    changed = False
    for column in Song.__table__.columns:
        value, old = getattr(fresh, column.name), getattr(known, column.name)
        if value is None or column.name in ("id", "pick_key"):
            continue
        if abs(value - old) > 1e-6 if isinstance(value, float) else value != old:
            setattr(known, column.name, value)
            changed = True
    return changed


def has_songs(session: Session) -> bool:
    """Whether there is any song at all."""
    return session.scalar(select(Song.id).limit(1)) is not None


def draw_candidates(
    session: Session, mood: Mood, language: str | None, count: int, start: int | None = None
) -> list[Candidate]:
    """Up to `count` songs of a mood, a random sample: those whose pick keys follow a random start.

    `language` is one of `LANGUAGES`, or None for any. Two index range scans at the most (the second goes
    on from the lowest key), so the cost does not grow with the table. `start` fixes the start in tests.
    """
    start = random.randrange(PICK_KEYS) if start is None else start
    wanted = [Song.mood == mood.value] + ([Song.language == language] if language else [])
    columns = select(Song.id, Song.artist, getattr(Song, score_column(mood))).where(*wanted)
    drawn: list[Candidate] = []
    for part in (Song.pick_key >= start, Song.pick_key < start):
        rows = session.execute(columns.where(part).order_by(Song.pick_key).limit(count - len(drawn)))
        drawn += [Candidate(*row) for row in rows]
        if len(drawn) == count:
            break
    return drawn


def songs_by_id(session: Session, ids: list[int]) -> list[Song]:
    """The songs with these ids, in the order of the ids; an unknown id is left out."""
    found = {song.id: song for song in session.scalars(select(Song).where(Song.id.in_(ids)))}
    return [found[id] for id in ids if id in found]


def count_by_mood(session: Session) -> dict[str, int]:
    """How many songs each mood has."""
    return dict(session.execute(select(Song.mood, func.count()).group_by(Song.mood)).all())
