"""Encoders to fine-tune: the hyperparameters known for each, and where a checkpoint's files are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError

# What is fetched beside the weights. Code that a repository may hold is never fetched and never run.
DESCRIPTIONS = ("*.json", "*.txt", "*.model")
# A repository often holds the same weights several times over: the first kind found is taken.
WEIGHTS = (("model.safetensors", "model-*.safetensors"), ("pytorch_model.bin", "pytorch_model-*.bin"))


class CheckpointError(ValueError):
    """A checkpoint that is missing, cannot be read or does not fit; the message says what to do."""


@dataclass(frozen=True)
class Preset:
    """How to fine-tune one encoder: sentences of at most `max_length` tokens, `batch_size` of them a step."""

    checkpoint: str
    max_length: int = 64
    batch_size: int = 32
    epochs: int = 15
    learning_rate: float = 5e-5
    optimizer: str = "adamw"


# Lengths, batches and epochs of KoBERT (its fine-tuning variant has the same), KLUE-BERT, KLUE-RoBERTa and
# KoELECTRA are those of the original project's tables; optimizer and rate of the large RoBERTa those of a
# sister project, which took it over KcBERT, KcELECTRA and KoBERT. The rest is customary.
PRESETS: Mapping[str, Preset] = {
    "kobert": Preset("skt/kobert-base-v1", batch_size=128),
    "kobert-augmented": Preset("skt/kobert-base-v1", batch_size=8),
    "kobert-monologg": Preset("monologg/kobert", batch_size=128),
    "klue-bert": Preset("klue/bert-base", batch_size=64),
    "klue-roberta": Preset("klue/roberta-base"),
    "klue-roberta-large": Preset("klue/roberta-large", learning_rate=1e-6, optimizer="adafactor"),
    "koelectra": Preset("monologg/koelectra-base-v3-discriminator", max_length=128, batch_size=64),
    "kcbert": Preset("beomi/kcbert-base"),
    "kcelectra": Preset("beomi/KcELECTRA-base"),
}


def preset_of(backbone: str, preset: str | None = None) -> Preset:
    """Return how to fine-tune `backbone`, which is the name of a preset, a hub name or a folder.

    The hyperparameters are those of the preset called `preset`, else of the one with that name or for that
    hub name, else the defaults. Raises KeyError if no preset is called `preset`.
    """
    checkpoint = PRESETS[backbone].checkpoint if backbone in PRESETS else backbone
    if preset is None:
        matching = [name for name, row in PRESETS.items() if backbone in (name, row.checkpoint)]
        preset = backbone if backbone in matching else next(iter(matching), None)
    return replace(PRESETS[preset], checkpoint=checkpoint) if preset else Preset(checkpoint)


def slug_of(backbone: str) -> str:
    """Return the last part of a preset's name, hub name or path, in lower case, to name folders by."""
    name = Path(backbone).resolve().name if Path(backbone).is_dir() else backbone.rpartition("/")[2]
    return name.lower()


def fetch_checkpoint(name: str) -> Path:
    """Return the folder of a checkpoint: `name` itself, or the local copy of the hub's repository `name`.

    What the hub has given once is not fetched again. Raises CheckpointError when there is neither.
    """
    if Path(name).is_dir():
        return Path(name)
    try:
        for patterns in WEIGHTS:
            folder = Path(snapshot_download(name, allow_patterns=[*DESCRIPTIONS, *patterns]))
            if _holds(folder, patterns):
                break
    except HFValidationError as error:
        raise CheckpointError(f"no folder {name}; give a checkpoint's folder or its name on the hub") from error
    except RepositoryNotFoundError as error:
        raise CheckpointError(
            f"no folder {name}, and no public checkpoint of that name on the hub; "
            "look the name up on https://huggingface.co/models"
        ) from error
    except (HfHubHTTPError, OSError) as error:
        raise CheckpointError(
            f"no folder {name}, and the hub cannot be reached ({type(error).__name__}); "
            "download the checkpoint where it can be, and give its folder"
        ) from error
    return folder


def require_checkpoint(folder: Path) -> None:
    """Raise CheckpointError unless `folder` holds a configuration and torch weights."""
    if not (folder / "config.json").is_file():
        raise CheckpointError(f"no config.json in the checkpoint folder {folder}; give the folder of a checkpoint")
    if not any(_holds(folder, patterns) for patterns in WEIGHTS):
        names = " or ".join(names[0] for names in WEIGHTS)
        raise CheckpointError(f"no weights in the checkpoint folder {folder}; expected {names}")


def megabytes_of_weights(folder: Path) -> float:
    """Return the size of the torch weights in a checkpoint folder."""
    patterns = next((patterns for patterns in WEIGHTS if _holds(folder, patterns)), ())
    return sum(file.stat().st_size for pattern in patterns for file in folder.glob(pattern)) / 1e6


def _holds(folder: Path, patterns: tuple[str, ...]) -> bool:
    return any(True for pattern in patterns for _ in folder.glob(pattern))
