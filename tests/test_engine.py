"""db/engine.py: opening, upgrading and failing clearly, on SQLite and MariaDB."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from db.engine import Database, DatabaseError, sqlite_url
from db.models import Base, Song
from tests.parts import free_port
from tests.rows import a_song


def test_migrations_make_exactly_the_tables_of_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrade_twice_changes_nothing(database):
    with database.session() as session:
        session.add(a_song(title="밤편지"))
    database.upgrade()
    with database.session() as session:
        assert session.query(Song).one().title == "밤편지"


def test_a_failing_block_leaves_nothing_behind(database):
    def add_and_fail():
        with database.session() as session:
            session.add(a_song())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with database.session() as session:
        assert session.query(Song).count() == 0


def test_text_of_every_kind_survives(database):
    title = "봄날 🌸 ‘Spring Day’ ñ 夜に駆ける"
    with database.session() as session:
        session.add(a_song(title=title))
    with database.session() as session:
        assert session.query(Song).one().title == title


def test_mysql_tables_are_utf8mb4_whatever_the_server_says(mariadb_url):
    database = Database(mariadb_url)
    with database.session() as session:
        session.execute(text("ALTER DATABASE CHARACTER SET latin1"))
    database.upgrade()
    with database.session() as session:
        collations = session.execute(
            text(
                "SELECT DISTINCT table_collation FROM information_schema.tables "
                "WHERE table_schema = DATABASE() AND table_name IN ('songs', 'replies', 'offers')"
            )
        )
        assert list(collations.scalars()) == ["utf8mb4_bin"]
    database.close()


def test_sqlite_writes_ahead_and_checks_foreign_keys(sqlite):
    with sqlite.session() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_lost_mariadb_connection_is_made_anew(mariadb_url):
    database = Database(mariadb_url)
    with database.session() as session:
        number = session.execute(text("SELECT CONNECTION_ID()")).scalar()
    killer = Database(mariadb_url)
    with killer.session() as session:
        session.execute(text(f"KILL {number}"))
    database.ping()
    database.close()
    killer.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "not a database URL"),
        ("postgresql://localhost/smoody", "'postgresql'"),
        ("sqlite:////nowhere/at/all/smoody.sqlite3", "unable to open"),
        ("mysql+pymysql://root:secret@127.0.0.1:{port}/smoody", "SMOODY_DATABASE_URL"),
    ],
)
def test_an_unusable_url_is_told_in_one_sentence_without_the_password(url, says):
    with pytest.raises(DatabaseError) as caught:
        Database(url.format(port=free_port())).upgrade()
    message = str(caught.value)
    assert says in message
    assert "secret" not in message
    assert "\n" not in message


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "smoody.sqlite3"
    path.write_bytes(b"this is not a database, it is a letter to my mother\n" * 40)
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not a database"):
        Database(sqlite_url(tmp_path)).upgrade()
    assert path.read_bytes() == before


def test_a_database_from_a_newer_smoody_is_refused(sqlite):
    with sqlite.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="9999"):
        sqlite.upgrade()
