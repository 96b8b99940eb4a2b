"""EmotionClassifier: Korean sentences in, probabilities of emotions out, with ONNX Runtime alone."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from classifiers.labels import Emotion
from classifiers.model_folder import (
    DEFAULT_EMOTION_FOLDER,
    REMEDY,
    EmotionConfig,
    EmotionModelFolder,
    ModelFolderError,
    Thresholds,
)
from classifiers.ngrams import FILLER, hash_ngrams
from classifiers.text import normalize_text

BATCH_SIZE = 16
# What the graph of a sequence-classification checkpoint may ask for, and where an encoding keeps it.
ENCODING_FIELDS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
# What our own graphs ask for besides: the hashed character n-grams of the sentence.
NGRAMS = "ngram_ids"


class EmotionClassifier:
    """Reads emotions in sentences; safe to call from several threads at once."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, config: EmotionConfig) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._config = config
        self._inputs = tuple(node.name for node in session.get_inputs())

    @classmethod
    def from_pretrained(cls, folder: str | Path | None = None) -> "EmotionClassifier":
        """Load a model folder, the shipped one by default.

        Works for every Hugging Face sequence-classification checkpoint exported to the same files. Raises
        ModelFolderError, naming the file and what to do, if the folder cannot be used.
        """
        files = EmotionModelFolder(Path(folder) if folder is not None else DEFAULT_EMOTION_FOLDER)
        files.require_files()
        config = files.read_config()
        classifier = cls(_open_session(files.model), _open_tokenizer(files.tokenizer, config), config)
        classifier._check(files)
        return classifier

    @property
    def labels(self) -> tuple[Emotion, ...]:
        """The emotions the model knows, in the order of the columns of `predict_proba`."""
        return self._config.labels

    @property
    def thresholds(self) -> Thresholds:
        """The probabilities at which the bot asks instead of answering, tuned with the model."""
        return self._config.thresholds

    def predict_proba(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probabilities (n, k) as float32, a row per sentence that sums to one.

        Sentences are normalised first, and cut to the model's length. An empty list gives (0, k). Raises
        TypeError for a bare string or an element that is not a string.
        """
        if isinstance(texts, str):
            raise TypeError("expected a list of sentences, got one str; wrap it in a list")
        sentences = [self._fields_of(text) for text in texts]
        probabilities = np.zeros((len(sentences), len(self.labels)), dtype=np.float32)
        by_length = sorted(range(len(sentences)), key=lambda number: len(sentences[number]["input_ids"]))
        for start in range(0, len(by_length), BATCH_SIZE):
            batch = by_length[start : start + BATCH_SIZE]
            logits = self._logits([sentences[number] for number in batch])
            probabilities[batch] = softmax(logits / self._config.temperature)
        return probabilities

    def _fields_of(self, text: str) -> dict[str, Sequence[int]]:
        """Return the numbers of one sentence for every input of the graph."""
        normalized = normalize_text(text)
        encoding = self._tokenizer.encode(normalized)
        fields = {name: getattr(encoding, field) for name, field in ENCODING_FIELDS.items()}
        if NGRAMS in self._inputs:
            fields[NGRAMS] = hash_ngrams(normalized, self._config.ngram_buckets)
        return fields

    def _logits(self, sentences: Sequence[dict[str, Sequence[int]]]) -> np.ndarray:
        feed = {}
        for name in self._inputs:
            filler = self._config.pad_token_id if name == "input_ids" else FILLER
            width = max(1, *(len(sentence[name]) for sentence in sentences))
            rows = np.full((len(sentences), width), filler, dtype=np.int64)
            for row, sentence in zip(rows, sentences, strict=True):
                row[: len(sentence[name])] = sentence[name]
            feed[name] = rows
        return self._session.run(None, feed)[0]

    def _check(self, files: EmotionModelFolder) -> None:
        """Run one sentence through, so that a graph and a config that do not fit fail here, not in a chat."""
        strange = set(self._inputs) - {*ENCODING_FIELDS, NGRAMS}
        if strange:
            raise ModelFolderError(f"{files.model} wants unknown inputs {sorted(strange)}; {REMEDY}")
        if NGRAMS in self._inputs and self._config.ngram_buckets is None:
            raise ModelFolderError(f"{files.config} has no ngram_buckets, but the graph wants n-grams; {REMEDY}")
        try:
            shape = self._logits([self._fields_of("안녕하세요")]).shape
        except Exception as error:  # ONNX Runtime's errors share no class but this one
            raise ModelFolderError(f"{files.model} does not run: {error}; {REMEDY}") from error
        if shape != (1, len(self.labels)):
            raise ModelFolderError(
                f"{files.model} gives scores of shape {shape} for one sentence, but {files.config.name} "
                f"names {len(self.labels)} labels; {REMEDY}"
            )


def _open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One sentence is too little work to share out, and idle worker threads would spin.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors share no class but this one
        raise ModelFolderError(f"cannot load {path}: {error}; {REMEDY}") from error


def _open_tokenizer(path: Path, config: EmotionConfig) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises Exception itself
        raise ModelFolderError(f"cannot load {path}: {error}; {REMEDY}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(config.max_length)
    return tokenizer


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the probabilities (n, k) of logits (n, k)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
