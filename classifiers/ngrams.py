"""Character n-grams as hashed numbers: the parts of words that a bag-of-n-grams branch of a model looks up."""

import zlib

import numpy as np

from classifiers.text import normalize_text

LENGTHS = (1, 2, 3, 4)
# Bucket 0 fills up the rows of a batch and means nothing.
FILLER = 0


def hash_ngrams(text: str, buckets: int) -> np.ndarray:
    """Return the different n-grams of `text` as sorted numbers (m,) from 1 to `buckets` - 1.

    An n-gram is one to four characters long, and sees the ends of its word as a space. An empty text gives (0,).
    """
    grams = set()
    for word in normalize_text(text).lower().split():
        padded = f" {word} "
        for length in LENGTHS:
            grams.update(padded[start : start + length] for start in range(len(padded) - length + 1))
    grams.discard(" ")
    numbers = {zlib.crc32(gram.encode()) % (buckets - 1) + 1 for gram in grams}
    return np.array(sorted(numbers), dtype=np.int64)
