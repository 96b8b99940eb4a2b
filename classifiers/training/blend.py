"""The network that ships: the encoder's scores and the bag's, each with its say, added up."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from classifiers.corpus import LabelledSentence
from classifiers.ngrams import FILLER
from classifiers.training.bag import Bag
from classifiers.training.calibrate import loss_of
from classifiers.training.checkpoint import Checkpoint
from classifiers.training.finetune import predict_logits

SAYS = np.round(np.arange(0.0, 2.01, 0.05), 2)


class Blend(NamedTuple):
    """A fine-tuned encoder, a bag, and how much each has to say."""

    checkpoint: Checkpoint
    bag: Bag
    encoder_say: float
    bag_say: float

    def logits(self, texts: Sequence[str], max_length: int) -> np.ndarray:
        """Return the logits (n, 8) of normalised texts."""
        encoder = predict_logits(self.checkpoint.model, self.checkpoint.tokenizer, texts, max_length)
        return self.encoder_say * encoder + self.bag_say * self.bag.logits(texts)


def fit_blend(checkpoint: Checkpoint, bag: Bag, dev: Sequence[LabelledSentence], max_length: int) -> Blend:
    """Choose the two says, each from 0 to 2, with the least negative log-likelihood on `dev`.

    They also do what a temperature does (Guo et al. 2017): both are small where both are too sure.
    """
    texts, truth = [sentence.text for sentence in dev], [sentence.emotion for sentence in dev]
    encoder = predict_logits(checkpoint.model, checkpoint.tokenizer, texts, max_length)
    grams = bag.logits(texts)
    says = [(own, other) for own in SAYS for other in SAYS]
    best = min(says, key=lambda say: loss_of(say[0] * encoder + say[1] * grams, truth))
    return Blend(checkpoint, bag, float(best[0]), float(best[1]))


class BlendNetwork(nn.Module):
    """A blend as one torch module with plain tensors in and out, as the exporter wants it."""

    def __init__(self, blend: Blend) -> None:
        super().__init__()
        self.model = blend.checkpoint.model
        self.encoder_say = blend.encoder_say
        self.table = nn.Embedding.from_pretrained(torch.from_numpy(blend.bag_say * blend.bag.table).float())
        self.register_buffer("bias", torch.from_numpy(blend.bag_say * blend.bag.bias).float())

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, ngram_ids: torch.Tensor
    ) -> torch.Tensor:
        """Return logits (n, 8) of token ids and mask (n, tokens) and hashed n-grams (n, m), FILLER at the end."""
        encoder = self.model(input_ids=input_ids, attention_mask=attention_mask).logits
        number = (ngram_ids != FILLER).sum(dim=1, keepdim=True).clamp(min=1)
        grams = self.table(ngram_ids).sum(dim=1) / number.sqrt()
        return self.encoder_say * encoder + grams + self.bias
