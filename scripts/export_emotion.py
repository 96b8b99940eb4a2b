"""Turn a fine-tuned checkpoint, ours or anybody's, into a model folder: `python -m scripts.export_emotion`."""

import argparse
import logging
import shlex
import sys
from pathlib import Path

from classifiers.corpus import CORPUS_FOLDER, CorpusError
from classifiers.evaluation import NothingToEvaluateError
from classifiers.training.backbones import CheckpointError, fetch_checkpoint, slug_of
from classifiers.training.checkpoint import load_classifier
from classifiers.training.delivery import deliver, require_room
from classifiers.training.foreign_labels import parse_label_map, read_labels
from classifiers.training.judging import summary
from classifiers.training.user_corpora import UserCorpusError
from classifiers.training.yardstick import gather_user_material, gather_yardstick

ROOT = Path(__file__).parents[1]
logger = logging.getLogger("export_emotion")


def main(argv: list[str] | None = None) -> None:
    """Export and print the figures; exit code 1 with one sentence when something cannot be used."""
    argv = sys.argv[1:] if argv is None else argv
    options = parse_options(argv)
    logging.basicConfig(format="%(asctime)s %(message)s")
    for name in ("export_emotion", "classifiers"):  # the libraries have too much to say
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        export(options, shlex.join(["python", "-m", "scripts.export_emotion", *argv]))
    except (CorpusError, UserCorpusError, CheckpointError, NothingToEvaluateError, OSError) as error:
        sys.exit(f"export_emotion: {error}")


def parse_options(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", metavar="NAME_OR_FOLDER", help="a folder, or a name on the Hugging Face hub")
    parser.add_argument("--output", type=Path, help="model folder to write; instance/models/NAME by default")
    parser.add_argument(
        "--map-labels",
        default="",
        metavar="PAIRS",
        help='its labels as ours, "anger=분노,joy=기쁨,spam="; nothing behind the sign leaves a label out',
    )
    parser.add_argument("--max-length", type=int, help="tokens of a sentence that are read")
    parser.add_argument("--corpus", type=Path, default=CORPUS_FOLDER, help="folder of part*.tsv files")
    parser.add_argument(
        "--corpus-file", type=Path, nargs="+", metavar="PATH", help="calibrate on these corpora, and judge by both"
    )
    options = parser.parse_args(argv)
    options.output = options.output or ROOT / "instance" / "models" / slug_of(options.checkpoint)
    return options


def export(options: argparse.Namespace, command: str) -> None:
    """Load, read the labels as ours, export, calibrate, compare with torch, judge, write."""
    require_room(options.output)
    mapped = parse_label_map(options.map_labels)
    checkpoint = load_classifier(fetch_checkpoint(options.checkpoint))
    reading = read_labels(checkpoint.label_names, mapped)
    if not reading.is_one_to_one:
        logger.info("its labels read as ours: %s", reading)
    user = gather_user_material(options.corpus_file) if options.corpus_file else None
    yardstick = gather_yardstick(options.corpus, user)
    max_length = checkpoint.read_length(options.max_length)
    delivery = deliver(checkpoint, reading, max_length, yardstick, options.checkpoint, command, options.output)
    for name, judged in delivery.judged.items():
        print(summary(name, judged.served))
    agreement = delivery.agreements[delivery.precision]
    print(f"{delivery.precision}: the same label as torch on {agreement:.2%} of {len(yardstick.texts)} lines")
    logger.info("wrote %s", options.output)


if __name__ == "__main__":
    main()
