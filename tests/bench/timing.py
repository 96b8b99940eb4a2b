"""Taking times, and telling them in Markdown."""

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from classifiers.corpus import read_corpus


def sentences() -> list[str]:
    """Real sentences of the corpus, in a fixed order that mixes its parts."""
    return [str(text) for text in np.random.default_rng(1).permutation([line.text for line in read_corpus()])]


def seconds_of(function: Callable, *arguments: object) -> float:
    """The seconds that one call takes."""
    started = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - started


def timed(function: Callable, arguments: Sequence) -> np.ndarray:
    """The seconds that each call took, after a tenth of the calls to warm up."""
    for argument in arguments[: len(arguments) // 10]:
        function(argument)
    return np.array([seconds_of(function, argument) for argument in arguments])


def milliseconds(times: np.ndarray) -> tuple[str, str]:
    """The median and the 95th percentile of times in seconds, as words."""
    return tuple(f"{time:.1f} ms" for time in np.percentile(times, [50, 95]) * 1000)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table under its title."""
    print(f"\n{title}\n")
    for cells in (columns, ["---"] * len(columns), *rows):
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
