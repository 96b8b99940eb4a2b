"""The baseline to beat: logistic regression over TF-IDF of character n-grams, on the same data."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from classifiers.training.finetune import one_label_each
from classifiers.training.sources import LABELS, Example

# The best of 1, 3 and 10 on the dev lines.
INVERSE_REGULARISATION = 3.0


class Baseline:
    """A fitted baseline with the same verb as the classifier."""

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
