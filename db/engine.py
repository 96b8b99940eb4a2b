"""The connection to the database: opening it, bringing its tables up to date, and sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

MIGRATIONS = Path(__file__).with_name("migrations")


class DatabaseError(Exception):
    """The database cannot be reached or refuses; the message says which one and what to do."""


def sqlite_url(folder: Path) -> str:
    """The default database: one SQLite file in `folder`."""
    return f"sqlite:///{folder / 'smoody.sqlite3'}"


class Database:
    """A database by its SQLAlchemy URL: SQLite, or MySQL and MariaDB through PyMySQL.

    Nothing connects before the first use. Sessions come from `session()`; every failure of the database
    comes out as `DatabaseError`.
    """

    def __init__(self, url: str):
        self.engine = open_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end of the block and rolls back on an error.

        Do nothing that may wait (sending, reading a socket) inside the block: SQLite has one writer.
        """
        try:
            with self._sessions.begin() as session:
                yield session
        except IntegrityError:
            raise  # the caller's business: a row that is there already
        except (DBAPIError, PoolTimeoutError) as error:
            raise DatabaseError(self._sentence(error)) from error

    def upgrade(self) -> None:
        """Create the tables, or bring them to the newest version, by the Alembic migrations."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        try:
            with self.engine.begin() as connection:
                newest = ScriptDirectory.from_config(config).get_current_head()
                if MigrationContext.configure(connection).get_current_revision() == newest:
                    return
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except (DBAPIError, CommandError) as error:
            raise DatabaseError(self._sentence(error)) from error

    def ping(self) -> None:
        """Raise `DatabaseError` unless the database answers."""
        with self.session() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    def _sentence(self, error: Exception) -> str:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return (
            f"the database {self.engine.url.render_as_string(hide_password=True)} does not answer as it should: "
            f"{reason}. Check SMOODY_DATABASE_URL and that the database server runs."
        )


def open_engine(url: str) -> Engine:
    """An engine for `url`; raises `DatabaseError` for a URL that SQLAlchemy or SMOODY cannot use."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        if backend not in ("sqlite", "mysql", "mariadb"):
            raise DatabaseError(f"SMOODY_DATABASE_URL names {backend!r}; use sqlite:///FILE or mysql+pymysql://…")
        if backend == "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": 10})
            event.listen(engine, "connect", prepare_sqlite)
            return engine
        return create_engine(parsed, pool_pre_ping=True, pool_recycle=3600, pool_size=10, max_overflow=20)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise DatabaseError(f"SMOODY_DATABASE_URL is not a database URL that can be used: {error}") from error


def prepare_sqlite(connection, _record) -> None:
    """Write-ahead log, so that readers never wait for the writer, and foreign keys, which SQLite leaves off."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
