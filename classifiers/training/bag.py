"""The bag of character n-grams: a logistic regression whose weights become a table that a graph looks up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from classifiers.ngrams import hash_ngrams
from classifiers.training.finetune import one_label_each
from classifiers.training.sources import LABELS, Example

BUCKETS = 2**18
# Better on the dev lines than 10.
INVERSE_REGULARISATION = 3.0
# An n-gram that only one sentence has teaches nothing about others.
LEAST_SENTENCES = 2
# Keeps the scaled features near one, where the regularisation is tuned.
RARITY_SCALE = 6.0


@dataclass(frozen=True)
class Bag:
    """Scores per n-gram, `table` (buckets, 8), and per label, `bias` (8,), as float32."""

    table: np.ndarray
    bias: np.ndarray

    def logits(self, texts: Sequence[str]) -> np.ndarray:
        """Return (n, 8): the bias plus the sum of each text's rows over the root of their number."""
        return _features(texts, len(self.table)) @ self.table + self.bias


def fit_bag(examples: Sequence[Example], buckets: int = BUCKETS) -> Bag:
    """Fit on soft targets, see `one_label_each`.

    Raises ValueError for examples of fewer than three emotions, where the regression has another shape.
    """
    features = _features([example.text for example in examples], buckets)
    sentences = np.bincount(features.indices, minlength=buckets)
    known = np.flatnonzero(sentences >= LEAST_SENTENCES)
    rarity = ((np.log((1 + len(examples)) / (1 + sentences[known])) + 1) / RARITY_SCALE).astype(np.float32)
    rows, columns, weights = one_label_each(examples)
    if len(set(columns)) < 3:
        raise ValueError(f"a bag needs examples of three or more emotions, got {len(set(columns))}")
    regression = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=400)
    scaled = features[:, known].multiply(rarity).tocsr()
    regression.fit(scaled[rows], columns, sample_weight=weights)
    table = np.zeros((buckets, len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), regression.intercept_.min(), dtype=np.float32)
    table[np.ix_(known, regression.classes_)] = rarity[:, None] * regression.coef_.T
    bias[regression.classes_] = regression.intercept_
    return Bag(table, bias)


def _features(texts: Sequence[str], buckets: int) -> csr_matrix:
    rows = [hash_ngrams(text, buckets) for text in texts]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(len(row), 1)), dtype=np.float32) for row in rows])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(texts), buckets))
