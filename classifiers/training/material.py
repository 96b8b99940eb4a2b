"""Gathering what one training run learns from: sentences with targets, and text to pretrain on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifiers.corpus import LabelledSentence, read_corpus
from classifiers.training.pretrain import PretrainingText
from classifiers.training.sources import (
    CHAT_READINGS,
    CHAT_TEST_READINGS,
    KOTE_READINGS,
    LABELS,
    Example,
    MissingDataError,
    one_hot,
    read_chat_readings,
    read_chats,
    read_goemotions,
    read_kote,
    read_kote_readings,
    read_reviews,
)
from classifiers.training.split import CorpusSplit, split_corpus

# The corpus is written for this very task; real chat lines are next to it, but half of them are sad; news
# comments and machine-translated Reddit are further away.
CORPUS_WEIGHT, CHAT_WEIGHT, COMMENT_WEIGHT, KOTE_WEIGHT, GOEMOTIONS_WEIGHT = 1.0, 0.25, 0.3, 0.3, 0.24
# There are twice as many translated rows as of everything else; every second one says nearly as much.
GOEMOTIONS_STEP = 2
# One chat line in so many is kept for tuning.
CHAT_DEV_STEP = 12
# How often a text stands in the pretraining pool, so that talk is not drowned by film reviews.
CORPUS_COPIES, EMOTION_COPIES, CHAT_COPIES = 4, 2, 2


@dataclass(frozen=True)
class Material:
    """The corpus split, the open emotion sets that are trained on besides, and chat lines to tune on."""

    split: CorpusSplit
    open_examples: list[Example]
    chat_dev: list[LabelledSentence] = field(default_factory=list)

    @property
    def examples(self) -> list[Example]:
        """All that is fine-tuned on."""
        return [as_example(sentence) for sentence in self.split.train] + self.open_examples

    @property
    def tuning_lines(self) -> list[LabelledSentence]:
        """The dev lines of the corpus and the chat lines to tune on."""
        return [*self.split.dev, *self.chat_dev]

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
    chats = read_chat_readings(data, corpus / CHAT_READINGS, CHAT_WEIGHT)
    goemotions = [read_goemotions(data, split, GOEMOTIONS_WEIGHT) for split in ("train", "dev")]
    open_sets = (
        *(examples[::GOEMOTIONS_STEP] for examples in goemotions),
        read_kote(data, "val", KOTE_WEIGHT),
        read_kote_readings(data, corpus / KOTE_READINGS, COMMENT_WEIGHT),
        [chat for number, chat in enumerate(chats) if number % CHAT_DEV_STEP],
    )
    return Material(
        split,
        [example for examples in open_sets for example in examples[:limit]],
        [LabelledSentence(chat.text, LABELS[chat.target.argmax()], "chat") for chat in chats[::CHAT_DEV_STEP]],
    )


def gather_pretraining_text(
    material: Material, corpus: Path, data: Path, limit: int | None = None
) -> list[PretrainingText]:
    """Return the pretraining pool: reviews with their rating, and talk, some of it several times over.

    The chat lines that tune and judge are left out.
    """
    judging = {example.text for example in read_chat_readings(data, corpus / CHAT_TEST_READINGS, 0.0)}
    kept_out = judging | {line.text for line in material.chat_dev}
    chats = [text for chat in read_chats(data)[:limit] for text in chat if text not in kept_out]
    talk = [sentence.text for sentence in material.split.train] * CORPUS_COPIES
    talk += [example.text for example in material.open_examples] * EMOTION_COPIES
    talk += chats * CHAT_COPIES
    reviews = read_reviews(data, limit)
    return [PretrainingText(text) for text in talk] + [
        PretrainingText(review.text, (review.rating - 1) / 9) for review in reviews
    ]


def tokenizer_text(texts: Sequence[PretrainingText]) -> list[str]:
    """Return the texts a tokenizer learns from: all talk, and a third of the far more numerous reviews."""
    reviews = [text.text for text in texts if text.polarity >= 0]
    return [text.text for text in texts if text.polarity < 0] + reviews[::3]
