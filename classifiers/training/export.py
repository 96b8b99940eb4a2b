"""From a torch checkpoint to what serving reads: a folder with an ONNX graph and nothing of torch."""

import json
import math
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import torch
from torch import nn
from transformers import PreTrainedModel

from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.blend import Blend, BlendNetwork
from classifiers.training.foreign_labels import LabelReading
from classifiers.training.precisions import write_int8


class ClassifierNetwork(nn.Module):
    """A sequence classifier as a module with plain tensors in and logits of our labels out."""

    def __init__(self, model: PreTrainedModel, reading: LabelReading) -> None:
        super().__init__()
        self.model = model
        shares = torch.from_numpy(reading.shares).clamp(min=torch.finfo(torch.float32).tiny)
        self.register_buffer("log_shares", None if reading.is_one_to_one else shares.log())

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return logits (n, k) of token ids and mask (n, tokens); token types default to zero."""
        logits = self.model(input_ids=input_ids, attention_mask=attention_mask).logits
        if self.log_shares is None:
            return logits
        # The sum of shares of probabilities, on logits; as a product of matrices it would become int8.
        return torch.logsumexp(logits[:, :, None] + self.log_shares, dim=1)


class TorchSession:
    """A network that runs as an ONNX session does, for EmotionClassifier to read texts with."""

    def __init__(self, network: ClassifierNetwork) -> None:
        self._network = network.eval()

    def get_inputs(self) -> list[SimpleNamespace]:
        """Return an object with a name per input."""
        return [SimpleNamespace(name=name) for name in ("input_ids", "attention_mask")]

    def run(self, _: None, feed: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """Return the logits (n, k), in a list, of token ids and mask (n, tokens)."""
        with torch.inference_mode():
            return [self._network(**{name: torch.from_numpy(rows) for name, rows in feed.items()}).numpy()]


def write_model_folder(blend: Blend, config: EmotionConfig, folder: Path) -> None:
    """Write graph, tokenizer and configuration of a blend, all that serving needs, to `folder`."""
    files = EmotionModelFolder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        export_onnx(blend, exact)
        write_int8(exact, files.model)
    blend.checkpoint.tokenizer.save(str(files.tokenizer))
    write_config(config, blend.checkpoint.model.config.model_type, files)


def write_config(config: EmotionConfig, model_type: str, files: EmotionModelFolder) -> None:
    """Write config.json; `model_type` is for readers only."""
    settings = {
        "model_type": model_type,
        "id2label": {str(number): label for number, label in enumerate(config.labels)},
        "max_length": config.max_length,
        "pad_token_id": config.pad_token_id,
        "ngram_buckets": config.ngram_buckets,
        "temperature": config.temperature,
        "thresholds": asdict(config.thresholds),
    }
    files.config.write_text(json.dumps(settings, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def export_onnx(blend: Blend, path: Path) -> None:
    """Write `blend` as a float32 ONNX graph with free batch and sequence axes, weights inside the file."""
    tokens = torch.randint(5, blend.checkpoint.model.config.vocab_size, (2, 7))
    ngrams = torch.randint(1, len(blend.bag.table), (2, 11))
    inputs = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens), "ngram_ids": ngrams}
    _export(BlendNetwork(blend), inputs, path)


def export_classifier(model: PreTrainedModel, reading: LabelReading, path: Path) -> None:
    """Write a classifier as `export_onnx` does a blend, its labels read as ours."""
    tokens = torch.randint(5, model.config.vocab_size, (2, 7))
    inputs = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
    _export(ClassifierNetwork(model, reading), inputs, path)


def count_weights(path: Path) -> int:
    """Return how many numbers the tensors stored in a graph hold."""
    return sum(math.prod(tensor.dims) for tensor in onnx.load(path).graph.initializer)


def _export(network: nn.Module, inputs: Mapping[str, torch.Tensor], path: Path) -> None:
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    program = torch.onnx.export(
        network.eval(),
        tuple(inputs.values()),
        input_names=list(inputs),
        output_names=["logits"],
        dynamic_shapes=(free,) * len(inputs),
        dynamo=True,
        verbose=False,
    )
    program.save(str(path), external_data=False)
