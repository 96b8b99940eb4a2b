"""What an emotion model folder holds, and reading its configuration with every mistake named."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifiers.labels import Emotion

MODELS = Path(__file__).parent / "models"
DEFAULT_EMOTION_FOLDER = MODELS / "emotion"


class ModelFolderError(Exception):
    """A model folder, or a file in it, that is missing or cannot be used."""


@dataclass(frozen=True)
class Thresholds:
    """When the bot asks instead of answering.

    It asks when P(중립) is at least `neutral_above`, or when the strongest of the five emotions (in the
    SMOODY-5 view) is below `unsure_below`. Both are probabilities.
    """

    neutral_above: float
    unsure_below: float

    def is_neutral(self, neutral: float | np.ndarray) -> bool | np.ndarray:
        """Whether P(중립), one or an array (n,), is too high to answer."""
        return neutral >= self.neutral_above

    def is_unsure(self, strongest: float | np.ndarray) -> bool | np.ndarray:
        """Whether the strongest of the five, one or an array (n,), is too weak to answer."""
        return strongest < self.unsure_below


@dataclass(frozen=True)
class EmotionConfig:
    """What config.json says: the labels in column order, and how the model was tuned.

    `ngram_buckets` is None for a model without a bag of character n-grams beside its encoder.
    """

    labels: tuple[Emotion, ...]
    max_length: int
    temperature: float
    pad_token_id: int
    thresholds: Thresholds
    ngram_buckets: int | None = None


@dataclass(frozen=True)
class EmotionModelFolder:
    """Every file of an emotion model folder, by name."""

    path: Path

    @property
    def model(self) -> Path:
        """The int8 ONNX graph: token ids (and hashed n-grams) in, logits (n, k) out."""
        return self.path / "model.onnx"

    @property
    def tokenizer(self) -> Path:
        """The whole tokenizer, as the `tokenizers` library writes it."""
        return self.path / "tokenizer.json"

    @property
    def config(self) -> Path:
        """Labels (id2label), max_length, pad_token_id, temperature, thresholds and perhaps ngram_buckets."""
        return self.path / "config.json"

    @property
    def card(self) -> Path:
        """The model card."""
        return self.path / "README.md"

    @property
    def metrics(self) -> Path:
        """The figures of the card, for programs."""
        return self.path / "metrics.json"

    def require_files(self) -> None:
        """Raise ModelFolderError unless the files that serving needs are there."""
        if not self.path.is_dir():
            raise ModelFolderError(f"no model folder {self.path}; give one that scripts.train_emotion wrote")
        for file in (self.config, self.tokenizer, self.model):
            if not file.is_file():
                raise ModelFolderError(f"no {file.name} in {self.path}; {REMEDY}")

    def read_config(self) -> EmotionConfig:
        """Read config.json. Raises ModelFolderError, saying what is wrong, for one that cannot be used."""
        try:
            settings = json.loads(self.config.read_text(encoding="utf-8"))
            return _parse_config(settings)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ModelFolderError(f"cannot read {self.config}: {error}; {REMEDY}") from error
        except KeyError as error:
            raise ModelFolderError(f"{self.config} has no {error}; {REMEDY}") from error
        except (TypeError, ValueError, AttributeError) as error:
            raise ModelFolderError(f"{self.config} is not usable: {error}; {REMEDY}") from error


REMEDY = "restore the folder or train it anew with `python -m scripts.train_emotion`"


def _parse_config(settings: dict) -> EmotionConfig:
    names = settings["id2label"]
    labels = tuple(Emotion(names[str(number)]) for number in range(len(names)))
    if len(labels) < 2 or len(set(labels)) != len(labels):
        raise ValueError(f"id2label must name two or more different emotions, got {list(names.values())}")
    thresholds = settings["thresholds"]
    buckets = settings.get("ngram_buckets")
    return EmotionConfig(
        labels=labels,
        max_length=_whole("max_length", settings["max_length"], least=3),
        temperature=_number("temperature", settings["temperature"], least=0.01, most=100.0),
        pad_token_id=_whole("pad_token_id", settings["pad_token_id"], least=0),
        thresholds=Thresholds(
            neutral_above=_number("neutral_above", thresholds["neutral_above"], least=0.0, most=1.0),
            unsure_below=_number("unsure_below", thresholds["unsure_below"], least=0.0, most=1.0),
        ),
        ngram_buckets=None if buckets is None else _whole("ngram_buckets", buckets, least=2),
    )


def _whole(name: str, value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value!r}")
    return value


def _number(name: str, value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} must be a number, got {value!r}")
    if not least <= value <= most:
        raise ValueError(f"{name} must be from {least} to {most}, got {value!r}")
    return float(value)
