"""The tables: songs to offer, the replies that were given, and which song went to which listener."""

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Float, ForeignKey, Index, Integer, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from classifiers.labels import Mood

# One naming convention, so that a migration can name the constraint it changes on every database.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
# Binary collation: 'Love' and 'LOVE' are two titles, and every server compares Hangul in the same way.
MYSQL = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin", "mysql_engine": "InnoDB"}

PICK_KEYS = 2**31  # pick keys are drawn from 0 … PICK_KEYS - 1


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Song(Base):
    """One song that can be offered, with a score from 0 to 1 for each mood (they sum to 1).

    `pick_key` is a random number drawn once: a range of it is a random sample of the songs, so picking is
    an index range scan whatever the size of the table.
    """

    __tablename__ = "songs"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index(None, "mood", "pick_key"),
        Index(None, "mood", "language", "pick_key"),
        MYSQL,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(32))
    source_id: Mapped[str] = mapped_column(String(191))
    title: Mapped[str] = mapped_column(String(255))
    artist: Mapped[str] = mapped_column(String(255))
    album: Mapped[str | None] = mapped_column(String(255))
    year: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(8))
    mood: Mapped[str] = mapped_column(String(16))
    happy: Mapped[float] = mapped_column(Float)
    sad: Mapped[float] = mapped_column(Float)
    energetic: Mapped[float] = mapped_column(Float)
    calm: Mapped[float] = mapped_column(Float)
    labelled_by: Mapped[str] = mapped_column(String(32))
    spotify_id: Mapped[str | None] = mapped_column(String(32))
    image_url: Mapped[str | None] = mapped_column(String(500))
    preview_url: Mapped[str | None] = mapped_column(String(500))
    pick_key: Mapped[int] = mapped_column(Integer)

    @property
    def scores(self) -> dict[Mood, float]:
        """The four mood scores by mood."""
        return {mood: getattr(self, score_column(mood)) for mood in Mood}


def score_column(mood: Mood) -> str:
    """The name of the column that holds a mood's score."""
    return mood.value.lower()


class Reply(Base):
    """One answer as it was sent, so that a retry with the same client id is answered the same.

    The person's own words are not kept.
    """

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("listener_id", "client_id"), MYSQL)

    id: Mapped[int] = mapped_column(primary_key=True)
    listener_id: Mapped[str] = mapped_column(String(32))
    client_id: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime, default=lambda: datetime.now(UTC).replace(tzinfo=None))


class Offer(Base):
    """A song offered to a listener in a reply."""

    __tablename__ = "offers"
    __table_args__ = (Index(None, "listener_id", "id"), MYSQL)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id", ondelete="CASCADE"), index=True)
    listener_id: Mapped[str] = mapped_column(String(32))
    song_id: Mapped[int] = mapped_column(ForeignKey("songs.id", ondelete="CASCADE"), index=True)
