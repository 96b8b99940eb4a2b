"""What Kiwi knows of Korean morphemes, handed to the tokens of our own tokenizer to begin with.

Kiwi (kiwipiepy, Apache-2.0) carries embeddings of its morphemes that were learned on far more text than we
have. It shows them only as cosines, which are enough: the eigenvectors of the cosines among some landmarks
give the landmarks' embeddings up to a rotation (classical multidimensional scaling, Torgerson 1952), and the
cosines to the landmarks give everybody else's. Serving carries nothing of Kiwi.
"""

from array import array
from collections.abc import Sequence

import numpy as np
from kiwipiepy import Kiwi
from scipy.sparse import coo_matrix, csr_matrix
from tokenizers import Tokenizer

# The width of Kiwi's embeddings: the landmarks' cosines have so many eigenvalues, and then nothing.
WIDTH = 256
LANDMARKS = 800
# Kiwi numbers its morphemes from the commonest on; landmarks are drawn among the first ones.
COMMONEST = 4000
# A morpheme that stands more seldom in our texts than this stays unknown.
LEAST_COUNT = 3
# The length of an average token's embedding, at which a fresh encoder learns well.
LENGTH = 0.5


def embed_tokens(tokenizer: Tokenizer, texts: Sequence[str], seed: int = 0) -> np.ndarray:
    """Return an embedding per token (vocabulary, WIDTH): the mean of the morphemes it stands for in `texts`.

    Tokens that stand for no known morpheme, the special ones among them, get small random numbers.
    """
    generator = np.random.default_rng(seed)
    kiwi = Kiwi()
    meetings = _count_meetings(kiwi, tokenizer, texts)
    counts = np.asarray(meetings.sum(axis=0)).ravel()
    known, vectors = recover_embeddings(kiwi, np.flatnonzero(counts >= LEAST_COUNT), generator)
    # All of them lean to one side, which says nothing of any one.
    vectors = vectors - np.average(vectors, axis=0, weights=np.sqrt(counts[known]))
    sums, shares = meetings[:, known] @ vectors, np.asarray(meetings[:, known].sum(axis=1))
    means = np.divide(sums, shares, out=np.zeros_like(sums), where=shares > 0)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    noise = generator.normal(0, 0.02, means.shape)
    return np.where(lengths > 0, means * LENGTH / np.median(lengths[lengths > 0]), noise).astype(np.float32)


def recover_embeddings(
    kiwi: Kiwi, morphemes: Sequence[int], generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return those of `morphemes` (Kiwi's numbers) that have an embedding, and the embeddings (n, WIDTH).

    The cosine of two rows is what `Kiwi.morpheme_similarity` says of the two morphemes.
    """
    landmarks = generator.permutation(COMMONEST)[:LANDMARKS].tolist()
    among = np.array([[kiwi.morpheme_similarity(one, other) for other in landmarks] for one in landmarks])
    usable = np.isfinite(among.diagonal())
    values, vectors = np.linalg.eigh(among[np.ix_(usable, usable)])
    scaled = vectors[:, -WIDTH:] * np.sqrt(np.maximum(values[-WIDTH:], 1e-9))
    landmarks = [landmark for landmark, kept in zip(landmarks, usable, strict=True) if kept]
    cosines = np.array([[kiwi.morpheme_similarity(int(one), other) for other in landmarks] for one in morphemes])
    known = np.isfinite(cosines).all(axis=1)
    return np.asarray(morphemes)[known], cosines[known] @ np.linalg.pinv(scaled).T


def _count_meetings(kiwi: Kiwi, tokenizer: Tokenizer, texts: Sequence[str]) -> csr_matrix:
    """Count (vocabulary, morphemes) how many characters a token and a morpheme share, over all texts."""
    tokens, morphemes, shares = array("l"), array("l"), array("f")
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    for text, encoding, analysis in zip(texts, encodings, kiwi.tokenize(iter(texts)), strict=True):
        # A character may belong to several morphemes (갔 is 가 and 았) and then counts for each in part.
        owners = [[] for _ in range(len(text) + 1)]
        for morpheme in analysis:
            for place in range(morpheme.start, min(len(text), morpheme.start + max(morpheme.len, 1))):
                owners[place].append(morpheme.id)
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            for place in range(start, end):
                for morpheme in owners[place]:
                    tokens.append(token)
                    morphemes.append(morpheme)
                    shares.append(1 / len(owners[place]))
    shape = (tokenizer.get_vocab_size(), max(morphemes, default=0) + 1)
    return coo_matrix((shares, (tokens, morphemes)), shape).tocsr()
