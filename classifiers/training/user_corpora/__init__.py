"""Corpora that users bring: the AI Hub dialogues and sentences as they are downloaded, and plain tables."""

from classifiers.training.user_corpora.dialogue import Dialogue, as_sentences, split_dialogues
from classifiers.training.user_corpora.files import UserCorpusError
from classifiers.training.user_corpora.reader import read_user_corpus

__all__ = ["Dialogue", "UserCorpusError", "as_sentences", "read_user_corpus", "split_dialogues"]
