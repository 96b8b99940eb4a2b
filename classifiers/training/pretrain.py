"""Pretraining: a small BERT learns Korean from unlabelled text, and from reviews what praise sounds like."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from classifiers.training.batches import bucketed, padded
from classifiers.training.checkpoint import PretrainingRecord
from classifiers.training.schedule import set_learning_rate
from classifiers.training.tokenizer import CLS, MASK, PAD, SEP, with_dropped_merges

logger = logging.getLogger(__name__)

NO_RATING = -1.0
MASKED_SHARE = 0.15
POLARITY_SAY = 0.3
# The embeddings know more of rare words than our texts can teach; they move slowly, so as not to forget it.
EMBEDDING_PACE = 0.2


@dataclass(frozen=True)
class PretrainSettings:
    """How long and how hard to pretrain; `minutes` is wall time, the learning rate falls to zero within it."""

    minutes: float = 44.0
    learning_rate: float = 1e-3
    warmup_share: float = 0.03
    tokens_per_batch: int = 2048
    max_length: int = 48
    merge_dropout: float = 0.05
    seed: int = 0


@dataclass(frozen=True)
class PretrainingText:
    """A text and its polarity from 0 (worst) to 1 (best), or NO_RATING."""

    text: str
    polarity: float = NO_RATING


def small_bert(vocabulary_size: int, pad: int) -> BertModel:
    """Return an untrained encoder: 4 layers of width 256, 4 heads, about seven million weights."""
    config = BertConfig(
        vocab_size=vocabulary_size,
        hidden_size=256,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=1024,
        max_position_embeddings=130,
        pad_token_id=pad,
        # So short a pretraining never sees a text often enough to learn it by heart.
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    encoder = BertModel(config, add_pooling_layer=True)
    # On a CPU and at these lengths the plain product is a third faster than the fused kernel.
    encoder.set_attn_implementation("eager")
    return encoder


class Pretrainer(nn.Module):
    """The encoder with two heads: guess the masked tokens, and tell the polarity from the pooled [CLS]."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))
        self.polarity = nn.Linear(width, 1)

    def forward(self, tokens, attention, guessed, answers, polarity) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the loss of the guesses at the places `guessed` (n, length) and the polarity loss."""
        states = self.encoder(tokens, attention_mask=attention)
        embeddings = self.encoder.embeddings.word_embeddings.weight
        scores = self.transform(states.last_hidden_state[guessed]) @ embeddings.T + self.bias
        guess_loss = nn.functional.cross_entropy(scores.float(), answers)
        rated = polarity >= 0
        if not rated.any():
            return guess_loss, torch.zeros(())
        logits = self.polarity(states.pooler_output[rated]).squeeze(-1).float()
        return guess_loss, nn.functional.binary_cross_entropy_with_logits(logits, polarity[rated])


def pretrain(
    tokenizer: Tokenizer, embeddings: np.ndarray, texts: Sequence[PretrainingText], settings: PretrainSettings
) -> tuple[BertModel, PretrainingRecord]:
    """Train a small BERT on `texts` until the minutes are over; tokens begin as `embeddings` (vocabulary, 256)."""
    torch.manual_seed(settings.seed)
    generator = np.random.default_rng(settings.seed)
    encoder = small_bert(tokenizer.get_vocab_size(), tokenizer.token_to_id(PAD))
    table = encoder.get_input_embeddings().weight
    table.data.copy_(torch.from_numpy(embeddings))
    model = Pretrainer(encoder).train()
    others = [weight for weight in model.parameters() if weight is not table]
    groups = [{"params": others}, {"params": [table], "pace": EMBEDDING_PACE, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(
        groups, lr=settings.learning_rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    started = time.monotonic()
    seconds = settings.minutes * 60
    step = 0
    for tokens, polarity in _endless_batches(tokenizer, texts, settings, generator):
        done = (time.monotonic() - started) / seconds
        if done >= 1:
            break
        set_learning_rate(optimizer, settings.learning_rate, done, settings.warmup_share)
        losses = _step(model, optimizer, tokens, polarity, tokenizer, generator)
        step += 1
        if step % 200 == 1:
            logger.info("step %d, %3.0f %%: masked %.3f, polarity %.3f", step, 100 * done, *losses)
    return encoder, PretrainingRecord(len(texts), step, round((time.monotonic() - started) / 60, 1))


def _endless_batches(tokenizer, texts, settings, generator):
    noisy = with_dropped_merges(tokenizer, settings.merge_dropout)
    noisy.enable_truncation(settings.max_length)
    polarity = torch.tensor([text.polarity for text in texts])
    chunk = 50_000  # encoded anew each time, so that dropped merges differ and memory stays small
    while True:
        order = generator.permutation(len(texts))
        for start in range(0, len(order), chunk):
            chosen = order[start : start + chunk]
            rows = [encoding.ids for encoding in noisy.encode_batch([texts[i].text for i in chosen])]
            for batch in bucketed([len(row) for row in rows], settings.tokens_per_batch, generator):
                yield [rows[i] for i in batch], polarity[chosen[batch]]


def _step(model, optimizer, rows, polarity, tokenizer, generator) -> tuple[float, float]:
    tokens, attention = padded(rows, tokenizer.token_to_id(PAD))
    masked, guessed = mask_tokens(tokens, tokenizer, generator)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        guess_loss, polarity_loss = model(masked, attention, guessed, tokens[guessed], polarity)
    optimizer.zero_grad(set_to_none=True)
    (guess_loss + POLARITY_SAY * polarity_loss).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return guess_loss.item(), polarity_loss.item()


def mask_tokens(
    tokens: torch.Tensor, tokenizer: Tokenizer, generator: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return `tokens` with MASKED_SHARE hidden, and the boolean places (n, length) to guess; never fewer than one.

    Of the chosen tokens 80 % become [MASK], 10 % another token, 10 % stay (Devlin et al. 2019).
    """
    special = torch.tensor([tokenizer.token_to_id(token) for token in (PAD, CLS, SEP)])
    ordinary = ~torch.isin(tokens, special)
    guessed = torch.from_numpy(generator.random(tokens.shape) < MASKED_SHARE) & ordinary
    if not guessed.any():
        guessed = ordinary
    fate = torch.from_numpy(generator.random(tokens.shape))
    masked = tokens.clone()
    masked[guessed & (fate < 0.8)] = tokenizer.token_to_id(MASK)
    swapped = guessed & (fate >= 0.9)
    others = generator.integers(len(special) + 2, tokenizer.get_vocab_size(), int(swapped.sum()))
    masked[swapped] = torch.from_numpy(others)
    return masked, guessed
