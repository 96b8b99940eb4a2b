"""Train the emotion model and write its folder: `python -m scripts.train_emotion`."""

import argparse
import logging
import shlex
import shutil
import sys
import tempfile
import time
from pathlib import Path

from classifiers.corpus import CORPUS_FOLDER, CorpusError
from classifiers.model_folder import DEFAULT_EMOTION_FOLDER, EmotionModelFolder
from classifiers.training.bag import fit_bag
from classifiers.training.blend import fit_blend
from classifiers.training.card import Commands, Counts, Run, write_figures
from classifiers.training.checkpoint import load_checkpoint, save_checkpoint
from classifiers.training.export import write_model_folder
from classifiers.training.finetune import FinetuneSettings, finetune
from classifiers.training.judging import calibrate, judge_baseline, judge_blend, judge_folder, summary
from classifiers.training.material import Material, gather_material, gather_pretraining_text, tokenizer_text
from classifiers.training.pretrain import PretrainSettings, pretrain
from classifiers.training.sources import MissingDataError
from classifiers.training.tokenizer import train_tokenizer

ROOT = Path(__file__).parents[1]
DEFAULT_DATA = ROOT.parent / "shared" / "data"
logger = logging.getLogger("train_emotion")


def main(argv: list[str] | None = None) -> None:
    """Train and print the figures; exit code 1 with one sentence when the data cannot be read."""
    argv = sys.argv[1:] if argv is None else argv
    options = parse_options(argv)
    logging.basicConfig(format="%(asctime)s %(message)s")
    for name in ("train_emotion", "classifiers"):  # the libraries have too much to say
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        train(options, shlex.join(["python", "-m", "scripts.train_emotion", *argv]))
    except (CorpusError, MissingDataError) as error:
        sys.exit(f"train_emotion: {error}")


def parse_options(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the open data sets")
    parser.add_argument("--corpus", type=Path, default=CORPUS_FOLDER, help="folder of part*.tsv files")
    parser.add_argument("--output", type=Path, default=DEFAULT_EMOTION_FOLDER, help="model folder to write")
    parser.add_argument("--pretrained", type=Path, help="checkpoint folder to begin with, instead of pretraining")
    parser.add_argument(
        "--checkpoint",
        type=Path,
        default=ROOT / "build" / "emotion-pretrained",
        help="where our own pretraining is kept, for --pretrained",
    )
    parser.add_argument(
        "--pretrain-minutes", type=float, default=PretrainSettings.minutes, help="wall time of the pretraining"
    )
    parser.add_argument("--vocabulary", type=int, default=12_000, help="tokens of our own tokenizer")
    parser.add_argument("--epochs", type=int, default=FinetuneSettings.epochs, help="epochs of fine-tuning")
    parser.add_argument("--learning-rate", type=float, default=FinetuneSettings.learning_rate)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="at most so many rows of each open set, for a quick trial")
    parser.add_argument("--only-baseline", action="store_true", help="fit and print the baseline, and stop")
    return parser.parse_args(argv)


def train(options: argparse.Namespace, command: str) -> None:
    """Do the whole run: read, fit the baseline, pretrain, fine-tune, calibrate, export, judge, write."""
    started = time.monotonic()
    material = gather_material(options.corpus, options.data, options.limit)
    logger.info("fitting the baseline on %d sentences", len(material.examples))
    baseline = judge_baseline(material)
    print(summary("baseline", baseline))
    if options.only_baseline:
        return
    checkpoint = load_checkpoint(options.pretrained or pretrain_encoder(options, material))
    settings = FinetuneSettings(epochs=options.epochs, learning_rate=options.learning_rate, seed=options.seed)
    finetune(checkpoint.model, checkpoint.tokenizer, material.examples, settings)
    bag = fit_bag(material.examples)
    blend = fit_blend(checkpoint, bag, material.split.dev, settings.max_length)
    config = calibrate(blend, material.split.dev, settings.max_length)
    # The old model stays until the new one has been loaded and judged.
    with tempfile.TemporaryDirectory() as scratch:
        folder = EmotionModelFolder(Path(scratch))
        write_model_folder(blend, config, folder.path)
        run = Run(
            commands=commands(options, command, material.held_out_parts),
            config=config,
            counts=Counts(len(material.examples), len(material.split.dev), len(material.split.held_out)),
            held_out_parts=material.held_out_parts,
            model=judge_folder(folder, material),
            before_export=judge_blend(blend, config, material),
            baseline=baseline,
            origin=checkpoint.origin,
            says=(blend.encoder_say, blend.bag_say),
            epochs=options.epochs,
            minutes=(time.monotonic() - started) / 60,
            megabytes=folder.model.stat().st_size / 1e6,
        )
        print(summary("model", run.model))
        write_figures(run, folder)
        options.output.mkdir(parents=True, exist_ok=True)
        for file in folder.path.iterdir():
            shutil.copy(file, options.output)
    logger.info("wrote %s", options.output)


def pretrain_encoder(options: argparse.Namespace, material: Material) -> Path:
    """Learn a tokenizer and pretrain a small encoder; returns the checkpoint folder."""
    texts = gather_pretraining_text(material, options.data, options.limit)
    tokenizer = train_tokenizer(tokenizer_text(texts), options.vocabulary)
    settings = PretrainSettings(minutes=options.pretrain_minutes, seed=options.seed)
    encoder, record = pretrain(tokenizer, texts, settings)
    logger.info("pretrained %d steps in %.1f minutes", record.steps, record.minutes)
    save_checkpoint(encoder, tokenizer, record, options.checkpoint)
    return options.checkpoint


def commands(options: argparse.Namespace, command: str, held_out_parts: list[str]) -> Commands:
    """Return the commands that made the model and that give each figure again."""
    corpus = options.corpus.relative_to(ROOT) if options.corpus.is_relative_to(ROOT) else options.corpus
    judge = ["python", "-m", "scripts.evaluate_emotion"]
    judge += [str(corpus / f"{part}.tsv") for part in held_out_parts]
    if options.output != DEFAULT_EMOTION_FOLDER:
        judge += ["--model", str(options.output)]
    baseline = ["python", "-m", "scripts.train_emotion", "--only-baseline"]
    for option, given, default in (
        ("--data", options.data, DEFAULT_DATA),
        ("--corpus", options.corpus, CORPUS_FOLDER),
        ("--limit", options.limit, None),
    ):
        baseline += [option, str(given)] if given != default else []
    return Commands(train=command, judge=shlex.join(judge), judge_baseline=shlex.join(baseline))


if __name__ == "__main__":
    main()
