"""A fine-tuning that can be stopped: everything that the next epoch depends on, in one file."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedModel

from classifiers.corpus import LabelledSentence
from classifiers.training.backbones import CheckpointError
from classifiers.training.checkpoint import Checkpoint
from classifiers.training.sources import Example

STATE_FILE = "state.pt"


@dataclass
class Course:
    """A fine-tuning between two epochs: `epoch` are done, `best_epoch` was the best on dev, from one, or zero."""

    model: PreTrainedModel
    optimizer: torch.optim.Optimizer
    generator: np.random.Generator
    epoch: int = 0
    best_epoch: int = 0
    best_score: float = -1.0
    best_weights: dict[str, torch.Tensor] | None = None

    def keep_if_best(self, score: float) -> None:
        """Remember the weights of the epoch just done if no earlier one scored as well."""
        if score > self.best_score:
            self.best_epoch, self.best_score = self.epoch, score
            self.best_weights = {
                name: weight.detach().cpu().clone() for name, weight in self.model.state_dict().items()
            }

    def state_dict(self) -> dict:
        """Return all that changes, random numbers to come included."""
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.bit_generator.state,
            "torch": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state_all(),
            "epoch": self.epoch,
            "best": (self.best_epoch, self.best_score, self.best_weights),
        }

    def load_state_dict(self, state: dict) -> None:
        """Go on from what `state_dict` returned."""
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.generator.bit_generator.state = state["generator"]
        torch.set_rng_state(state["torch"])
        if len(state["cuda"]) == torch.cuda.device_count():
            torch.cuda.set_rng_state_all(state["cuda"])
        self.epoch = state["epoch"]
        self.best_epoch, self.best_score, self.best_weights = state["best"]


class SavedCourse:
    """The file in `folder` that a course is kept in; `purpose` tells one run from another."""

    def __init__(self, folder: Path, purpose: str) -> None:
        self._path = folder / STATE_FILE
        self._purpose = purpose

    def load_into(self, course: Course) -> None:
        """Set `course` to where the run was stopped, if it was.

        Raises CheckpointError if the file is another run's, or broken.
        """
        if not self._path.is_file():
            return
        try:
            saved = torch.load(self._path, map_location="cpu", weights_only=True)
        except Exception as error:  # torch, zipfile and pickle share no class but this one
            raise CheckpointError(f"cannot read {self._path}: {error}; delete it to begin anew") from error
        if saved["purpose"] != self._purpose:
            raise CheckpointError(
                f"{self._path} is from a run on other data or with other options that was not finished; repeat "
                "that command, delete the file, or give another folder with --checkpoint"
            )
        course.load_state_dict(saved["course"])

    def save(self, course: Course) -> None:
        """Write the file; a run killed meanwhile finds the one before."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".unfinished")
        torch.save({"purpose": self._purpose, "course": course.state_dict()}, unfinished)
        os.replace(unfinished, self._path)


def forget_course(folder: Path) -> None:
    """Remove what a run would go on from: it is over."""
    (folder / STATE_FILE).unlink(missing_ok=True)


def purpose_of(
    checkpoint: Checkpoint,
    examples: Sequence[Example],
    dev: Sequence[LabelledSentence],
    settings: object,
) -> str:
    """Return a hash of all that a fine-tuning begins with; `settings` must print fully."""
    sentences = [(example.text, example.weight, *example.target.tolist()) for example in examples]
    begins_with = (settings, checkpoint.model.config, checkpoint.tokenizer.to_str(), sentences, list(dev))
    digest = hashlib.sha256("\n".join(map(str, begins_with)).encode())
    for weights in checkpoint.model.state_dict().values():
        digest.update(weights.numpy().tobytes())
    return digest.hexdigest()
