"""scripts/seed_songs.py: filling the database from the command line."""

import subprocess
import sys

import pytest

from tests.parts import ROOT, server_environment


def seed(folder, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "scripts.seed_songs", *arguments],
        cwd=ROOT,
        env=server_environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("kind", ["sqlite", "mariadb"])
def test_the_starter_catalogue_goes_in_once(tmp_path, request, kind):
    settings = {"SMOODY_DATABASE_URL": request.getfixturevalue("mariadb_url")} if kind == "mariadb" else {}
    first, second = seed(tmp_path, "--starter", **settings), seed(tmp_path, "--starter", **settings)
    assert (first.returncode, second.returncode) == (0, 0)
    assert " 0 updated, 0 unchanged" in first.stdout
    assert "0 new, 0 updated" in second.stdout
    assert first.stdout.splitlines()[1] == second.stdout.splitlines()[1]


def test_without_a_source_the_usage_is_shown(tmp_path):
    done = seed(tmp_path)
    assert done.returncode == 2
    assert "--starter" in done.stderr


def test_an_unusable_database_is_told_in_one_sentence(tmp_path):
    done = seed(tmp_path, "--starter", SMOODY_DATABASE_URL="mysql+pymysql://root@127.0.0.1:1/smoody")
    assert done.returncode == 1
    assert done.stderr.startswith("seed_songs: the database")
    assert "Traceback" not in done.stderr
