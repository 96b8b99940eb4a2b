"""The Socket.IO edge: payloads in, replies and problems out, an acknowledgement for each event."""

import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict

from flask import session
from flask_socketio import Namespace, emit

from classifiers.labels import Mood
from classifiers.text import normalize_text
from db.engine import DatabaseError
from db.songs import LANGUAGES

from . import phrases
from .bot import ChatBot, NoSongsError, Reply, Request, UnknownReplyError
from .moods import DIRECTIONS

MAX_TEXT = 500  # characters, after normalisation
_CLIENT_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
log = logging.getLogger("smoody.chat")


class ProblemError(Exception):
    """A request that cannot be answered; `code` is a key of `phrases.PROBLEMS`."""

    def __init__(self, code: str, **values: object):
        super().__init__(code)
        self.code = code
        self.message = phrases.problem(code, **values)


def listener_of(session) -> str:
    """The listener's random id, kept in the signed session cookie; a new one on the first visit."""
    if "listener" not in session:
        session["listener"] = secrets.token_hex(16)
        session.permanent = True
    return session["listener"]


class ChatNamespace(Namespace):
    """The chat's events on the default namespace: `message`, `mood` and `more`.

    Each is answered to its own socket with `reply` or `problem` and acknowledged with
    `{"ok": true, "client_id", "reply_id"}` or `{"ok": false, "client_id", "code", "message"}`.
    """

    def __init__(self, bot: ChatBot):
        super().__init__("/")
        self.bot = bot

    def on_connect(self, auth: object = None) -> None:
        """Give a socket that came without the page's cookie a listener of its own."""
        listener_of(session)

    def on_message(self, payload: object = None, *_: object) -> dict:
        """`{text, client_id, language?}`: a sentence."""

        def answer(request: Request) -> Reply:
            text = text_of(payload)
            return self.bot.reply(request, text, lambda step: tell_step(step, request))

        return self._answer(payload, answer)

    def on_mood(self, payload: object = None, *_: object) -> dict:
        """`{mood, client_id, language?}`: a mood that the listener chose."""

        def answer(request: Request) -> Reply:
            mood = mood_of(payload)
            tell_step("choosing", request)
            return self.bot.reply_to_mood(request, mood)

        return self._answer(payload, answer)

    def on_more(self, payload: object = None, *_: object) -> dict:
        """`{reply_id, direction, client_id?, language?}`: five more songs after a reply."""

        def answer(request: Request) -> Reply:
            reply_id, direction = payload.get("reply_id"), payload.get("direction")
            if not isinstance(reply_id, int) or not 0 < reply_id < 2**31:
                raise ProblemError("unknown_reply")
            if not isinstance(direction, str) or direction not in DIRECTIONS:
                raise ProblemError("bad_request")
            tell_step("choosing", request)
            return self.bot.reply_with_more(request, reply_id, direction)

        if isinstance(payload, dict):
            payload = {"client_id": secrets.token_hex(16), **payload}
        return self._answer(payload, answer)

    def _answer(self, payload: object, answer: Callable[[Request], Reply]) -> dict:
        """Answer one event; whatever goes wrong becomes one `problem`, and the connection lives on."""
        client_id = client_id_of(payload)
        try:
            reply = answer(request_of(payload, listener_of(session)))
        except ProblemError as problem:
            return refuse(problem, client_id)
        except UnknownReplyError:
            return refuse(ProblemError("unknown_reply"), client_id)
        except NoSongsError:
            return refuse(ProblemError("no_songs"), client_id)
        except DatabaseError as error:
            log.error("%s", error)
            return refuse(ProblemError("unavailable"), client_id)
        except Exception:  # the person gets a sentence, the admin the traceback (without the person's words)
            log.exception("an event could not be answered")
            return refuse(ProblemError("unavailable"), client_id)
        emit("reply", asdict(reply))
        return {"ok": True, "client_id": client_id, "reply_id": reply.id}


def refuse(problem: ProblemError, client_id: str | None) -> dict:
    """Tell the page of a problem, and acknowledge the event with the same words."""
    told = {"client_id": client_id, "code": problem.code, "message": problem.message}
    emit("problem", told)
    return {"ok": False, **told}


def tell_step(step: str, request: Request) -> None:
    """Tell the page what is being done for a request."""
    emit("typing", {"step": step, "client_id": request.client_id})


def client_id_of(payload: object) -> str | None:
    """The payload's client id, or None where it has none that can be used."""
    client_id = payload.get("client_id") if isinstance(payload, dict) else None
    return client_id if isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id) else None


def request_of(payload: object, listener: str) -> Request:
    """What every payload carries; raises `ProblemError`."""
    client_id = client_id_of(payload)
    if client_id is None:
        raise ProblemError("bad_request")
    language = payload.get("language", "any")
    if language not in ("any", *LANGUAGES):
        raise ProblemError("bad_request")
    return Request(listener, client_id, None if language == "any" else language)


def text_of(payload: dict) -> str:
    """The payload's sentence, normalised; raises `ProblemError`."""
    text = payload.get("text")
    if not isinstance(text, str):
        raise ProblemError("not_text")
    text = normalize_text(text)
    if len(text) > MAX_TEXT:
        raise ProblemError("too_long", limit=MAX_TEXT)
    return text


def mood_of(payload: dict) -> Mood:
    """The payload's mood; raises `ProblemError`."""
    try:
        return Mood(payload.get("mood"))
    except ValueError:
        raise ProblemError("unknown_mood") from None
