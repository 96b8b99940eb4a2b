"""Batches of sentences of like length, since most of what people type is short."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch


def bucketed(
    lengths: Sequence[int], tokens_per_batch: int, generator: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield index arrays in random order; each batch holds about `tokens_per_batch` padded tokens."""
    lengths = np.asarray(lengths)
    # A little noise keeps the same neighbours from meeting in every epoch.
    order = np.argsort(lengths + generator.uniform(0, 2, len(lengths)), kind="stable")
    batches, start = [], 0
    while start < len(order):
        end = start + max(1, tokens_per_batch // int(lengths[order[start]] + 1))
        longest = int(lengths[order[start:end]].max())
        end = start + max(1, tokens_per_batch // longest)
        batches.append(order[start:end])
        start = end
    for number in generator.permutation(len(batches)):
        yield batches[number]


def padded(rows: Sequence[Sequence[int]], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return token ids (n, longest) filled up with `pad`, and the attention mask of the same shape."""
    width = max(len(row) for row in rows)
    tokens = np.full((len(rows), width), pad, dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    for number, row in enumerate(rows):
        tokens[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return torch.from_numpy(tokens), torch.from_numpy(mask)
