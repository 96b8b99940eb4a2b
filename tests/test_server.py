"""server.py: settings, wiring, starting, and failing to start with one clear sentence."""

import shutil
import socket
import stat
import subprocess
import sys

import pymysql
import pytest
import requests
from sqlalchemy import make_url

from classifiers.model_folder import DEFAULT_EMOTION_FOLDER
from server import Settings, SettingsError, create_app, kept_secret
from tests.parts import ROOT, Server, connected, free_port, server_environment


def failed_start(folder, **settings: str) -> str:
    """Start a server that cannot start; returns what it wrote, after checking that it failed properly."""
    done = subprocess.run(
        [sys.executable, "server.py"],
        cwd=ROOT,
        env=server_environment(folder, **{"SMOODY_PORT": str(free_port()), **settings}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (sentence,) = done.stderr.strip().splitlines()
    assert sentence.startswith("SMOODY cannot start: ")
    return sentence


def test_defaults_serve_on_loopback_with_sqlite():
    settings = Settings.from_environment({"SMOODY_PORT": "", "PATH": "/bin"})
    assert (settings.host, settings.port, settings.async_mode) == ("127.0.0.1", 5000, "eventlet")
    assert settings.database_url == ""


def test_settings_are_read_from_the_environment():
    settings = Settings.from_environment(
        {"SMOODY_PORT": "8080", "SMOODY_SECURE_COOKIE": "1", "SMOODY_ASYNC_MODE": "gevent", "SMOODY_INSTANCE": "x"}
    )
    assert (settings.port, settings.secure_cookie, settings.async_mode) == (8080, True, "gevent")
    assert settings.instance.is_absolute()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMOODY_PORT", "http"),
        ("SMOODY_PORT", "70000"),
        ("SMOODY_PORT", "-1"),
        ("SMOODY_ASYNC_MODE", "asyncio"),
        ("SMOODY_SECURE_COOKIE", "yes"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name, value):
    with pytest.raises(SettingsError, match=f"{name} is '{value}'; use"):
        Settings.from_environment({name: value})


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    secret = kept_secret(tmp_path)
    assert len(secret) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert kept_secret(tmp_path) == secret


def test_an_empty_secret_file_is_refused(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(SettingsError, match="is empty"):
        kept_secret(tmp_path)


def test_two_apps_in_one_process_do_not_share_their_handlers(tmp_path):
    apps = [create_app(Settings(instance=tmp_path / name, async_mode="threading")) for name in ("a", "b")]
    clients = [app.extensions["socketio"].test_client(app) for app in apps]
    for client in clients:
        client.emit("mood", {"mood": "Calm", "client_id": "a"})
    assert [client.get_received()[-1]["name"] for client in clients] == ["reply", "reply"]
    for app in apps:
        app.extensions["database"].close()


def test_the_first_start_fills_the_database_and_the_second_changes_nothing(tmp_path):
    ids = []
    for _ in range(2):
        with Server(tmp_path) as server, connected(server.url) as client:
            ids.append(client.answer("mood", mood="Happy")["id"])
    assert ids == [1, 2]
    assert server.output().count("The starter catalogue is in the database") == 1


def test_the_server_runs_on_mariadb(tmp_path, mariadb_url):
    settings = {"SMOODY_DATABASE_URL": mariadb_url}
    with Server(tmp_path, **settings) as server, connected(server.url) as client:
        first = client.say("남자친구랑 헤어져서 너무 슬퍼", client_id="a")
        assert len(first["songs"]) == 5
        assert client.say("남자친구랑 헤어져서 너무 슬퍼", client_id="a") == first
    assert not (tmp_path / "instance" / "smoody.sqlite3").exists()


def test_a_database_that_goes_away_is_told_to_the_person_and_the_chat_lives_on(tmp_path, mariadb_url):
    """A table vanishes under a running server and comes back."""
    parsed = make_url(mariadb_url)
    admin = pymysql.connect(host=parsed.host, port=parsed.port, user="root", database=parsed.database)
    settings = {"SMOODY_DATABASE_URL": mariadb_url}
    with admin, Server(tmp_path, **settings) as server, connected(server.url) as client:
        with admin.cursor() as cursor:
            cursor.execute("RENAME TABLE songs TO songs_away")
        assert client.answer("mood", mood="Calm")["code"] == "unavailable"
        with admin.cursor() as cursor:
            cursor.execute("RENAME TABLE songs_away TO songs")
        assert client.answer("mood", mood="Calm")["kind"] == "songs"


def test_the_listener_cookie_is_signed_and_out_of_reach_of_scripts(server):
    cookie = requests.get(server.url, timeout=10).headers["Set-Cookie"]
    assert cookie.startswith("smoody=")
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    forged = {"smoody": "eyJsaXN0ZW5lciI6ImV2aWwifQ.aaaaaa.bbbbbb"}
    again = requests.get(server.url, cookies=forged, timeout=10).headers["Set-Cookie"]
    assert not again.startswith("smoody=eyJsaXN0ZW5lciI6ImV2aWwifQ")


def test_a_port_in_use_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = failed_start(tmp_path, SMOODY_PORT=port)
    assert port in sentence
    assert "set SMOODY_PORT" in sentence


def test_a_second_server_on_the_same_port_is_refused(server, tmp_path):
    """eventlet's own listener would share the port in silence."""
    assert "SMOODY_PORT" in failed_start(tmp_path, SMOODY_PORT=str(server.port))


def test_an_unreachable_database_is_told(tmp_path):
    url = f"mysql+pymysql://smoody:secret@127.0.0.1:{free_port()}/smoody"
    sentence = failed_start(tmp_path, SMOODY_DATABASE_URL=url)
    assert "SMOODY_DATABASE_URL" in sentence
    assert "secret" not in sentence


@pytest.mark.parametrize("damage", ["no folder", "no model", "broken model", "broken config"])
def test_an_unreadable_model_folder_is_told(tmp_path, damage):
    folder = tmp_path / "model"
    if damage != "no folder":
        shutil.copytree(DEFAULT_EMOTION_FOLDER, folder)
    if damage == "no model":
        (folder / "model.onnx").unlink()
    if damage == "broken model":
        (folder / "model.onnx").write_bytes(b"no graph at all")
    if damage == "broken config":
        (folder / "config.json").write_text("{")
    assert str(folder) in failed_start(tmp_path, SMOODY_EMOTION_MODEL=str(folder))


def test_an_instance_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "instance").write_text("a file is in the way")
    assert "SMOODY_INSTANCE" in failed_start(tmp_path)


def test_an_unknown_async_mode_is_told(tmp_path):
    assert "SMOODY_ASYNC_MODE" in failed_start(tmp_path, SMOODY_ASYNC_MODE="asyncio")


@pytest.mark.parametrize(
    ("mode", "patch", "original"),
    [
        ("eventlet", "import eventlet as loop; loop.monkey_patch()", "loop.patcher.original('threading').Event()"),
        (
            "gevent",
            "import gevent as loop; from gevent import monkey; monkey.patch_all()",
            "monkey.get_original('threading', 'Event')()",
        ),
    ],
)
def test_the_event_loop_goes_on_while_a_sentence_is_read(mode, patch, original):
    """The 'sentence' waits for a signal that only the running event loop can give."""
    code = f"""{patch}
import server
signal = {original}
loop.spawn(signal.set)
print(server.native_call({mode!r})(signal.wait, 20))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "True", done.stderr
