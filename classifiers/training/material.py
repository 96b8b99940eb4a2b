"""Gathering what one training run learns from: sentences with targets, and text to pretrain on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.corpus import LabelledSentence, read_corpus
from classifiers.training.pretrain import PretrainingText
from classifiers.training.sources import (
    Example,
    MissingDataError,
    one_hot,
    read_chats,
    read_goemotions,
    read_kote,
    read_reviews,
)
from classifiers.training.split import CorpusSplit, split_corpus

# The corpus is written for this very task; machine-translated Reddit and news comments are further away.
CORPUS_WEIGHT, KOTE_WEIGHT, GOEMOTIONS_WEIGHT = 1.0, 0.4, 0.12
# How often a text stands in the pretraining pool, so that talk is not drowned by film reviews.
CORPUS_COPIES, EMOTION_COPIES, CHAT_COPIES = 4, 2, 2


@dataclass(frozen=True)
class Material:
    """The corpus split, and the open emotion sets that are trained on besides."""

    split: CorpusSplit
    open_examples: list[Example]

    @property
    def examples(self) -> list[Example]:
        """All that is fine-tuned on."""
        return [as_example(sentence) for sentence in self.split.train] + self.open_examples

    @property
    def held_out_parts(self) -> list[str]:
        """The names of the corpus parts that judge."""
        return sorted({sentence.part for sentence in self.split.held_out})


def as_example(sentence: LabelledSentence) -> Example:
    """Return a corpus line as an example that is sure of its label."""
    return Example(sentence.text, one_hot(sentence.emotion), CORPUS_WEIGHT)


def gather_material(corpus: Path, data: Path, limit: int | None = None) -> Material:
    """Read corpus and open emotion sets, at most `limit` rows of each open set.

    Raises CorpusError or MissingDataError, naming the file, for what cannot be read, and MissingDataError
    if the corpus has no held-out part or nothing else.
    """
    split = split_corpus(read_corpus(corpus))
    if not (split.train and split.dev and split.held_out):
        raise MissingDataError(
            f"the corpus under {corpus} gives {len(split.train)} training, {len(split.dev)} dev and "
            f"{len(split.held_out)} held-out lines; each must be more than none"
        )
    open_sets = (
        read_goemotions(data, "train", GOEMOTIONS_WEIGHT),
        read_goemotions(data, "dev", GOEMOTIONS_WEIGHT),
        read_kote(data, "val", KOTE_WEIGHT),
    )
    return Material(split, [example for examples in open_sets for example in examples[:limit]])


def gather_pretraining_text(material: Material, data: Path, limit: int | None = None) -> list[PretrainingText]:
    """Return the pretraining pool: reviews with their rating, and talk, some of it several times over."""
    talk = [sentence.text for sentence in material.split.train] * CORPUS_COPIES
    talk += [example.text for example in material.open_examples] * EMOTION_COPIES
    talk += read_chats(data)[:limit] * CHAT_COPIES
    reviews = read_reviews(data, limit)
    return [PretrainingText(text) for text in talk] + [
        PretrainingText(review.text, (review.rating - 1) / 9) for review in reviews
    ]


def tokenizer_text(texts: Sequence[PretrainingText]) -> list[str]:
    """Return the texts a tokenizer learns from: all talk, and a third of the far more numerous reviews."""
    reviews = [text.text for text in texts if text.polarity >= 0]
    return [text.text for text in texts if text.polarity < 0] + reviews[::3]
