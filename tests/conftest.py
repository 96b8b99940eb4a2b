"""Fixtures shared by the tests: databases, the shipped model, a running server."""

import itertools

import pymysql
import pytest

from classifiers.emotion import EmotionClassifier
from db.engine import Database, sqlite_url
from tests.parts import MariaDB, Server, stop

_names = (f"smoody_{number}" for number in itertools.count())


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory):
    """A private MariaDB server for the whole run."""
    server = MariaDB(tmp_path_factory.mktemp("mariadb"))
    yield server
    stop(server.process)


@pytest.fixture
def mariadb_url(mariadb):
    """The URL of a fresh, empty database on the private MariaDB."""
    name = next(_names)
    connection = pymysql.connect(host="127.0.0.1", port=mariadb.port, user="root")
    with connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    return mariadb.url(name)


@pytest.fixture
def sqlite(tmp_path):
    """A fresh SQLite database with its tables."""
    yield from opened(sqlite_url(tmp_path))


@pytest.fixture(params=["sqlite", "mariadb"])
def database(request, tmp_path):
    """A fresh database with its tables, on each kind in turn."""
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("mariadb_url")
    yield from opened(url)


def opened(url):
    database = Database(url)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture(scope="session")
def classifier():
    """The shipped emotion model."""
    return EmotionClassifier.from_pretrained()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A running server with the default settings."""
    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server
