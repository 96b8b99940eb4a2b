"""The learning rate over a run: a short rise to its peak, then a straight fall to zero."""

import torch


def set_learning_rate(optimizer: torch.optim.Optimizer, peak: float, done: float, warmup: float) -> None:
    """Set the rate for the share `done` (0 to 1) of a run whose first `warmup` share is the rise to `peak`.

    A group of parameters with a `pace` gets that multiple of it.
    """
    share = done / warmup if done < warmup else (1 - done) / (1 - warmup)
    for group in optimizer.param_groups:
        group["lr"] = peak * share * group.get("pace", 1.0)
