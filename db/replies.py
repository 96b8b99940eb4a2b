"""Replies that were given and the songs in them: for answering a retry the same, and for not repeating songs."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .engine import Database
from .models import Offer, Reply


def find_reply(session: Session, listener_id: str, client_id: str) -> Reply | None:
    """The reply that this listener already got under this client id."""
    return session.scalar(select(Reply).where(Reply.listener_id == listener_id, Reply.client_id == client_id))


def reply_by_id(session: Session, listener_id: str, reply_id: int) -> Reply | None:
    """A reply by its id, if it was given to this listener."""
    return session.scalar(select(Reply).where(Reply.id == reply_id, Reply.listener_id == listener_id))


def recent_song_ids(session: Session, listener_id: str, count: int = 20) -> list[int]:
    """The ids of the last songs offered to a listener, newest first."""
    latest = select(Offer.song_id).where(Offer.listener_id == listener_id).order_by(Offer.id.desc())
    return list(session.scalars(latest.limit(count)))


def store_reply(database: Database, listener_id: str, client_id: str, body: dict, song_ids: list[int]) -> Reply:
    """Keep a reply and its offers; if the same client id was stored meanwhile, that earlier one is returned."""
    try:
        with database.session() as session:
            reply = Reply(listener_id=listener_id, client_id=client_id, body=body)
            session.add(reply)
            session.flush()
            session.add_all(Offer(reply_id=reply.id, listener_id=listener_id, song_id=id) for id in song_ids)
        return reply
    except IntegrityError:
        with database.session() as session:
            earlier = find_reply(session, listener_id, client_id)
        if earlier is None:  # not the client id: a song was deleted between the picking and the storing
            raise
        return earlier
