"""Read emotions in sentences, a line each, and print JSON lines: `python -m scripts.classify_sentences [FILE]`."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from classifiers.emotion import EmotionClassifier
from classifiers.model_folder import ModelFolderError
from classifiers.text import normalize_text
from classifiers.views import FIVE, MOODS, TO_MOOD, to_five, to_moods

LINES_AT_ONCE = 256
BYTE_ORDER_MARK = "\ufeff"


class UnreadableLineError(ValueError):
    """A line that is not UTF-8."""


def main(argv: list[str] | None = None) -> None:
    """Classify stdin or a file; exit code 1 with one sentence when something cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="UTF-8, a sentence per line; stdin by default")
    parser.add_argument("--model", type=Path, help="model folder; the shipped one by default")
    options = parser.parse_args(argv)
    try:
        classifier = EmotionClassifier.from_pretrained(options.model)
        if options.file is None:
            print_readings(classifier, sys.stdin.buffer)
        else:
            with options.file.open("rb") as file:
                print_readings(classifier, file)
    except BrokenPipeError:
        # The reader (`head`, say) has enough. Python would complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ModelFolderError, UnreadableLineError) as error:
        sys.exit(f"classify_sentences: {error}")
    except OSError as error:
        sys.exit(f"classify_sentences: cannot read {options.file}: {error.strerror}")


def print_readings(classifier: EmotionClassifier, lines: BinaryIO) -> None:
    """Print a JSON line per sentence of `lines`."""
    for reading in classify(classifier, sentences_in(lines)):
        # ASCII would hide the Korean, and the encoding of stdout is not ours to trust.
        sys.stdout.buffer.write(json.dumps(reading, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def sentences_in(lines: BinaryIO) -> Iterator[str]:
    """Yield the normalised sentences of UTF-8 lines; lines with nothing to read are skipped.

    Raises UnreadableLineError, with the line's number, for bytes that are not UTF-8.
    """
    for number, line in enumerate(lines, start=1):
        try:
            text = normalize_text(line.decode("utf-8").removeprefix(BYTE_ORDER_MARK))
        except UnicodeDecodeError as error:
            raise UnreadableLineError(f"line {number} is not UTF-8; save the sentences as UTF-8") from error
        if text:
            yield text


def classify(classifier: EmotionClassifier, sentences: Iterable[str]) -> Iterator[dict]:
    """Yield a reading per sentence: the five emotions and the four moods, each summing to one, and the first.

    `emotion` is the strongest of the five, also where the bot would rather ask; `mood` is its mood.
    """
    remaining = iter(sentences)
    while batch := list(islice(remaining, LINES_AT_ONCE)):
        five = to_five(classifier.predict_proba(batch), classifier.labels)
        for text, emotions, moods in zip(batch, five, to_moods(five), strict=True):
            emotion = FIVE[int(emotions.argmax())]
            yield {
                "text": text,
                "emotions": dict(zip(FIVE, emotions.tolist(), strict=True)),
                "emotion": emotion,
                "mood": TO_MOOD[emotion],
                "moods": dict(zip(MOODS, moods.tolist(), strict=True)),
            }


if __name__ == "__main__":
    main()
