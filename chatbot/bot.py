"""The online flow: text -> emotion -> mood -> songs -> reply."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

from classifiers.labels import Emotion, Mood
from db import replies
from db.engine import Database
from db.models import Reply as ReplyRow
from db.songs import draw_candidates, songs_by_id

from . import phrases
from .cards import song_card
from .moods import DIRECTIONS, ways_on
from .picker import CANDIDATES, pick_songs
from .reader import Doubt, EmotionReader, Reading
from .safety import calls_for_help


class UnknownReplyError(Exception):
    """More songs were asked for after a reply that this listener never got, or that had no songs."""


class NoSongsError(Exception):
    """The database holds no song of the mood and language asked for."""


@dataclass(frozen=True)
class Request:
    """What every question of a listener carries. `language` of the songs: "ko", "other" or None for any."""

    listener: str
    client_id: str
    language: str | None = None


@dataclass(frozen=True)
class Reply:
    """SMOODY's answer, in the shape of the `reply` event. Only a reply that was stored has an `id`."""

    client_id: str
    text: str
    kind: str  # "songs", "question" or "crisis"
    id: int | None = None
    emotion: Emotion | None = None
    emotions: dict[Emotion, float] | None = None
    mood: Mood | None = None
    moods: dict[Mood, float] | None = None
    songs: list[dict] = field(default_factory=list)
    choices: list[dict] = field(default_factory=list)
    helplines: list[dict] = field(default_factory=list)


class ChatBot:
    """Answers one listener at a time; it keeps nothing between two calls but what is in the database."""

    def __init__(self, reader: EmotionReader, database: Database):
        self.reader = reader
        self.database = database

    def reply(self, request: Request, text: str, on_step: Callable[[str], None] = lambda step: None) -> Reply:
        """Answer a sentence (already normalised): with five songs, a question, or the crisis card.

        `on_step` hears "reading" and "choosing" as the work goes on. The same client id gets the same reply
        again. Raises `NoSongsError`, and `DatabaseError` when the database does not answer.
        """
        if calls_for_help(text):
            return crisis_reply(request)
        if earlier := self._earlier(request):
            return earlier
        on_step("reading")
        reading = self.reader.read(text)
        if reading.doubt:
            return self._store(request, question_reply(request, reading))
        on_step("choosing")
        songs = self._pick(request, reading.mood)
        return self._store(request, songs_reply(request, reading, songs))

    def reply_to_mood(self, request: Request, mood: Mood) -> Reply:
        """Answer a mood that the listener chose. Raises as `reply` does."""
        if earlier := self._earlier(request):
            return earlier
        return self._store(request, mood_reply(request, mood, self._pick(request, mood)))

    def reply_with_more(self, request: Request, reply_id: int, direction: str) -> Reply:
        """Five more songs after an earlier reply, in a direction of `DIRECTIONS`.

        Raises `UnknownReplyError`, and as `reply` does.
        """
        if earlier := self._earlier(request):
            return earlier
        with self.database.session() as session:
            before = replies.reply_by_id(session, request.listener, reply_id)
        if before is None or before.body["mood"] is None:
            raise UnknownReplyError(reply_id)
        mood = DIRECTIONS[direction][Mood(before.body["mood"])]
        return self._store(request, mood_reply(request, mood, self._pick(request, mood)))

    def _earlier(self, request: Request) -> Reply | None:
        with self.database.session() as session:
            row = replies.find_reply(session, request.listener, request.client_id)
        return restored(row) if row else None

    def _pick(self, request: Request, mood: Mood) -> list[dict]:
        with self.database.session() as session:
            candidates = draw_candidates(session, mood, request.language, CANDIDATES)
            recent = replies.recent_song_ids(session, request.listener)
            songs = songs_by_id(session, pick_songs(candidates, recent))
        if not songs:
            raise NoSongsError(mood)
        return [song_card(song, mood) for song in songs]

    def _store(self, request: Request, reply: Reply) -> Reply:
        body = asdict(reply)
        del body["id"], body["client_id"]
        song_ids = [song["id"] for song in reply.songs]
        return restored(replies.store_reply(self.database, request.listener, request.client_id, body, song_ids))


def restored(row: ReplyRow) -> Reply:
    """The reply that a row holds; chips that name the reply get their id here."""
    reply = Reply(id=row.id, client_id=row.client_id, **row.body)
    if not reply.songs:
        return reply
    return replace(reply, choices=phrases.more_choices(row.id, ways_on(Mood(reply.mood))))


def crisis_reply(request: Request) -> Reply:
    """Where to find help at once. It is never stored, so it has no id."""
    return Reply(
        client_id=request.client_id,
        text=phrases.CRISIS,
        kind="crisis",
        choices=phrases.crisis_choices(),
        helplines=list(phrases.HELPLINES),
    )


def question_reply(request: Request, reading: Reading) -> Reply:
    """A kind question with chips: the two likeliest emotions where it was a close call, and the four moods."""
    near = phrases.emotion_choices(reading.likeliest) if reading.doubt is Doubt.UNSURE else []
    return Reply(
        client_id=request.client_id,
        text=phrases.question(reading.doubt, reading.likeliest),
        kind="question",
        emotions=reading.emotions,
        moods=reading.moods,
        choices=near + phrases.mood_choices(),
    )


def songs_reply(request: Request, reading: Reading, songs: list[dict]) -> Reply:
    """Five songs for the emotion that was read."""
    return Reply(
        client_id=request.client_id,
        text=phrases.opening(reading.shade),
        kind="songs",
        emotion=reading.emotion,
        emotions=reading.emotions,
        mood=reading.mood,
        moods=reading.moods,
        songs=songs,
    )


def mood_reply(request: Request, mood: Mood, songs: list[dict]) -> Reply:
    """Five songs for a mood that the listener chose: no emotion was read, and the mood is certain."""
    return Reply(
        client_id=request.client_id,
        text=phrases.chosen(mood),
        kind="songs",
        mood=mood,
        moods={each: float(each is mood) for each in Mood},
        songs=songs,
    )
