"""db/replies.py: replies kept for retries and for not repeating songs, on SQLite and MariaDB."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from db.models import Offer, Reply
from db.replies import find_reply, recent_song_ids, reply_by_id, store_reply
from tests.rows import a_song

LISTENER, STRANGER = "a" * 32, "b" * 32


@pytest.fixture
def songs(database):
    """Thirty songs with the ids 1 to 30."""
    with database.session() as session:
        session.add_all([a_song(id=number) for number in range(1, 31)])


def test_a_stored_reply_is_found_by_its_client_id_with_its_korean_text(database):
    stored = store_reply(database, LISTENER, "one", {"text": "많이 슬프셨겠어요 🌧"}, [])
    with database.session() as session:
        found = find_reply(session, LISTENER, "one")
        assert (found.id, found.body) == (stored.id, {"text": "많이 슬프셨겠어요 🌧"})
        assert find_reply(session, LISTENER, "two") is None


def test_another_listener_finds_nothing(database):
    stored = store_reply(database, LISTENER, "one", {}, [])
    with database.session() as session:
        assert find_reply(session, STRANGER, "one") is None
        assert reply_by_id(session, STRANGER, stored.id) is None
        assert reply_by_id(session, LISTENER, stored.id).client_id == "one"


def test_storing_the_same_client_id_again_returns_the_first_reply(database, songs):
    first = store_reply(database, LISTENER, "one", {"text": "first"}, [1, 2])
    second = store_reply(database, LISTENER, "one", {"text": "second"}, [3, 4])
    assert (second.id, second.body) == (first.id, {"text": "first"})
    with database.session() as session:
        assert session.scalars(select(Offer.song_id).order_by(Offer.id)).all() == [1, 2]


def test_eight_retries_at_once_store_one_reply(database):
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda n: store_reply(database, LISTENER, "one", {"n": n}, []), range(8)))
    assert len({reply.id for reply in stored}) == 1
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Reply)) == 1


def test_recent_songs_are_the_last_twenty_of_this_listener_newest_first(database, songs):
    for start in range(1, 26, 5):
        store_reply(database, LISTENER, f"n{start}", {}, list(range(start, start + 5)))
    store_reply(database, STRANGER, "x", {}, [30])
    with database.session() as session:
        assert recent_song_ids(session, LISTENER) == list(range(25, 5, -1))
        assert recent_song_ids(session, "c" * 32) == []


def test_a_reply_with_a_song_that_is_gone_is_not_half_stored(database, songs):
    with pytest.raises(IntegrityError):
        store_reply(database, LISTENER, "one", {}, [1, 999])
    with database.session() as session:
        assert find_reply(session, LISTENER, "one") is None
        assert recent_song_ids(session, LISTENER) == []
