"""From a torch checkpoint to what serving reads: a folder with an int8 ONNX graph and nothing of torch."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.blend import Blend, BlendNetwork


def write_model_folder(blend: Blend, config: EmotionConfig, folder: Path) -> None:
    """Write graph, tokenizer and configuration, all that serving needs, to `folder`."""
    files = EmotionModelFolder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        export_onnx(blend, exact)
        quantize(exact, files.model)
    blend.checkpoint.tokenizer.save(str(files.tokenizer))
    settings = {
        "model_type": blend.checkpoint.model.config.model_type,
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
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    program = torch.onnx.export(
        BlendNetwork(blend).eval(),
        (tokens, torch.ones_like(tokens), ngrams),
        input_names=["input_ids", "attention_mask", "ngram_ids"],
        output_names=["logits"],
        dynamic_shapes=(free, free, free),
        dynamo=True,
        verbose=False,
    )
    program.save(str(path), external_data=False)


def quantize(source: Path, target: Path) -> None:
    """Write the graph `source` with int8 matrices and embeddings to `target`."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        graph = onnx.load(source)
        # The quantizer infers shapes itself and stumbles over those that the exporter left in.
        del graph.graph.value_info[:]
        onnx.save(graph, plain)
        quantize_dynamic(
            plain,
            target,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
        )
