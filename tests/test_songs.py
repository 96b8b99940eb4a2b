"""db/songs.py: putting a catalogue in and drawing candidates, on SQLite and MariaDB."""

import pytest
from sqlalchemy import event, select

from classifiers.labels import Mood
from db.models import PICK_KEYS, Song
from db.songs import (
    CatalogueError,
    add_songs,
    count_by_mood,
    draw_candidates,
    has_songs,
    read_starter,
    songs_by_id,
    starter_id,
)
from tests.rows import a_song

HEADER = "title,artist,year,language,mood,happy,sad,energetic,calm,labelled_by\n"


def test_an_empty_database_has_no_songs(database):
    with database.session() as session:
        assert not has_songs(session)
        session.add(a_song())
        session.flush()
        assert has_songs(session)


def test_seeding_twice_doubles_nothing_and_keeps_ids_and_pick_keys(database):
    with database.session() as session:
        assert add_songs(session, read_starter())["updated"] == 0
        before = list(session.execute(select(Song.id, Song.source_id, Song.pick_key)))
    with database.session() as session:
        counts = add_songs(session, read_starter())
        assert counts == {"new": 0, "updated": 0, "unchanged": len(before)}
        assert list(session.execute(select(Song.id, Song.source_id, Song.pick_key))) == before


def test_a_corrected_row_updates_its_song(database):
    with database.session() as session:
        session.add(a_song(source_id="1", year=1999, image_url="https://example.org/cover.jpg"))
    with database.session() as session:
        corrected = a_song(source_id="1", year=2000, image_url=None)
        assert add_songs(session, [corrected]) == {"new": 0, "updated": 1, "unchanged": 0}
    with database.session() as session:
        song = session.scalars(select(Song)).one()
        assert song.year == 2000
        assert song.image_url == "https://example.org/cover.jpg"  # what the new row leaves open stays


def test_a_song_twice_in_one_catalogue_is_one_song(database):
    with database.session() as session:
        counts = add_songs(session, [a_song(source_id="1", title="봄"), a_song(source_id="1", title="봄날")])
        assert counts == {"new": 1, "updated": 1, "unchanged": 0}
        assert session.scalars(select(Song.title)).all() == ["봄날"]


def test_added_songs_spread_over_the_pick_keys(database):
    with database.session() as session:
        add_songs(session, [a_song() for _ in range(200)])
        keys = session.scalars(select(Song.pick_key)).all()
    assert 0 <= min(keys) < PICK_KEYS / 4 < 3 * PICK_KEYS / 4 < max(keys) < PICK_KEYS


def test_candidates_have_the_mood_and_language_asked_for(database):
    with database.session() as session:
        session.add_all(
            [
                a_song(title="a", mood="Calm", language="ko"),
                a_song(title="b", mood="Calm", language="other"),
                a_song(title="c", mood="Happy", language="ko"),
            ]
        )

    def titles(mood, language):
        with database.session() as session:
            ids = [candidate.id for candidate in draw_candidates(session, mood, language, 10)]
            return sorted(song.title for song in songs_by_id(session, ids))

    assert titles(Mood.CALM, None) == ["a", "b"]
    assert titles(Mood.CALM, "ko") == ["a"]
    assert titles(Mood.CALM, "other") == ["b"]
    assert titles(Mood.SAD, None) == []


def test_candidates_follow_the_start_and_wrap_around_without_repeats(database):
    with database.session() as session:
        session.add_all([a_song(title=str(key), pick_key=key) for key in (10, 20, 30, 40)])
    with database.session() as session:

        def drawn(count, start):
            ids = [candidate.id for candidate in draw_candidates(session, Mood.CALM, None, count, start)]
            return [song.title for song in songs_by_id(session, ids)]

        assert drawn(2, 15) == ["20", "30"]
        assert drawn(3, 30) == ["30", "40", "10"]
        assert drawn(9, 35) == ["40", "10", "20", "30"]


def test_a_candidate_carries_the_score_of_the_mood(database):
    with database.session() as session:
        session.add(a_song(calm=0.625, artist="이문세"))
    with database.session() as session:
        (candidate,) = draw_candidates(session, Mood.CALM, None, 5)
    assert (candidate.artist, candidate.score) == ("이문세", 0.625)


@pytest.mark.parametrize("language", [None, "ko"])
def test_drawing_is_an_index_range_scan(database, language):
    """Both scans use the index on the pick key: no sorting, no reading of the whole table."""
    statements = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def keep(connection, cursor, statement, parameters, context, many):
        statements.append((statement, parameters))

    with database.session() as session:
        add_songs(session, [a_song(mood=mood) for mood in ("Calm", "Happy") * 300])
        statements.clear()
        draw_candidates(session, Mood.CALM, language, 64, PICK_KEYS - 1)
        draws = [(sql, parameters) for sql, parameters in statements if "ORDER BY songs.pick_key" in sql]
        assert len(draws) == 2
        explain = "EXPLAIN QUERY PLAN" if database.engine.dialect.name == "sqlite" else "EXPLAIN"
        connection = session.connection()
        for sql, parameters in draws:
            plan = " ".join(
                str(part) for row in connection.exec_driver_sql(f"{explain} {sql}", parameters) for part in row
            )
            assert "ix_songs_mood" in plan
            assert "filesort" not in plan
            assert "TEMP B-TREE" not in plan


def test_songs_come_in_the_order_of_the_ids_and_unknown_ids_are_left_out(database):
    with database.session() as session:
        session.add_all([a_song(id=number) for number in (1, 2, 3)])
    with database.session() as session:
        assert [song.id for song in songs_by_id(session, [3, 99, 1])] == [3, 1]


def test_moods_are_counted(database):
    with database.session() as session:
        session.add_all([a_song(mood="Calm"), a_song(mood="Calm"), a_song(mood="Sad")])
    with database.session() as session:
        assert count_by_mood(session) == {"Calm": 2, "Sad": 1}


def test_a_starter_id_survives_corrections_of_spacing_and_case():
    assert starter_id("(여자)아이들", "TOMBOY") == starter_id("(여자) 아이들", "Tomboy") == "여자아이들/tomboy"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HEADER + "봄,가수,이천,ko,Calm,0.1,0.1,0.1,0.7,editor\n", "line 2.*invalid literal"),
        (HEADER + "봄,가수,2000,ko,Sleepy,0.1,0.1,0.1,0.7,editor\n", "line 2.*Sleepy"),
        (HEADER + "봄,가수,2000,xx,Calm,0.1,0.1,0.1,0.7,editor\n", "line 2.*language"),
        (HEADER + "봄,가수,2000,ko\n", "line 2"),
        ("title,artist\n봄,가수\n", "line 2.*happy"),
    ],
)
def test_a_bad_catalogue_is_refused_with_its_line(tmp_path, content, says):
    path = tmp_path / "songs.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=says):
        read_starter(path)


def test_a_missing_or_unreadable_catalogue_is_told(tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_starter(tmp_path / "none.csv")
    (tmp_path / "songs.csv").write_bytes("제목".encode("cp949"))
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_starter(tmp_path / "songs.csv")
