"""The shipped graph against KoBERT's architecture: same tokens, same threads, the graphs alone."""

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
import torch
from transformers import BertConfig, BertForSequenceClassification

from classifiers.labels import Emotion
from classifiers.model_folder import DEFAULT_EMOTION_FOLDER, EmotionModelFolder
from classifiers.training.export import export_classifier
from classifiers.training.foreign_labels import LabelReading
from classifiers.training.precisions import PRECISIONS
from tests.bench.timing import print_table, seconds_of

THREADS = os.cpu_count()
# skt/kobert-base-v1 (12 layers, 768 wide, as BERT) with a head for our labels; random weights are as fast.
KOBERT = BertConfig(vocab_size=8002, pad_token_id=1, num_labels=len(Emotion))
ONE_TO_ONE = LabelReading(tuple(Emotion), {label: {label: 1.0} for label in Emotion})
VOCABULARY = 8_000
# What sentences of the corpus have, on average.
NGRAMS_PER_TOKEN = 5

Inputs = Mapping[str, np.ndarray]
Candidate = Callable[[Inputs], object]


class Case(NamedTuple):
    """A size of input, and for how many seconds to measure it; of `calls` in a row the first warms the caches."""

    batch: int
    tokens: int
    seconds: float
    calls: int


CASES = (Case(1, 24, 10, 4), Case(1, 64, 10, 4), Case(32, 24, 12, 1), Case(32, 64, 20, 1))
LEAST_ROUNDS = 3


def measure() -> None:
    """Measure every candidate in every case and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        candidates = open_candidates(Path(folder))
        rows = [row for case in CASES for row in measure_case(case, candidates)]
    print_table(
        f"Graphs alone, {THREADS} threads each (load average {os.getloadavg()[0]:.1f}); ms per sentence",
        ["sentences × tokens", "model", "p50", "p95", "sentences/s", "calls"],
        rows,
    )


def open_candidates(folder: Path) -> dict[str, Candidate]:
    """Make KoBERT in three forms, through our own export, and open the shipped graph."""
    torch.manual_seed(0)
    torch.set_num_threads(THREADS)
    model = BertForSequenceClassification(KOBERT).eval()
    exact, small = folder / "exact.onnx", folder / "int8.onnx"
    export_classifier(model, ONE_TO_ONE, exact)
    PRECISIONS["int8"](exact, small)
    return {
        "shipped, ONNX int8": open_graph(EmotionModelFolder(DEFAULT_EMOTION_FOLDER).model),
        "KoBERT, ONNX int8": open_graph(small),
        "KoBERT, ONNX fp32": open_graph(exact),
        "KoBERT, torch fp32": run_by_torch(model),
    }


def open_graph(path: Path) -> Candidate:
    """A graph under ONNX Runtime; it is handed those inputs that it wants."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    # Else its idle threads would spin on into the turn of the next candidate.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    wanted = [node.name for node in session.get_inputs()]
    return lambda inputs: session.run(None, {name: inputs[name] for name in wanted})


def run_by_torch(model: BertForSequenceClassification) -> Candidate:
    """The model under torch, in inference mode."""

    def run(inputs: Inputs) -> None:
        with torch.inference_mode():
            model(torch.from_numpy(inputs["input_ids"]), torch.from_numpy(inputs["attention_mask"]))

    return run


def measure_case(case: Case, candidates: Mapping[str, Candidate]) -> list[list[object]]:
    """Return a row per candidate. They take turns, in an order drawn anew each round, so that noise hits all."""
    random = np.random.default_rng(0)
    shape = (case.batch, case.tokens)
    inputs = {
        "input_ids": random.integers(5, VOCABULARY, shape),
        "attention_mask": np.ones(shape, dtype=np.int64),
        "ngram_ids": random.integers(1, 2**18, (case.batch, case.tokens * NGRAMS_PER_TOKEN)),
    }
    times: dict[str, list[float]] = {name: [] for name in candidates}
    started, rounds = time.perf_counter(), 0
    while rounds < LEAST_ROUNDS or time.perf_counter() - started < case.seconds:
        rounds += 1
        for name in random.permutation(list(candidates)):
            turn = [seconds_of(candidates[name], inputs) for _ in range(case.calls)]
            times[name] += turn[1:] or turn
    return [[f"{case.batch} × {case.tokens}", name, *figures(times[name], case.batch)] for name in candidates]


def figures(times: list[float], batch: int) -> list[str]:
    """Milliseconds per sentence (p50, p95), sentences per second, and the number of calls, as words."""
    p50, p95 = np.percentile(times, [50, 95]) * 1000 / batch
    return [f"{p50:.2f}", f"{p95:.2f}", f"{batch * len(times) / sum(times):,.0f}", str(len(times))]
