"""Fitting, evaluating and exporting the models. Serving never imports this package."""

from importlib.util import find_spec

TRAINING_LIBRARIES = (
    "torch",
    "transformers",
    "sklearn",
    "onnx",
    "onnxscript",
    "sentencepiece",
    "kiwipiepy",
    "openpyxl",
    "matplotlib",
)


class MissingTrainingLibraryError(ImportError):
    """A library of the `train` extra is not installed."""


_missing = [name for name in TRAINING_LIBRARIES if find_spec(name) is None]
if _missing:
    raise MissingTrainingLibraryError(
        f"training needs {', '.join(_missing)}; install the train extra: "
        "pip install -e '.[train]' -c constraints.txt"
    )
