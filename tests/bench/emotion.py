"""The shipped emotion model as the bot uses it: from text, one thread a call."""

import json
import os
import subprocess
import sys

import numpy as np
import psutil

from classifiers.emotion import EmotionClassifier
from tests.bench.timing import milliseconds, print_table, sentences, timed
from tests.parts import ROOT

SINGLE, BATCH, BATCHES, FRESH = 1_000, 256, 8, 5
# Waits after each step until its memory has been read.
FRESH_PROCESS = """
import json, time

def step(**figures):
    print(json.dumps(figures), flush=True)
    input()

step()
from classifiers.emotion import EmotionClassifier
step()
started = time.perf_counter()
classifier = EmotionClassifier.from_pretrained()
loading = time.perf_counter() - started
classifier.predict_proba(["오늘 하루도 참 길고 힘들었어"])
step(loading=loading)
"""


def measure() -> None:
    """Measure the shipped model and print a table with the goals."""
    texts = sentences()
    classifier = EmotionClassifier.from_pretrained()
    single = timed(lambda text: classifier.predict_proba([text]), texts[:SINGLE])
    batches = timed(classifier.predict_proba, np.split(np.array(texts[: BATCH * BATCHES], dtype=object), BATCHES))
    fresh = [start_fresh() for _ in range(FRESH)]
    loading = np.array([seconds for seconds, _ in fresh])
    python, imported, ready = np.median([memory for _, memory in fresh], axis=0)
    print_table(
        f"The shipped model, one thread a call (load average {os.getloadavg()[0]:.1f})",
        ["what", "p50", "p95", "goal"],
        [
            ["classify one sentence", *milliseconds(single), "p95 ≤ 2 ms"],
            [f"sentences per second, {BATCH} at once", f"{BATCH / np.median(batches):,.0f}", "", "≥ 1,500"],
            [f"load in a fresh process ({FRESH} times)", *milliseconds(loading), "≤ 300 ms"],
            ["memory of that process, a sentence read", f"{ready:.0f} MB", "", "≤ 150 MB"],
            ["- of that, Python", f"{python:.0f} MB", "", ""],
            ["- of that, imports", f"{imported - python:.0f} MB", "", ""],
        ],
    )


def start_fresh() -> tuple[float, list[float]]:
    """Load the model in a fresh process.

    Returns the seconds that loading took, and the resident megabytes at the start, after the imports, and with a
    sentence read.
    """
    memory, figures = [], {}
    with subprocess.Popen(
        [sys.executable, "-c", FRESH_PROCESS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            figures = json.loads(line)
            memory.append(psutil.Process(process.pid).memory_info().rss / 2**20)
            process.stdin.write("\n")
            process.stdin.flush()
    return figures["loading"], memory
