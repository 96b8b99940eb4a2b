"""Fine-tuning: a sequence-classification checkpoint learns our emotions from soft targets."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import Adafactor, PreTrainedModel

from classifiers.corpus import LabelledSentence
from classifiers.emotion import softmax
from classifiers.labels import Emotion
from classifiers.scores import score
from classifiers.training.augment import roughen
from classifiers.training.backbones import CheckpointError
from classifiers.training.batches import bucketed, padded
from classifiers.training.resume import Course, SavedCourse
from classifiers.training.schedule import set_learning_rate
from classifiers.training.sources import LABELS, Example
from classifiers.training.tokenizer import with_dropped_merges

DEVICES = ("cuda", "mps", "cpu")
SECONDS_BETWEEN_REPORTS = 30
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FinetuneSettings:
    """How to fine-tune.

    A step takes `batch_size` sentences or, if that is None, about `tokens_per_batch` padded tokens.
    `merge_dropout` varies the splitting of words into tokens. After `patience` epochs that score no better on
    dev the run stops; None never stops it.
    """

    epochs: int = 4
    learning_rate: float = 4e-4
    warmup_share: float = 0.1
    weight_decay: float = 0.05
    tokens_per_batch: int = 1536
    batch_size: int | None = None
    max_length: int = 64
    dropout: float = 0.1
    merge_dropout: float = 0.1
    optimizer: str = "adamw"
    patience: int | None = None
    seed: int = 0


def _adamw(model: nn.Module, settings: FinetuneSettings) -> torch.optim.Optimizer:
    return torch.optim.AdamW(
        model.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay, fused=True
    )


def _adafactor(model: nn.Module, settings: FinetuneSettings) -> torch.optim.Optimizer:
    # With a rate from outside it must not work out one of its own (Shazeer & Stern 2018).
    return Adafactor(model.parameters(), lr=settings.learning_rate, scale_parameter=False, relative_step=False)


OPTIMIZERS: Mapping[str, Callable[[nn.Module, FinetuneSettings], torch.optim.Optimizer]] = {
    "adamw": _adamw,
    "adafactor": _adafactor,
}


def choose_device(wanted: str | None = None) -> torch.device:
    """Return the device `wanted`, one of DEVICES, else Nvidia's or Apple's GPU if there is one, else the CPU.

    Raises CheckpointError if the one wanted is not there.
    """
    there = dict(zip(DEVICES, (torch.cuda.is_available(), torch.backends.mps.is_available(), True), strict=True))
    if wanted is not None and not there[wanted]:
        raise CheckpointError(f"no {wanted} on this computer that torch can use; leave --device out")
    return torch.device(wanted or next(name for name in DEVICES if there[name]))


def finetune(
    model: PreTrainedModel,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    settings: FinetuneSettings,
    dev: Sequence[LabelledSentence] = (),
    saved: SavedCourse | None = None,
    device: torch.device | str = "cpu",
) -> Course:
    """Train `model` in place on `examples`, sentences roughened anew each epoch, and leave it in eval mode.

    With `dev`, the weights of the epoch with the best macro-F1 on it are kept. With `saved`, a run that was
    stopped goes on after its last whole epoch. The model comes back to the CPU. Raises CheckpointError if
    `saved` cannot be used.
    """
    torch.manual_seed(settings.seed)
    generator = np.random.default_rng(settings.seed)
    model.to(device)
    _set_dropout(model, settings.dropout)
    course = Course(model, OPTIMIZERS[settings.optimizer](model, settings), generator)
    if saved:
        saved.load_into(course)
        logger.info("%d of %d epochs are done", course.epoch, settings.epochs)
    while not _is_over(course, settings):
        loss = _run_epoch(course, tokenizer, examples, settings)
        course.epoch += 1
        if dev:
            course.keep_if_best(macro_f1(model, tokenizer, dev, settings.max_length))
        verdict = f", macro-F1 on dev {course.best_score:.3f} at best (epoch {course.best_epoch})" if dev else ""
        logger.info("epoch %d of %d: loss %.3f%s", course.epoch, settings.epochs, loss, verdict)
        if saved:
            saved.save(course)
    if course.best_weights is not None:
        model.load_state_dict(course.best_weights)
    model.to("cpu").eval()
    return course


def macro_f1(
    model: PreTrainedModel, tokenizer: Tokenizer, sentences: Sequence[LabelledSentence], max_length: int
) -> float:
    """Return the macro-F1 over the eight labels on `sentences`; leaves the model in eval mode."""
    logits = predict_logits(model.eval(), tokenizer, [sentence.text for sentence in sentences], max_length)
    return score(softmax(logits), [LABELS.index(sentence.emotion) for sentence in sentences], LABELS).macro_f1


def balanced_weights(examples: Sequence[Example]) -> np.ndarray:
    """Return a weight per example (n,), mean one: its own weight, raised where its emotions are rare."""
    targets = np.stack([example.target for example in examples])
    own = np.array([example.weight for example in examples], dtype=np.float32)
    shares = (targets * own[:, None]).sum(axis=0)
    rarity = np.sqrt(shares.sum() / np.maximum(shares, 1e-6) / len(Emotion))
    weights = own * (targets @ rarity)
    return (weights / weights.mean()).astype(np.float32)


def one_label_each(examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return soft targets for a learner that wants one label a row, as three arrays (m,).

    An example stands once per emotion it has a share of: its number, the emotion's column, and its balanced
    weight times that share.
    """
    shares = np.stack([example.target for example in examples])
    rows, columns = np.nonzero(shares)
    return rows, columns, shares[rows, columns] * balanced_weights(examples)[rows]


def predict_logits(
    model: PreTrainedModel, tokenizer: Tokenizer, texts: Sequence[str], max_length: int
) -> np.ndarray:
    """Return the logits (n, k) of normalised `texts` from the torch model, before export."""
    cut = Tokenizer.from_str(tokenizer.to_str())
    cut.enable_truncation(max_length)
    rows = [cut.encode(text).ids for text in texts]
    logits = np.zeros((len(rows), model.config.num_labels), dtype=np.float32)
    with torch.inference_mode():
        for batch in bucketed([len(row) for row in rows], 4096, np.random.default_rng(0)):
            tokens, attention = padded([rows[i] for i in batch], model.config.pad_token_id or 0)
            outputs = model(tokens.to(model.device), attention_mask=attention.to(model.device))
            logits[batch] = outputs.logits.float().cpu().numpy()
    return logits


def _is_over(course: Course, settings: FinetuneSettings) -> bool:
    waited = course.epoch - course.best_epoch if course.best_epoch else 0
    return course.epoch >= settings.epochs or (settings.patience is not None and waited >= settings.patience)


def _run_epoch(
    course: Course, tokenizer: Tokenizer, examples: Sequence[Example], settings: FinetuneSettings
) -> float:
    """Show every example once; returns the mean loss."""
    targets = torch.from_numpy(np.stack([example.target for example in examples]))
    weights = torch.from_numpy(balanced_weights(examples))
    noisy = with_dropped_merges(tokenizer, settings.merge_dropout)
    noisy.enable_truncation(settings.max_length)
    rows = [noisy.encode(roughen(example.text, course.generator)).ids for example in examples]
    batches = list(_batches([len(row) for row in rows], settings, course.generator))
    course.model.train()
    losses = []
    reported = started = time.monotonic()
    for number, batch in enumerate(batches):
        done = (course.epoch + number / len(batches)) / settings.epochs
        set_learning_rate(course.optimizer, settings.learning_rate, done, settings.warmup_share)
        tokens, attention = padded([rows[i] for i in batch], course.model.config.pad_token_id or 0)
        losses.append(_step(course.model, course.optimizer, tokens, attention, targets[batch], weights[batch]))
        now = time.monotonic()
        if now - reported > SECONDS_BETWEEN_REPORTS:
            reported = now
            left = (len(batches) - number - 1) * (now - started) / (number + 1) / 60
            logger.info(
                "epoch %d: step %d of %d, loss %.3f, %.0f minutes left in this epoch",
                course.epoch + 1,
                number + 1,
                len(batches),
                np.mean(losses[-100:]),
                left,
            )
    return float(np.mean(losses))


def _batches(
    lengths: Sequence[int], settings: FinetuneSettings, generator: np.random.Generator
) -> Iterator[np.ndarray]:
    if settings.batch_size is None:
        return bucketed(lengths, settings.tokens_per_batch, generator)
    order = generator.permutation(len(lengths))
    return iter(np.split(order, range(settings.batch_size, len(order), settings.batch_size)))


def _step(model, optimizer, tokens, attention, targets, weights) -> float:
    device = model.device
    # bfloat16 needs no scaling of the loss; older GPUs, which lack it, go on in float32.
    has_bfloat16 = device.type == "cpu" or (device.type == "cuda" and torch.cuda.is_bf16_supported())
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=has_bfloat16):
        logits = model(tokens.to(device), attention_mask=attention.to(device)).logits
    losses = nn.functional.cross_entropy(logits.float(), targets.to(device), reduction="none")
    loss = (losses * weights.to(device)).mean()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _set_dropout(model: nn.Module, rate: float) -> None:
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = rate
