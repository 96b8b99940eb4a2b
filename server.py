"""SMOODY's server: reads the settings, wires the parts together, and serves the page and the chat."""

import os
import sys
import warnings

if __name__ == "__main__":
    # eventlet and gevent replace parts of the standard library; that has to come before anything imports it.
    from dotenv import load_dotenv

    load_dotenv()
    warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")  # the owner's choice, known
    async_mode = os.environ.get("SMOODY_ASYNC_MODE") or "eventlet"
    if async_mode == "eventlet":
        import eventlet

        eventlet.monkey_patch()
    elif async_mode == "gevent":
        try:
            from gevent import monkey
        except ImportError:
            sys.exit("SMOODY cannot start: gevent is not installed; run .venv/bin/pip install -e '.[gevent]'.")
        monkey.patch_all()

import logging
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO

from chatbot.bot import ChatBot
from chatbot.events import ChatNamespace
from chatbot.pages import VENDOR_FILES, create_pages
from chatbot.reader import EmotionReader
from classifiers.emotion import EmotionClassifier
from classifiers.model_folder import ModelFolderError
from db.engine import Database, DatabaseError, sqlite_url
from db.songs import CatalogueError, add_songs, has_songs, read_starter

ROOT = Path(__file__).parent
VENDOR = ROOT / "node_modules"
ASYNC_MODES = ("eventlet", "gevent", "threading")
MAX_SOCKETS = 20_000  # eventlet's server admits 1,024 unless told otherwise
log = logging.getLogger("smoody")


class SettingsError(Exception):
    """A setting cannot be used, or the set-up is not finished; the message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """What can be set from outside, each from the environment variable `SMOODY_` + its name in capitals."""

    host: str = "127.0.0.1"
    port: int = 5000
    async_mode: str = "eventlet"  # one of ASYNC_MODES
    instance: Path = ROOT / "instance"  # the folder for what this installation makes: database, secret
    database_url: str = ""  # empty: SQLite in the instance folder
    emotion_model: str = ""  # a model folder; empty: the shipped one
    secret_key: str = ""  # signs the cookie; empty: made once and kept in the instance folder
    secure_cookie: bool = False  # send the cookie over HTTPS only

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings; one that is unset or empty takes its default. Raises `SettingsError`."""
        given = {
            name: environment[f"SMOODY_{name.upper()}"]
            for name in cls.__dataclass_fields__
            if environment.get(f"SMOODY_{name.upper()}")
        }
        settings = cls(**{name: converted(name, value) for name, value in given.items()})
        if settings.async_mode not in ASYNC_MODES:
            raise SettingsError(
                f"SMOODY_ASYNC_MODE is {settings.async_mode!r}; use one of {', '.join(ASYNC_MODES)}"
            )
        return settings


def converted(name: str, value: str) -> object:
    """A setting's value in the type of its field; raises `SettingsError`."""
    if name == "port":
        if not value.isdecimal() or int(value) > 65535:
            raise SettingsError(f"SMOODY_PORT is {value!r}; use a number from 0 to 65535")
        return int(value)
    if name == "secure_cookie":
        if value not in ("0", "1"):
            raise SettingsError(f"SMOODY_SECURE_COOKIE is {value!r}; use 1 or 0")
        return value == "1"
    return Path(value).absolute() if name == "instance" else value


def create_app(settings: Settings) -> Flask:
    """Build the whole application: database, classifier, bot, page and socket.

    Raises `SettingsError`, `ModelFolderError`, `DatabaseError` or `CatalogueError` with one clear sentence.
    """
    make_instance(settings.instance)
    classifier = EmotionClassifier.from_pretrained(settings.emotion_model or None)
    database = Database(settings.database_url or sqlite_url(settings.instance))
    prepare_database(database)
    bot = ChatBot(EmotionReader(classifier, native_call(settings.async_mode)), database)

    app = Flask(__name__)
    app.extensions["database"] = database  # whoever made the app closes it
    app.config.update(
        SECRET_KEY=settings.secret_key or kept_secret(settings.instance),
        SESSION_COOKIE_NAME="smoody",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookie,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=365),
    )
    app.register_blueprint(create_pages(database, VENDOR))
    socketio = SocketIO(app, async_mode=settings.async_mode)
    socketio.on_namespace(ChatNamespace(bot))
    return app


def make_instance(folder: Path) -> None:
    """Make the folder for what this installation keeps; raises `SettingsError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"the folder {folder} cannot be made ({error.strerror}); set SMOODY_INSTANCE"
        ) from error


def kept_secret(folder: Path) -> str:
    """The secret key in `folder`, made on first use and readable by its owner only; raises `SettingsError`."""
    path = folder / "secret_key"
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); set SMOODY_SECRET_KEY") from error
    try:
        secret = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}); delete it or set SMOODY_SECRET_KEY") from error
    if not secret:
        raise SettingsError(f"{path} is empty; delete it, and the next start makes a new one")
    return secret


def prepare_database(database: Database) -> None:
    """Bring the tables up to date; on the first start fill in the starter catalogue."""
    database.upgrade()
    with database.session() as session:
        if not has_songs(session):
            counts = add_songs(session, read_starter())
            log.info("The starter catalogue is in the database: %d songs.", counts["new"])


def native_call(async_mode: str) -> Callable:
    """How to call a function that computes for a while without holding up the other sockets."""
    if async_mode == "eventlet":
        from eventlet import tpool

        tpool.set_num_threads(4)
        return tpool.execute
    if async_mode == "gevent":
        from gevent import get_hub

        return lambda function, *args: get_hub().threadpool.apply(function, args)
    return lambda function, *args: function(*args)  # a thread per request already


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises `SettingsError` where the address cannot be had."""
    try:
        listener = socket.create_server((host, port), backlog=1024)
    except OSError as error:
        reason = error.strerror.split(" (")[0]  # Python repeats the address in brackets
        raise SettingsError(
            f"{host}:{port} cannot be listened on ({reason}); "
            "stop what uses it, or set SMOODY_PORT (or SMOODY_HOST) to another"
        ) from error
    # A reply is several small packets; without this each waits 40 ms for the last one's acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(app: Flask, listener: socket.socket) -> None:
    """Serve until interrupted, on a socket that listens already."""
    async_mode = app.extensions["socketio"].async_mode
    if async_mode == "eventlet":
        import eventlet.wsgi

        eventlet.wsgi.server(listener, app, max_size=MAX_SOCKETS, log_output=False, debug=False)
    elif async_mode == "gevent":
        from gevent.pywsgi import WSGIServer

        WSGIServer(listener, app, log=None).serve_forever()
    else:
        from werkzeug.serving import make_server

        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)  # it takes a socket's goodbye for a bad request
        host, port = listener.getsockname()[:2]
        make_server(host, port, app, threaded=True, fd=listener.fileno()).serve_forever()


def main() -> None:
    """Start the server; what keeps it from starting is told in one sentence, with exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = Settings.from_environment(os.environ)
        if missing := sorted(name for name in VENDOR_FILES if not (VENDOR / name).is_file()):
            raise SettingsError(f"the page's library {missing[0]} is missing; run `make setup`")
        listener = listen(settings.host, settings.port)
        app = create_app(settings)
    except (SettingsError, ModelFolderError, DatabaseError, CatalogueError) as error:
        sys.exit(f"SMOODY cannot start: {error}")
    log.info("SMOODY is ready: http://%s:%d (Ctrl-C stops it)", *listener.getsockname()[:2])
    with suppress(KeyboardInterrupt):
        serve(app, listener)
    app.extensions["database"].close()


if __name__ == "__main__":
    main()
