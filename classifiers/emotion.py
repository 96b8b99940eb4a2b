"""EmotionClassifier: Korean sentences in, probabilities of emotions out, with ONNX Runtime alone."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

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
from classifiers.sentences import split_to_fit
from classifiers.text import normalize_text

BATCH_SIZE = 16
# What the graph of a sequence-classification checkpoint may ask for, and where an encoding keeps it.
ENCODING_FIELDS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
# What our own graphs ask for besides: the hashed character n-grams of the sentence.
NGRAMS = "ngram_ids"
# The numbers of one sentence, by the input of the graph that wants them.
Fields = dict[str, Sequence[int]]
# No piece of a text is so sure that it does not have an emotion that it could forbid it to all others.
LEAST_PROBABILITY = 1e-6
# Without it the least doubtful of many neutral pieces would speak for all.
LEAST_WEIGHT = 0.05


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

        Sentences are normalised first. A text of more tokens than the model reads at once is split into its
        sentences, see `split_to_fit`, and their probabilities are combined, see `combine_pieces`. An empty list
        gives (0, k). Raises TypeError for a bare string or an element that is not a string.
        """
        if isinstance(texts, str):
            raise TypeError("expected a list of sentences, got one str; wrap it in a list")
        pieces_of = [self._pieces_of(text) for text in texts]
        probabilities = self._read([piece for pieces in pieces_of for piece in pieces])
        ends = np.cumsum([len(pieces) for pieces in pieces_of], dtype=int)
        combined = probabilities[ends - 1]
        for number, pieces in enumerate(pieces_of):
            if len(pieces) > 1:
                rows = probabilities[ends[number] - len(pieces) : ends[number]]
                combined[number] = combine_pieces(rows, self.labels)
        return combined

    def _pieces_of(self, text: str) -> list[Fields]:
        """Return the numbers of a text, whole if it fits, else of the pieces that it is split into."""
        normalized = normalize_text(text)
        encoding = self._tokenizer.encode(normalized)
        if not encoding.overflowing:
            return [self._fields_of(normalized, encoding)]
        pieces = split_to_fit(text, lambda piece: not self._tokenizer.encode(piece).overflowing)
        return [self._fields_of(piece, self._tokenizer.encode(piece)) for piece in pieces]

    def _fields_of(self, normalized: str, encoding: Encoding) -> Fields:
        """Return the numbers of one sentence for every input of the graph."""
        fields: Fields = {name: getattr(encoding, field) for name, field in ENCODING_FIELDS.items()}
        if NGRAMS in self._inputs:
            fields[NGRAMS] = hash_ngrams(normalized, self._config.ngram_buckets)
        return fields

    def _read(self, pieces: Sequence[Fields]) -> np.ndarray:
        """Return the probabilities (n, k) of pieces, those of like length read together."""
        probabilities = np.zeros((len(pieces), len(self.labels)), dtype=np.float32)
        by_length = sorted(range(len(pieces)), key=lambda number: len(pieces[number]["input_ids"]))
        for start in range(0, len(by_length), BATCH_SIZE):
            batch = by_length[start : start + BATCH_SIZE]
            logits = self._logits([pieces[number] for number in batch])
            probabilities[batch] = softmax(logits / self._config.temperature)
        return probabilities

    def _logits(self, sentences: Sequence[Fields]) -> np.ndarray:
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
            shape = self._logits(self._pieces_of("안녕하세요")[:1]).shape
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


def combine_pieces(probabilities: np.ndarray, labels: Sequence[Emotion]) -> np.ndarray:
    """Return the probabilities (k,) of a text from those of its pieces (m, k), columns named by `labels`.

    It is the weighted geometric mean, renormalised (a logarithmic opinion pool, Genest and Zidek 1986). A piece
    weighs what it leaves to the emotions, 1 - P(중립), so that plain facts around a feeling do not hide it, but at
    least LEAST_WEIGHT, so that a text of plain facts alone is neutral.
    """
    logs = np.log(np.maximum(probabilities, LEAST_PROBABILITY, dtype=np.float64))
    weights = np.ones(len(logs))
    if Emotion.NEUTRAL in labels:
        weights = np.maximum(1 - probabilities[:, labels.index(Emotion.NEUTRAL)], LEAST_WEIGHT)
    return softmax(np.average(logs, axis=0, weights=weights)[None])[0]
