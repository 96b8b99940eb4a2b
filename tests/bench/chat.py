"""The whole bot over loopback: the real server as a process, real Socket.IO clients."""

import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
import socketio

from chatbot.picker import CANDIDATES, pick_songs
from classifiers.labels import Mood
from db.engine import Database, sqlite_url
from db.replies import recent_song_ids
from db.songs import draw_candidates, songs_by_id
from tests.bench.timing import milliseconds, print_table, sentences, timed
from tests.parts import Client, Server

CLIENTS, EVERY, SECONDS = 200, 2.0, 30.0


def measure() -> None:
    """Measure the server and print a table with the goals."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with server:
            pass  # the first start fills the database
        started = time.perf_counter()
        with server:
            ready = time.perf_counter() - started
            one = time_one_client(server.url)
            times, errors = asyncio.run(time_many_clients(server.url))
            memory = psutil.Process(server.process.pid).memory_info().rss / 2**20
        picking = time_picking(server.folder / "instance")
    print_table(
        "The server",
        ["what", "p50", "p95", "goal"],
        [
            ["reply, 1 client", *milliseconds(one), "p95 < 25 ms"],
            [f"reply, {CLIENTS} clients", *milliseconds(times), "p95 < 100 ms"],
            [f"- of {len(times) + errors} messages, errors", errors, "", "0"],
            ["pick five songs (SQLite)", *milliseconds(picking), ""],
            ["server ready after", f"{ready:.1f} s", "", "< 3 s"],
            ["server's resident memory", f"{memory:.0f} MB", "", "< 300 MB"],
        ],
    )


def time_one_client(url: str) -> np.ndarray:
    """Send five hundred sentences one after the other; a time ends when the reply is there."""
    client = Client(url)
    times = timed(client.say, sentences()[:500])
    client.close()
    return times


def time_picking(folder: Path) -> np.ndarray:
    """Everything that choosing five songs asks of the database."""
    database = Database(sqlite_url(folder))

    def pick(mood: Mood) -> None:
        with database.session() as session:
            candidates = draw_candidates(session, mood, None, CANDIDATES)
            songs_by_id(session, pick_songs(candidates, recent_song_ids(session, "nobody")))

    times = timed(pick, list(Mood) * 125)
    database.close()
    return times


async def time_many_clients(url: str) -> tuple[np.ndarray, int]:
    """`CLIENTS` clients, each sending a sentence every `EVERY` seconds, for `SECONDS` seconds.

    Returns the seconds from each sending to its reply, and how many got a problem or nothing within 10 s.
    """
    texts = sentences()
    talks = [talk(url, number * EVERY / CLIENTS, texts[number::CLIENTS]) for number in range(CLIENTS)]
    outcomes = [outcome for talked in await asyncio.gather(*talks) for outcome in talked]
    times = [outcome for outcome in outcomes if outcome is not None]
    return np.array(times), len(outcomes) - len(times)


async def talk(url: str, offset: float, texts: list[str]) -> list[float | None]:
    """One client's conversation: the seconds for each of its messages, None for one without a reply."""
    client = socketio.AsyncClient(reconnection=False)
    answers: dict[str, asyncio.Future] = {}
    for event in ("reply", "problem"):
        client.on(event, lambda data, event=event: answers[data["client_id"]].set_result(event))
    await asyncio.sleep(offset)  # two hundred people do not press Enter at the same moment
    await client.connect(url, transports=["websocket"])
    outcomes: list[float | None] = []
    for number, text in enumerate(texts[: int(SECONDS / EVERY)]):
        started = time.perf_counter()
        answer = answers[str(number)] = asyncio.get_running_loop().create_future()
        await client.emit("message", {"text": text, "client_id": str(number)})
        try:
            event = await asyncio.wait_for(answer, 10)
            outcomes.append(time.perf_counter() - started if event == "reply" else None)
        except TimeoutError:
            outcomes.append(None)
        await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - started)))
    await client.disconnect()
    return outcomes
