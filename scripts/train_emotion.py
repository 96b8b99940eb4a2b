"""Train the emotion model and write its folder: `python -m scripts.train_emotion`."""

import argparse
import logging
import shlex
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from classifiers.corpus import CORPUS_FOLDER, CorpusError
from classifiers.evaluation import NothingToEvaluateError
from classifiers.model_folder import DEFAULT_EMOTION_FOLDER, EmotionModelFolder
from classifiers.training.backbone_run import finetune_backbone, settings_of
from classifiers.training.backbones import PRESETS, CheckpointError, Preset, preset_of, slug_of
from classifiers.training.bag import fit_bag
from classifiers.training.blend import fit_blend
from classifiers.training.card import Commands, Counts, Figures, Run, write_figures
from classifiers.training.checkpoint import load_checkpoint, save_checkpoint
from classifiers.training.delivery import deliver, install_folder, require_room
from classifiers.training.export import write_model_folder
from classifiers.training.finetune import DEVICES, OPTIMIZERS, FinetuneSettings, finetune
from classifiers.training.foreign_labels import read_labels
from classifiers.training.judging import (
    agreement_with_torch,
    calibrate,
    judge_baseline,
    judge_blend,
    judge_folder,
    judge_majority,
    judge_other_sets,
    judge_without_pretraining,
    summary,
)
from classifiers.training.material import Material, gather_material, gather_pretraining_text, tokenizer_text
from classifiers.training.morphemes import embed_tokens
from classifiers.training.pretrain import PretrainSettings, pretrain
from classifiers.training.resume import forget_course
from classifiers.training.tokenizer import train_tokenizer
from classifiers.training.user_corpora import UserCorpusError
from classifiers.training.yardstick import gather_user_material, gather_yardstick
from scripts.evaluate_emotion import HELD_OUT, SETS, read_set

ROOT = Path(__file__).parents[1]
DEFAULT_DATA = ROOT.parent / "shared" / "data"
BACKBONE_OPTIONS = ("preset", "corpus_file", "batch_size", "max_length", "optimizer", "device")
logger = logging.getLogger("train_emotion")


def main(argv: list[str] | None = None) -> None:
    """Train and print the figures; exit code 1 with one sentence when data or checkpoint cannot be used."""
    argv = sys.argv[1:] if argv is None else argv
    options = parse_options(argv)
    logging.basicConfig(format="%(asctime)s %(message)s")
    for name in ("train_emotion", "classifiers"):  # the libraries have too much to say
        logging.getLogger(name).setLevel(logging.INFO)
    run = train_backbone if options.backbone else train
    try:
        run(options, shlex.join(["python", "-m", "scripts.train_emotion", *argv]))
    except (CorpusError, UserCorpusError, CheckpointError, NothingToEvaluateError, OSError) as error:
        sys.exit(f"train_emotion: {error}")
    except KeyboardInterrupt:
        sys.exit("train_emotion: stopped; with --backbone, the same command goes on after the last whole epoch")


def parse_options(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the open data sets")
    parser.add_argument("--corpus", type=Path, default=CORPUS_FOLDER, help="folder of part*.tsv files")
    parser.add_argument(
        "--output", type=Path, help="model folder to write; the shipped one, or instance/models/NAME of a backbone"
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        help="where the torch weights are kept: build/emotion-pretrained, for --pretrained, or build/NAME of a "
        "backbone, for scripts.export_emotion and for going on after an interruption",
    )
    parser.add_argument("--epochs", type=int, help="epochs of fine-tuning")
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="at most so many rows of each open set, for a quick trial")
    own = parser.add_argument_group("our own small encoder")
    own.add_argument("--pretrained", type=Path, help="checkpoint folder to begin with, instead of pretraining")
    own.add_argument(
        "--pretrain-minutes", type=float, default=PretrainSettings.minutes, help="wall time of the pretraining"
    )
    own.add_argument("--vocabulary", type=int, default=24_000, help="tokens of our own tokenizer")
    own.add_argument("--only-baseline", action="store_true", help="fit and print the baseline, and stop")
    add_backbone_options(parser)
    options = parser.parse_args(argv)
    if not options.backbone and any(vars(options)[name] for name in BACKBONE_OPTIONS):
        parser.error(f"{', '.join(BACKBONE_OPTIONS)} go with --backbone".replace("_", "-"))
    if options.backbone and (options.pretrained or options.only_baseline):
        parser.error("--backbone goes with neither --pretrained nor --only-baseline")
    name = slug_of(options.backbone) if options.backbone else None
    options.output = options.output or (ROOT / "instance" / "models" / name if name else DEFAULT_EMOTION_FOLDER)
    options.checkpoint = options.checkpoint or ROOT / "build" / (name or "emotion-pretrained")
    return options


def add_backbone_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that fine-tune other people's encoders."""
    group = parser.add_argument_group("any other encoder")
    group.add_argument(
        "--backbone", metavar="NAME_OR_FOLDER", help=f"{', '.join(PRESETS)}, a Hugging Face hub name, or a folder"
    )
    group.add_argument("--preset", choices=PRESETS, help="take its hyperparameters, for a folder")
    group.add_argument(
        "--corpus-file", type=Path, nargs="+", metavar="PATH", help="learn from these corpora instead"
    )
    group.add_argument("--batch-size", type=int, help="sentences a step")
    group.add_argument("--max-length", type=int, help="tokens of a sentence that are read")
    group.add_argument("--optimizer", choices=OPTIMIZERS)
    group.add_argument(
        "--patience", type=int, default=3, help="stop after so many epochs without gain on dev; 0 never does"
    )
    group.add_argument("--device", choices=DEVICES, help="by default a GPU if there is one")


def train(options: argparse.Namespace, command: str) -> None:
    """Do the whole run: read, fit the baseline, pretrain, fine-tune, calibrate, export, judge, write."""
    started = time.monotonic()
    material = gather_material(options.corpus, options.data, options.limit)
    logger.info("fitting the baseline on %d sentences", len(material.examples))
    baseline = judge_baseline(material)
    print(summary("baseline", baseline))
    if options.only_baseline:
        return
    other_sets = [read_set(name, options.data, options.corpus) for name in SETS if name != HELD_OUT]
    checkpoint = load_checkpoint(options.pretrained or pretrain_encoder(options, material))
    settings = own_settings(options)
    finetune(checkpoint.model, checkpoint.tokenizer, material.examples, settings)
    bag = fit_bag(material.examples)
    blend = fit_blend(checkpoint, bag, material.tuning_lines, settings.max_length)
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
            agreement=agreement_with_torch(folder, blend, material),
            baseline=baseline,
            more_baselines=[
                Figures("always the commonest label", judge_majority(material)),
                Figures(
                    "the same network without pretraining",
                    judge_without_pretraining(checkpoint, bag, material, settings),
                ),
            ],
            other_sets=judge_other_sets(folder, other_sets),
            origin=checkpoint.origin,
            says=(blend.encoder_say, blend.bag_say),
            epochs=settings.epochs,
            minutes=(time.monotonic() - started) / 60,
            megabytes=folder.model.stat().st_size / 1e6,
        )
        print(summary("model", run.model))
        write_figures(run, folder)
        install_folder(folder.path, options.output)
    logger.info("wrote %s", options.output)


def pretrain_encoder(options: argparse.Namespace, material: Material) -> Path:
    """Learn a tokenizer and pretrain a small encoder; returns the checkpoint folder."""
    texts = gather_pretraining_text(material, options.corpus, options.data, options.limit)
    typical = tokenizer_text(texts)
    tokenizer = train_tokenizer(typical, options.vocabulary)
    logger.info("taking over what Kiwi knows of the morphemes in %d tokens", tokenizer.get_vocab_size())
    embeddings = embed_tokens(tokenizer, list(dict.fromkeys(typical)), options.seed)
    settings = PretrainSettings(minutes=options.pretrain_minutes, seed=options.seed)
    encoder, record = pretrain(tokenizer, embeddings, texts, settings)
    logger.info("pretrained %d steps in %.1f minutes", record.steps, record.minutes)
    save_checkpoint(encoder, tokenizer, record, options.checkpoint)
    return options.checkpoint


def own_settings(options: argparse.Namespace) -> FinetuneSettings:
    """Return how to fine-tune our own encoder."""
    return FinetuneSettings(
        epochs=FinetuneSettings.epochs if options.epochs is None else options.epochs,
        learning_rate=options.learning_rate or FinetuneSettings.learning_rate,
        seed=options.seed,
    )


def train_backbone(options: argparse.Namespace, command: str) -> None:
    """Fine-tune another encoder, export and judge it; a run that was stopped goes on."""
    require_room(options.output)
    preset = chosen_preset(options)
    settings = settings_of(preset, options.patience or None, options.seed)
    user = gather_user_material(options.corpus_file) if options.corpus_file else None
    yardstick = gather_yardstick(options.corpus, user)
    material = Material(user.split, []) if user else gather_material(options.corpus, options.data, options.limit)
    checkpoint = finetune_backbone(
        preset.checkpoint, settings, material.examples, yardstick.dev, options.checkpoint, command, options.device
    )
    reading = read_labels(checkpoint.label_names)
    delivery = deliver(
        checkpoint, reading, settings.max_length, yardstick, preset.checkpoint, command, options.output
    )
    forget_course(options.checkpoint)
    for name, judged in delivery.judged.items():
        print(summary(name, judged.served))
    logger.info("wrote %s, %s; torch weights in %s", options.output, delivery.precision, options.checkpoint)


def chosen_preset(options: argparse.Namespace) -> Preset:
    """Return the preset of the backbone, with what the command line says instead."""
    given = {
        "max_length": options.max_length,
        "batch_size": options.batch_size,
        "epochs": options.epochs,
        "learning_rate": options.learning_rate,
        "optimizer": options.optimizer,
    }
    preset = preset_of(options.backbone, options.preset)
    return replace(preset, **{name: value for name, value in given.items() if value is not None})


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
