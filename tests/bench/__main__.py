"""Measure everything and print Markdown tables: `python -m tests.bench`."""

import argparse
from collections.abc import Callable

from tests.bench import chat, emotion, kobert

PARTS: dict[str, Callable[[], None]] = {"emotion": emotion.measure, "kobert": kobert.measure, "chat": chat.measure}


def main() -> None:
    """Measure the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for part in options.parts or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    main()
