"""Kiwi's morpheme embeddings, recovered, and the embeddings of our tokens made from them."""

import numpy as np
import pytest
from kiwipiepy import Kiwi

from classifiers.training.morphemes import WIDTH, embed_tokens, recover_embeddings
from classifiers.training.sources import read_reviews
from classifiers.training.tokenizer import train_tokenizer


@pytest.fixture(scope="module")
def kiwi():
    return Kiwi()


def test_the_recovered_embeddings_have_the_cosines_that_kiwi_tells(kiwi):
    numbers = np.arange(200, 3200)
    known, vectors = recover_embeddings(kiwi, numbers, np.random.default_rng(0))
    assert vectors.shape == (len(known), WIDTH)
    assert len(known) > 2000
    generator = np.random.default_rng(1)
    for one, other in generator.integers(0, len(known), (200, 2)):
        told = kiwi.morpheme_similarity(int(known[one]), int(known[other]))
        assert vectors[one] @ vectors[other] == pytest.approx(told, abs=0.01)


def test_tokens_begin_near_tokens_of_like_meaning(data):
    texts = [review.text for review in read_reviews(data, 20_000)]
    tokenizer = train_tokenizer(texts, 6_000)
    embeddings = embed_tokens(tokenizer, texts)
    assert embeddings.shape == (tokenizer.get_vocab_size(), WIDTH)
    assert np.isfinite(embeddings).all()

    def cosine(one, other):
        a, b = (embeddings[tokenizer.token_to_id(f"▁{word}")] for word in (one, other))
        return a @ b / np.linalg.norm(a) / np.linalg.norm(b)

    assert cosine("슬픈", "무서운") > cosine("슬픈", "배우") + 0.2
    assert np.linalg.norm(embeddings[tokenizer.token_to_id("[MASK]")]) < 0.6
