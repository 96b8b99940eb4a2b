"""The real parts that tests start: a private MariaDB, SMOODY's own server as a process, its clients."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
import socketio

from server import Settings

ROOT = Path(__file__).parents[1]


def find_program(name: str) -> str:
    """The path of a program; where it is missing the test is skipped, and fails under CI."""
    folders = [str(Path(sys.executable).parent), os.environ["PATH"], "/usr/sbin", "/sbin"]
    path = shutil.which(name, path=os.pathsep.join(folders))
    if path is None:
        message = f"{name} is not installed; see tests/install_system_packages.sh"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return path


def free_port() -> int:
    """A TCP port on loopback that nothing uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def stop(process: subprocess.Popen) -> None:
    """End a process by its id, with force if it does not end by itself."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class MariaDB:
    """A private MariaDB server in a folder of its own, reached through a TCP port on loopback."""

    def __init__(self, folder: Path):
        mariadbd, install = find_program("mariadbd"), find_program("mariadb-install-db")
        self.port = free_port()
        common = ["--no-defaults", f"--datadir={folder / 'data'}"]
        as_root = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            [install, *common, *as_root, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            capture_output=True,
        )
        self.log = folder / "log"
        options = [
            "--bind-address=127.0.0.1",
            f"--port={self.port}",
            f"--socket={folder / 'socket'}",
            f"--pid-file={folder / 'pid'}",
            "--character-set-server=latin1",  # the worst case: every table must state utf8mb4 itself
            "--innodb-flush-log-at-trx-commit=0",
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen([mariadbd, *common, *as_root, *options], stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail(f"MariaDB did not start:\n{self.log.read_text()}")

    def url(self, name: str = "") -> str:
        """The SQLAlchemy URL of a database on this server."""
        return f"mysql+pymysql://root@127.0.0.1:{self.port}/{name}?charset=utf8mb4"


class Server:
    """SMOODY as a process, on a port and an instance folder of its own; in a `with` block it is ended for sure."""

    def __init__(self, folder: Path, **settings: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.settings = settings
        self.log = folder / "server.log"

    def start(self) -> "Server":
        """Start and wait until the health check answers."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "server.py"],
                cwd=ROOT,
                env=server_environment(self.folder, SMOODY_PORT=str(self.port), **self.settings),
                stdout=log,
                stderr=log,
            )
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5)
                return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        self.stop()
        pytest.fail(f"the server did not start:\n{self.output()}")

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process; what it wrote can still be read with `output`."""
        stop(self.process)

    def output(self) -> str:
        """What the server has written so far."""
        return self.log.read_text()


def server_environment(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with these settings, the instance folder inside `folder`, and all else at its default.

    An empty setting is a default, and keeps a developer's own .env out of the tests.
    """
    defaults = {f"SMOODY_{name.upper()}": "" for name in Settings.__dataclass_fields__}
    return {**os.environ, **defaults, "SMOODY_INSTANCE": str(folder / "instance"), **settings}


class Client:
    """A real Socket.IO client that keeps what it receives; `ask` reads like a conversation."""

    def __init__(self, url: str, transports: list[str] | None = None, headers: dict | None = None):
        self.socket = socketio.Client(reconnection=False)
        self.received: list[tuple[str, dict]] = []
        for event in ("typing", "reply", "problem"):
            self.socket.on(event, lambda data, event=event: self.received.append((event, data)))
        self.socket.connect(url, transports=transports or ["websocket"], headers=headers or {})

    def ask(self, event: str, payload: object) -> dict:
        """Send an event and return its acknowledgement."""
        return self.socket.call(event, payload, timeout=20)

    def say(self, text: str, client_id: str | None = None, **more: object) -> dict:
        """Send a sentence and return the reply, or the problem, that came for it."""
        return self.answer("message", text=text, client_id=client_id or str(uuid.uuid4()), **more)

    def answer(self, event: str, **payload: object) -> dict:
        """Send an event and return the reply or problem that came for its client id."""
        payload.setdefault("client_id", str(uuid.uuid4()))
        before = len(self.received)
        self.ask(event, payload)
        (answer,) = [data for name, data in self.received[before:] if name in ("reply", "problem")]
        return answer

    def all(self, event: str) -> list[dict]:
        """Everything received so far under this event's name."""
        return [data for name, data in self.received if name == event]

    def close(self) -> None:
        self.socket.disconnect()
        if self.socket.eio.http:  # the client leaves its HTTP connections open
            self.socket.eio.http.close()


@contextmanager
def connected(url: str, **options: object):
    """A `Client` that is disconnected at the end of the block."""
    client = Client(url, **options)
    try:
        yield client
    finally:
        client.close()
