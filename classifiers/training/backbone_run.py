"""Fine-tuning somebody else's encoder, from its name to weights of ours in a folder; it can be stopped."""

import logging
from collections.abc import Sequence
from pathlib import Path

from classifiers.corpus import LabelledSentence
from classifiers.training.backbones import CheckpointError, Preset, fetch_checkpoint
from classifiers.training.checkpoint import Checkpoint, FinetuningRecord, load_checkpoint, save_checkpoint
from classifiers.training.finetune import FinetuneSettings, choose_device, finetune
from classifiers.training.resume import SavedCourse, purpose_of
from classifiers.training.sources import Example

logger = logging.getLogger(__name__)

# Customary for encoders that were pretrained on much text; our own small one takes more.
WEIGHT_DECAY = 0.01


def settings_of(preset: Preset, patience: int | None, seed: int) -> FinetuneSettings:
    """Return the settings that a preset stands for."""
    return FinetuneSettings(
        epochs=preset.epochs,
        learning_rate=preset.learning_rate,
        weight_decay=WEIGHT_DECAY,
        batch_size=preset.batch_size,
        max_length=preset.max_length,
        merge_dropout=0.0,  # it cannot be seeded, and a stopped run must end as one that was not
        optimizer=preset.optimizer,
        patience=patience,
        seed=seed,
    )


def finetune_backbone(
    backbone: str,
    settings: FinetuneSettings,
    examples: Sequence[Example],
    dev: Sequence[LabelledSentence],
    folder: Path,
    command: str,
    device: str | None = None,
) -> Checkpoint:
    """Fine-tune the folder or hub repository `backbone` and keep the weights of the best epoch in `folder`.

    A run that was stopped goes on after its last whole epoch and, on a CPU, ends with the same weights; what
    it needs for that stays in `folder` until `forget_course`. `device` is by default a GPU, if there is one.
    Raises CheckpointError if the backbone, or what an interrupted run left in `folder`, cannot be used.
    """
    place = choose_device(device)
    source = fetch_checkpoint(backbone)
    if source.resolve() == folder.resolve():
        raise CheckpointError(f"{source} would be overwritten; give another folder with --checkpoint")
    checkpoint = load_checkpoint(source, settings.seed)
    checkpoint.read_length(settings.max_length)
    saved = SavedCourse(folder, purpose_of(checkpoint, examples, dev, settings))
    logger.info("fine-tuning %s on %d sentences, on %s", backbone, len(examples), place)
    course = finetune(checkpoint.model, checkpoint.tokenizer, examples, settings, dev, saved, place)
    record = FinetuningRecord(
        backbone=backbone,
        command=command,
        sentences=len(examples),
        epochs=course.epoch,
        kept_epoch=course.best_epoch,
        dev_macro_f1=round(course.best_score, 4),
    )
    checkpoint.tokenizer.enable_truncation(settings.max_length)
    save_checkpoint(checkpoint.model, checkpoint.tokenizer, record, folder)
    return checkpoint._replace(finetuning=record)
