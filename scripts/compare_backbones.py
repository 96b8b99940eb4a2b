"""Compare fine-tuned checkpoints and model folders in a table: `python -m scripts.compare_backbones NAME…`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.corpus import CORPUS_FOLDER, CorpusError, LabelledSentence
from classifiers.emotion import EmotionClassifier
from classifiers.evaluation import NothingToEvaluateError, evaluate
from classifiers.model_folder import EmotionModelFolder, ModelFolderError
from classifiers.training.backbones import CheckpointError, fetch_checkpoint, megabytes_of_weights
from classifiers.training.checkpoint import load_classifier
from classifiers.training.delivery import NEVER_ASKING, milliseconds_per_sentence, open_torch
from classifiers.training.export import count_weights
from classifiers.training.foreign_labels import LabelMap, parse_label_map, read_labels
from classifiers.training.judging import columns
from classifiers.training.sources import MissingDataError
from classifiers.training.user_corpora import UserCorpusError
from classifiers.training.yardstick import gather_user_material, gather_yardstick

HEAD = (
    "| name | runs as | weights, million | accuracy | macro-F1 | ms per sentence | MB |",
    "|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True)
class Contestant:
    """Something that reads emotions, and how big it is; `kind` says what runs it."""

    classifier: EmotionClassifier
    kind: str
    million_weights: float
    megabytes: float


def main(argv: list[str] | None = None) -> None:
    """Print the table row by row; exit code 1 with one sentence when there is nothing to judge by."""
    options = parse_options(argv)
    try:
        mapped = parse_label_map(options.map_labels)
        user = gather_user_material(options.corpus_file) if options.corpus_file else None
        title, sentences = next(iter(gather_yardstick(options.corpus, user).held_out.items()))
    except (CheckpointError, CorpusError, MissingDataError, UserCorpusError) as error:
        sys.exit(f"compare_backbones: {error}")
    print(f"Five labels, on {title}; one sentence at a time on this machine's CPU.\n")
    for line in HEAD:
        print(line)
    for name in options.names:
        print(row_of(name, mapped, sentences), flush=True)


def parse_options(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="+", metavar="NAME", help="model folder, checkpoint folder or name on the Hugging Face hub"
    )
    parser.add_argument(
        "--map-labels", default="", metavar="PAIRS", help='labels of checkpoints as ours, "anger=분노,joy=기쁨"'
    )
    parser.add_argument("--corpus", type=Path, default=CORPUS_FOLDER, help="folder of part*.tsv files")
    parser.add_argument(
        "--corpus-file", type=Path, nargs="+", metavar="PATH", help="judge by the test dialogues of these corpora"
    )
    return parser.parse_args(argv)


def row_of(name: str, mapped: LabelMap, sentences: Sequence[LabelledSentence]) -> str:
    """Return the row of one name; where it cannot be compared, the row says why."""
    try:
        contestant = open_contestant(name, mapped)
        texts, truth = columns(sentences)
        probabilities = contestant.classifier.predict_proba(texts)
        five = evaluate(probabilities, contestant.classifier.labels, truth, NEVER_ASKING).five
    except (CheckpointError, ModelFolderError, NothingToEvaluateError) as error:
        return f"| {name} | not compared: {str(error).replace('|', '/')} | | | | | |"
    milliseconds = milliseconds_per_sentence(contestant.classifier.predict_proba, texts)
    return (
        f"| {name} | {contestant.kind} | {contestant.million_weights:.1f} | {five.accuracy:.3f} | "
        f"{five.macro_f1:.3f} | {milliseconds:.1f} | {contestant.megabytes:.1f} |"
    )


def open_contestant(name: str, mapped: LabelMap) -> Contestant:
    """Open a model folder, or a checkpoint by folder or hub name, whose labels `mapped` says how to read.

    Raises ModelFolderError or CheckpointError for what cannot be loaded.
    """
    graph = EmotionModelFolder(Path(name)).model
    if graph.is_file():
        classifier = EmotionClassifier.from_pretrained(name)
        return Contestant(classifier, "ONNX", count_weights(graph) / 1e6, graph.stat().st_size / 1e6)
    folder = fetch_checkpoint(name)
    checkpoint = load_classifier(folder)
    names = checkpoint.label_names
    reading = read_labels(names, {label: row for label, row in mapped.items() if label in names})
    return Contestant(
        open_torch(checkpoint, reading, checkpoint.read_length()),
        "torch float32",
        checkpoint.model.num_parameters() / 1e6,
        megabytes_of_weights(folder),
    )


if __name__ == "__main__":
    main()
