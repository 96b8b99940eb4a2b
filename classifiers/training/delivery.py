"""From a fine-tuned checkpoint to a model folder that has been calibrated, compared with torch and judged."""

import logging
import os
import shlex
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from classifiers.corpus import LabelledSentence
from classifiers.emotion import EmotionClassifier, softmax
from classifiers.evaluation import evaluate
from classifiers.model_folder import EmotionConfig, EmotionModelFolder, Thresholds
from classifiers.training.backbones import CheckpointError
from classifiers.training.calibrate import fit_temperature
from classifiers.training.checkpoint import Checkpoint
from classifiers.training.delivery_card import Delivery, Judged, write_delivery_card
from classifiers.training.export import ClassifierNetwork, TorchSession, export_classifier, write_config
from classifiers.training.foreign_labels import LabelReading
from classifiers.training.judging import columns
from classifiers.training.precisions import PRECISIONS
from classifiers.training.thresholds import fit_precise_thresholds
from classifiers.training.yardstick import Yardstick
from classifiers.views import TO_FIVE

# The least share of held-out lines on which the served graph must name the label that torch names.
LEAST_AGREEMENT = 0.99
SENTENCES_TIMED = 50
NEVER_ASKING = Thresholds(neutral_above=1.0, unsure_below=0.0)

logger = logging.getLogger(__name__)


def require_room(output: Path) -> None:
    """Raise CheckpointError if no model folder can be written to `output`, before hours go into one."""
    if output.exists() and not output.is_dir():
        raise CheckpointError(f"{output} is a file; give a folder with --output")


def deliver(
    checkpoint: Checkpoint,
    reading: LabelReading,
    max_length: int,
    yardstick: Yardstick,
    name: str,
    command: str,
    output: Path,
) -> Delivery:
    """Write a model folder to `output`, where an older one stays until this one has been judged.

    The graph is the smallest of PRECISIONS that names the same label as torch on 99 % of the held-out lines, at
    last float32. Temperature and thresholds are fitted on what is served. `name` is the checkpoint's, `command`
    the one running. Raises CheckpointError if no dev line carries an emotion that the checkpoint knows, and
    NothingToEvaluateError if that is so in a set of held-out lines.
    """
    torch = open_torch(checkpoint, reading, max_length)
    exact = {title: torch.predict_proba(columns(lines)[0]) for title, lines in yardstick.held_out.items()}
    with tempfile.TemporaryDirectory() as scratch:
        files = EmotionModelFolder(Path(scratch))
        agreements = _write_files(checkpoint, reading, max_length, yardstick, exact, files)
        classifier = EmotionClassifier.from_pretrained(files.path)
        delivery = Delivery(
            checkpoint=name,
            finetuning=checkpoint.finetuning,
            export=command,
            judge=_judge_command(yardstick.files, output),
            config=files.read_config(),
            reading=reading,
            least_agreement=LEAST_AGREEMENT,
            agreements=agreements,
            judged={title: _judge(classifier, exact[title], lines) for title, lines in yardstick.held_out.items()},
            dev_lines=len(yardstick.dev),
            million_weights=checkpoint.model.num_parameters() / 1e6,
            megabytes=files.model.stat().st_size / 1e6,
            milliseconds=milliseconds_per_sentence(classifier.predict_proba, yardstick.texts),
        )
        write_delivery_card(delivery, files)
        install_folder(files.path, output)
    return delivery


def open_torch(checkpoint: Checkpoint, reading: LabelReading, max_length: int) -> EmotionClassifier:
    """Return a classifier that runs the torch weights, uncalibrated, and else reads texts as serving does."""
    session = TorchSession(ClassifierNetwork(checkpoint.model, reading))
    tokenizer = Tokenizer.from_str(checkpoint.tokenizer.to_str())
    tokenizer.enable_truncation(max_length)
    return EmotionClassifier(session, tokenizer, _uncalibrated(checkpoint, reading, max_length))


def milliseconds_per_sentence(predict: Callable[[list[str]], object], texts: Sequence[str]) -> float:
    """Return the median wall time of `predict` for one of the first texts, alone, after a first call."""
    predict([texts[0]])
    times = []
    for text in texts[:SENTENCES_TIMED]:
        started = time.perf_counter()
        predict([text])
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _write_files(
    checkpoint: Checkpoint,
    reading: LabelReading,
    max_length: int,
    yardstick: Yardstick,
    exact: Mapping[str, np.ndarray],
    files: EmotionModelFolder,
) -> dict[str, float]:
    """Write all that serving needs, calibrated; returns the agreements with torch, by precision tried."""
    config = _uncalibrated(checkpoint, reading, max_length)
    model_type = checkpoint.model.config.model_type
    checkpoint.tokenizer.no_truncation()
    checkpoint.tokenizer.save(str(files.tokenizer))
    write_config(config, model_type, files)
    agreements = _write_graph(checkpoint, reading, yardstick, exact, files)
    config = _calibrated(config, EmotionClassifier.from_pretrained(files.path), yardstick.dev)
    write_config(config, model_type, files)
    return agreements


def _write_graph(
    checkpoint: Checkpoint,
    reading: LabelReading,
    yardstick: Yardstick,
    exact: Mapping[str, np.ndarray],
    files: EmotionModelFolder,
) -> dict[str, float]:
    """Write the smallest graph that agrees with torch; returns the agreements of those tried, by precision."""
    wanted = np.vstack(list(exact.values())).argmax(axis=1)
    agreements: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "exact.onnx"
        export_classifier(checkpoint.model, reading, graph)
        for precision, write in PRECISIONS.items():
            write(graph, files.model)
            served = EmotionClassifier.from_pretrained(files.path).predict_proba(yardstick.texts)
            agreements[precision] = float((served.argmax(axis=1) == wanted).mean())
            logger.info("%s: the label of torch on %.2f %%", precision, 100 * agreements[precision])
            if agreements[precision] >= LEAST_AGREEMENT:
                break
    return agreements


def _uncalibrated(checkpoint: Checkpoint, reading: LabelReading, max_length: int) -> EmotionConfig:
    return EmotionConfig(
        labels=reading.labels,
        max_length=max_length,
        temperature=1.0,
        pad_token_id=checkpoint.model.config.pad_token_id or 0,
        thresholds=NEVER_ASKING,
    )


def _calibrated(
    config: EmotionConfig, classifier: EmotionClassifier, dev: Sequence[LabelledSentence]
) -> EmotionConfig:
    texts, truth = columns([line for line in dev if line.emotion in config.labels])
    if not any(TO_FIVE[emotion] for emotion in truth):
        raise CheckpointError(
            f"none of the {len(dev)} dev lines is labelled with an emotion among {', '.join(config.labels)}; "
            "calibrating needs some"
        )
    logits = np.log(np.maximum(classifier.predict_proba(texts), np.finfo(np.float32).tiny))
    temperature = fit_temperature(logits, truth, config.labels)
    thresholds = fit_precise_thresholds(softmax(logits / temperature), truth, config.labels)
    return replace(config, temperature=temperature, thresholds=thresholds)


def _judge(classifier: EmotionClassifier, exact: np.ndarray, sentences: Sequence[LabelledSentence]) -> Judged:
    texts, truth = columns(sentences)
    labels, thresholds = classifier.labels, classifier.thresholds
    return Judged(
        served=evaluate(classifier.predict_proba(texts), labels, truth, thresholds),
        before_export=evaluate(exact, labels, truth, thresholds),
    )


def _judge_command(files: Sequence[Path], output: Path) -> str:
    here = Path.cwd()
    shown = [str(path.relative_to(here) if path.is_relative_to(here) else path) for path in (*files, output)]
    return shlex.join(["python", "-m", "scripts.evaluate_emotion", *shown[:-1], "--model", shown[-1]])


def install_folder(folder: Path, output: Path) -> None:
    """Copy the files of `folder` into `output`, each in one step, so that no half-written one is ever there."""
    output.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        unfinished = output / f"{file.name}.unfinished"
        shutil.copyfile(file, unfinished)
        os.replace(unfinished, output / file.name)
