"""Fixtures shared by the tests: databases, the shipped model, a running server."""

import itertools
import os

import pymysql
import pytest

from classifiers.emotion import EmotionClassifier
from db.engine import Database, sqlite_url
from tests.parts import ROOT, MariaDB, Server, stop

_names = (f"smoody_{number}" for number in itertools.count())


@pytest.fixture(scope="session")
def data():
    """The folder of the open data sets, which are not part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        assert "CI" not in os.environ, f"{folder} must be there under CI"
        pytest.skip(f"no {folder}")
    return folder


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
