"""Measure speed and memory, and print a table: `make bench`.

Everything runs on this machine over loopback: the real server as a process, real Socket.IO clients. A figure
in the README comes from here.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import socketio
from rich.console import Console
from rich.table import Table

from chatbot.picker import CANDIDATES, pick_songs
from classifiers.emotion import EmotionClassifier
from classifiers.labels import Mood
from db.engine import Database, sqlite_url
from db.replies import recent_song_ids
from db.songs import draw_candidates, songs_by_id
from tests.parts import ROOT, Client, Server

CLIENTS, EVERY, SECONDS = 200, 2.0, 30.0


def main() -> None:
    """Measure, then print; what is measured and its goal stand in the table's rows."""
    table = Table("what", "p50", "p95", "goal", title="SMOODY on this machine")
    with tempfile.TemporaryDirectory() as folder:
        table.add_row("classify one sentence", *milliseconds(time_sentences()), "")
        server = Server(Path(folder))
        with server:
            pass  # the first start fills the database
        started = time.perf_counter()
        with server:
            ready = time.perf_counter() - started
            table.add_row("reply, 1 client", *milliseconds(time_one_client(server.url)), "p95 < 25 ms")
            times, errors = asyncio.run(time_many_clients(server.url))
            table.add_row(f"reply, {CLIENTS} clients", *milliseconds(times), "p95 < 100 ms")
            table.add_row(f"  of {len(times) + errors} messages, errors", str(errors), "", "0")
            memory = psutil.Process(server.process.pid).memory_info().rss / 2**20
        table.add_row("pick five songs (SQLite)", *milliseconds(time_picking(server.folder / "instance")), "")
        table.add_row("server ready after", f"{ready:.1f} s", "", "< 3 s")
        table.add_row("server's resident memory", f"{memory:.0f} MB", "", "< 300 MB")
    Console(width=78).print(table)


def sentences() -> list[str]:
    """Real sentences of the corpus, in a fixed order that mixes its parts."""
    lines = [
        line.rstrip("\n").split("\t")[1]
        for path in sorted((ROOT / "classifiers" / "data").glob("part*.tsv"))
        for line in path.open(encoding="utf-8")
    ]
    return [str(line) for line in np.random.default_rng(1).permutation(lines)]


def timed(function: Callable, arguments: list) -> np.ndarray:
    """The seconds that each call took, after a tenth of the calls to warm up."""
    for argument in arguments[: len(arguments) // 10]:
        function(argument)
    times = []
    for argument in arguments:
        started = time.perf_counter()
        function(argument)
        times.append(time.perf_counter() - started)
    return np.array(times)


def time_sentences() -> np.ndarray:
    """Classify a thousand sentences one by one."""
    classifier = EmotionClassifier.from_pretrained()
    return timed(lambda text: classifier.predict_proba([text]), sentences()[:1000])


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


def milliseconds(times: np.ndarray) -> tuple[str, str]:
    """The median and the 95th percentile of times in seconds, as words."""
    p50, p95 = np.percentile(times, [50, 95]) * 1000
    return f"{p50:.1f} ms", f"{p95:.1f} ms"


if __name__ == "__main__":
    main()
