"""The baselines to beat, on the same data: the commonest label, and a logistic regression over TF-IDF n-grams."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from classifiers.training.finetune import one_label_each
from classifiers.training.sources import LABELS, Example

# The best of 1, 3 and 10 on the dev lines.
INVERSE_REGULARISATION = 3.0


class Majority:
    """Says of every sentence what the training data is most often about."""

    def __init__(self, shares: np.ndarray) -> None:
        self._shares = shares

    @classmethod
    def fit(cls, examples: Sequence[Example]) -> "Majority":
        """Learn the share of each label, examples counting with their weights; there must be one at least."""
        total = np.sum([example.weight * example.target for example in examples], axis=0, dtype=np.float64)
        return cls(total / total.sum())

    def predict_proba(self, texts: Sequence[str]) -> np.ndarray:
        """Return the shares (n, 8) of the labels, the same for every text."""
        return np.tile(self._shares, (len(texts), 1))


class Baseline:
    """A fitted logistic regression with the same verb as the classifier."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    @classmethod
    def fit(cls, examples: Sequence[Example]) -> "Baseline":
        """Fit on soft targets, see `one_label_each`."""
        rows, columns, weights = one_label_each(examples)
        pipeline = Pipeline(
            [
                (
                    "ngrams",
                    TfidfVectorizer(
                        analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True, dtype=np.float32
                    ),
                ),
                ("regression", LogisticRegression(C=INVERSE_REGULARISATION, max_iter=400)),
            ]
        )
        texts = [examples[row].text for row in rows]
        pipeline.fit(texts, columns, regression__sample_weight=weights)
        return cls(pipeline)

    def predict_proba(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probabilities (n, 8) over LABELS; a label never seen in training gets zero."""
        probabilities = np.zeros((len(texts), len(LABELS)))
        probabilities[:, self._pipeline.classes_] = self._pipeline.predict_proba(list(texts))
        return probabilities
