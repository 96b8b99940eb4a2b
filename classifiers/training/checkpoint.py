"""Checkpoints in Hugging Face's format, our own and anybody's: where fine-tuning begins and what it leaves."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForSequenceClassification, PreTrainedModel
from transformers.utils import logging as transformers_logging

from classifiers.training.backbones import CheckpointError, require_checkpoint
from classifiers.training.sources import LABELS
from classifiers.training.tokenizer_files import TOKENIZER_FILE, open_tokenizer, pad_id_of

# A chat message is rarely longer.
LENGTH = 128
# They count positions from behind the padding token's number.
ROBERTAS = frozenset({"roberta", "xlm-roberta", "camembert"})


@dataclass(frozen=True)
class PretrainingRecord:
    """What a pretraining of our own cost: texts to choose from, optimizer steps, minutes of wall time."""

    texts: int
    steps: int
    minutes: float


@dataclass(frozen=True)
class FinetuningRecord:
    """Where fine-tuned weights come from: the encoder, the command, and what was learned from how long.

    `kept_epoch` is the epoch whose weights these are, the best on the dev lines; `dev_macro_f1` is over all
    labels.
    """

    backbone: str
    command: str
    sentences: int
    epochs: int
    kept_epoch: int
    dev_macro_f1: float


RECORD_FILES = {PretrainingRecord: "pretraining.json", FinetuningRecord: "finetuning.json"}


class Checkpoint(NamedTuple):
    """An encoder with a head of labels, its tokenizer, and how we pretrained and fine-tuned it, if we did."""

    model: PreTrainedModel
    tokenizer: Tokenizer
    record: PretrainingRecord | None
    finetuning: FinetuningRecord | None = None

    @property
    def origin(self) -> str:
        """Where the weights began, in words for the model card."""
        kind = f"{self.model.config.model_type}, {self.model.num_parameters() / 1e6:.1f} million weights"
        if self.record is None:
            return f"{kind}, from a checkpoint given with --pretrained"
        return (
            f"{kind}, its tokens from Kiwi's morpheme embeddings on pretrained with {self.record.texts:,} texts "
            f"({self.record.steps:,} steps in {self.record.minutes:.0f} minutes, "
            f"`python -m scripts.train_emotion --pretrain-minutes {self.record.minutes:.0f}`)"
        )

    @property
    def label_names(self) -> list[str]:
        """The names of the head's labels, whatever they are, in the order of its logits."""
        names = self.model.config.id2label
        return [names[number] for number in range(len(names))]

    @property
    def longest_input(self) -> int:
        """The most tokens that the encoder reads."""
        config = self.model.config
        taken = (config.pad_token_id or 0) + 1 if config.model_type in ROBERTAS else 0
        return config.max_position_embeddings - taken

    def read_length(self, wanted: int | None = None) -> int:
        """Return how many tokens of a sentence to read: `wanted`, else what the tokenizer says, else 128.

        Raises CheckpointError if the encoder does not read as many as `wanted`.
        """
        if wanted is not None:
            if not 3 <= wanted <= self.longest_input:
                raise CheckpointError(f"the checkpoint reads 3 to {self.longest_input} tokens, not {wanted}")
            return wanted
        truncation = self.tokenizer.truncation
        return min(truncation["max_length"] if truncation else LENGTH, self.longest_input)


def load_checkpoint(folder: Path, seed: int | None = None) -> Checkpoint:
    """Load a checkpoint to fine-tune, with a head of our eight labels, fresh if it has none of that size.

    With `seed` a fresh head is the same every time. Raises CheckpointError if a file is missing, cannot be read
    or does not fit the others.
    """
    if seed is not None:
        torch.manual_seed(seed)
    names = {number: str(label) for number, label in enumerate(LABELS)}
    checkpoint, _ = _load(
        folder,
        num_labels=len(LABELS),
        id2label=names,
        label2id={name: number for number, name in names.items()},
        ignore_mismatched_sizes=True,
    )
    checkpoint.tokenizer.no_truncation()
    return checkpoint


def load_classifier(folder: Path) -> Checkpoint:
    """Load a checkpoint that has been fine-tuned, with its own head; its tokenizer truncates if the file says so.

    Raises CheckpointError as `load_checkpoint` does, and if there is no head.
    """
    checkpoint, fresh = _load(folder)
    if fresh:
        raise CheckpointError(
            f"{folder} has no classification head ({', '.join(sorted(fresh))} are missing); "
            f"fine-tune it first: python -m scripts.train_emotion --backbone {folder}"
        )
    return checkpoint


def save_checkpoint(
    model: PreTrainedModel, tokenizer: Tokenizer, record: PretrainingRecord | FinetuningRecord, folder: Path
) -> None:
    """Write weights, configuration, tokenizer and record so that the functions above find them."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save(str(folder / TOKENIZER_FILE))
    text = json.dumps(asdict(record), ensure_ascii=False)
    (folder / RECORD_FILES[type(record)]).write_text(text + "\n", encoding="utf-8")


def _load(folder: Path, **head: object) -> tuple[Checkpoint, set[str]]:
    """Return the checkpoint, and the names of the head's weights that had to be made up."""
    require_checkpoint(folder)
    # transformers reports a new head as "missing weights"; that is judged here.
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        model, report = AutoModelForSequenceClassification.from_pretrained(
            folder,
            output_loading_info=True,
            dtype=torch.float32,
            attn_implementation="eager",  # faster than the fused kernel on a CPU at these lengths
            trust_remote_code=False,  # unsaid, transformers would ask the user
            **head,
        )
    except Exception as error:  # transformers, safetensors and pickle share no class but this one
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        raise CheckpointError(f"cannot load the checkpoint {folder}: {reason}; is it complete?") from error
    missing = set(report["missing_keys"]) | {name for name, *_ in report["mismatched_keys"]}
    # A pooler is no part of every pretraining; it is learned with the head.
    fresh = {name for name in missing if not name.startswith(f"{model.base_model_prefix}.") or ".pooler." in name}
    if missing - fresh:
        raise CheckpointError(
            f"the weights in {folder} are not those of its config.json: {len(missing - fresh)} are missing or of "
            f"another size, {min(missing - fresh)} among them; put files of one checkpoint together"
        )
    tokenizer = open_tokenizer(folder)
    if tokenizer.get_vocab_size() > model.config.vocab_size:
        raise CheckpointError(
            f"the tokenizer in {folder} has {tokenizer.get_vocab_size():,} tokens, the model only "
            f"{model.config.vocab_size:,}; put files of one checkpoint together"
        )
    pad = pad_id_of(tokenizer)
    if pad is not None:
        model.config.pad_token_id = pad
    records = [_read_record(folder, kind) for kind in RECORD_FILES]
    return Checkpoint(model, tokenizer, *records), fresh


def _read_record(folder: Path, kind: type) -> PretrainingRecord | FinetuningRecord | None:
    path = folder / RECORD_FILES[kind]
    return kind(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None
