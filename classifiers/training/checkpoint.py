"""Where fine-tuning begins: a Hugging Face checkpoint folder, our own pretrained one or any other."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer
from transformers import AutoModelForSequenceClassification, PreTrainedModel
from transformers.utils import logging as transformers_logging

from classifiers.training.sources import LABELS, MissingDataError
from classifiers.training.tokenizer import load_tokenizer

TOKENIZER_FILE = "tokenizer.json"
RECORD_FILE = "pretraining.json"


@dataclass(frozen=True)
class PretrainingRecord:
    """What a pretraining of our own cost: texts to choose from, optimizer steps, minutes of wall time."""

    texts: int
    steps: int
    minutes: float


class Checkpoint(NamedTuple):
    """An encoder with a fresh head of eight labels, its tokenizer, and how it was pretrained, if we did."""

    model: PreTrainedModel
    tokenizer: Tokenizer
    record: PretrainingRecord | None

    @property
    def origin(self) -> str:
        """Where the weights began, in words for the model card."""
        kind = f"{self.model.config.model_type}, {self.model.num_parameters() / 1e6:.1f} million weights"
        if self.record is None:
            return f"{kind}, from a checkpoint given with --pretrained"
        return (
            f"{kind}, pretrained from nothing on {self.record.texts:,} texts "
            f"({self.record.steps:,} steps in {self.record.minutes:.0f} minutes, "
            f"`python -m scripts.train_emotion --pretrain-minutes {self.record.minutes:.0f}`)"
        )


def load_checkpoint(folder: Path) -> Checkpoint:
    """Load a checkpoint folder that holds config.json, weights and tokenizer.json.

    Raises MissingDataError if one of them is missing.
    """
    for name in ("config.json", "model.safetensors", TOKENIZER_FILE):
        if not (folder / name).is_file():
            raise MissingDataError(f"no {name} in the checkpoint folder {folder}; see --pretrained")
    # transformers reports the new head as "missing weights"; here that is what we want.
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    names = {number: str(label) for number, label in enumerate(LABELS)}
    model = AutoModelForSequenceClassification.from_pretrained(
        folder,
        num_labels=len(LABELS),
        id2label=names,
        label2id={name: number for number, name in names.items()},
        ignore_mismatched_sizes=True,
        attn_implementation="eager",  # faster than the fused kernel on a CPU at these lengths
    )
    record = folder / RECORD_FILE
    return Checkpoint(
        model,
        load_tokenizer(folder / TOKENIZER_FILE),
        PretrainingRecord(**json.loads(record.read_text(encoding="utf-8"))) if record.is_file() else None,
    )


def save_checkpoint(model: PreTrainedModel, tokenizer: Tokenizer, record: PretrainingRecord, folder: Path) -> None:
    """Write weights, configuration, tokenizer and record so that `load_checkpoint` finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save(str(folder / TOKENIZER_FILE))
    (folder / RECORD_FILE).write_text(json.dumps(asdict(record)) + "\n", encoding="utf-8")
