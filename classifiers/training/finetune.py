"""Fine-tuning: a sequence-classification checkpoint learns our emotions from soft targets."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import PreTrainedModel

from classifiers.labels import Emotion
from classifiers.training.augment import roughen
from classifiers.training.batches import bucketed, padded
from classifiers.training.schedule import set_learning_rate
from classifiers.training.sources import Example
from classifiers.training.tokenizer import with_dropped_merges

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FinetuneSettings:
    """How to fine-tune; `merge_dropout` varies the splitting of words into tokens."""

    epochs: int = 5
    learning_rate: float = 4e-4
    warmup_share: float = 0.1
    weight_decay: float = 0.05
    tokens_per_batch: int = 1536
    max_length: int = 64
    dropout: float = 0.1
    merge_dropout: float = 0.1
    seed: int = 0


def finetune(
    model: PreTrainedModel, tokenizer: Tokenizer, examples: Sequence[Example], settings: FinetuneSettings
) -> PreTrainedModel:
    """Train `model` in place on `examples`, sentences roughened anew each epoch; returns it in eval mode."""
    torch.manual_seed(settings.seed)
    generator = np.random.default_rng(settings.seed)
    noisy = with_dropped_merges(tokenizer, settings.merge_dropout)
    noisy.enable_truncation(settings.max_length)
    targets = torch.from_numpy(np.stack([example.target for example in examples]))
    weights = torch.from_numpy(balanced_weights(examples))
    _set_dropout(model.train(), settings.dropout)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay, fused=True
    )
    for epoch in range(settings.epochs):
        rows = [noisy.encode(roughen(example.text, generator)).ids for example in examples]
        batches = list(bucketed([len(row) for row in rows], settings.tokens_per_batch, generator))
        losses = []
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / settings.epochs
            set_learning_rate(optimizer, settings.learning_rate, done, settings.warmup_share)
            tokens, attention = padded([rows[i] for i in batch], model.config.pad_token_id or 0)
            losses.append(_step(model, optimizer, tokens, attention, targets[batch], weights[batch]))
        logger.info("epoch %d of %d: loss %.3f", epoch + 1, settings.epochs, np.mean(losses))
    return model.eval()


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
            logits[batch] = model(tokens, attention_mask=attention).logits.numpy()
    return logits


def _step(model, optimizer, tokens, attention, targets, weights) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(tokens, attention_mask=attention).logits
    losses = nn.functional.cross_entropy(logits.float(), targets, reduction="none")
    loss = (losses * weights).mean()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _set_dropout(model: nn.Module, rate: float) -> None:
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = rate
