"""The pieces of training: sources, split, tokenizer, batches, masks, variants, calibration."""

import os
from collections import Counter

import numpy as np
import pytest
import torch

from classifiers.corpus import read_corpus
from classifiers.labels import Emotion
from classifiers.training.augment import roughen
from classifiers.training.bag import fit_bag
from classifiers.training.batches import bucketed, padded
from classifiers.training.calibrate import fit_thresholds, loss_of
from classifiers.training.finetune import balanced_weights
from classifiers.training.label_maps import GOEMOTIONS, KOTE
from classifiers.training.pretrain import mask_tokens
from classifiers.training.sources import (
    LABELS,
    Example,
    one_hot,
    read_chats,
    read_goemotions,
    read_kote,
    read_reviews,
)
from classifiers.training.split import HELD_OUT_PARTS, split_corpus
from classifiers.training.tokenizer import train_tokenizer, with_dropped_merges
from classifiers.views import to_five
from tests.parts import ROOT

TEXTS = ["오늘 너무 행복해", "왜 이렇게 화가 나지", "내일이 걱정돼", "안녕 반가워"] * 5


@pytest.fixture(scope="module")
def data():
    """The folder of the open data sets, which are not part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        assert "CI" not in os.environ, f"{folder} must be there under CI"
        pytest.skip(f"no {folder}")
    return folder


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer(TEXTS, 200)


def test_every_label_of_the_open_sets_has_a_row(data):
    for name, table in (("goemotions-korean", GOEMOTIONS), ("kote", KOTE)):
        assert list(table) == (data / name / "labels.txt").read_text(encoding="utf-8").split()


def test_open_sets_give_distributions(data):
    examples = read_goemotions(data, "dev", 0.3) + read_kote(data, "val", 0.5)
    assert len(examples) > 10_000
    np.testing.assert_allclose([example.target.sum() for example in examples], 1, atol=1e-5)


def test_reviews_and_chats_are_read(data):
    reviews = read_reviews(data, 1_000)
    assert len(reviews) == 1_000
    assert {review.rating for review in reviews} <= set(range(1, 11))
    assert len(read_chats(data)) == 23_646


def test_no_held_out_part_is_trained_on_or_tuned_with():
    split = split_corpus(read_corpus())
    assert {sentence.part for sentence in split.held_out} == HELD_OUT_PARTS
    assert not {sentence.part for sentence in split.train + split.dev} & HELD_OUT_PARTS
    assert len(split.train) + len(split.dev) + len(split.held_out) == len(read_corpus())
    assert set(Counter(sentence.emotion for sentence in split.dev)) == set(Emotion)


def test_an_encoding_is_cls_sentence_sep(tokenizer):
    tokens = tokenizer.encode("오늘 너무 행복해").tokens
    assert (tokens[0], tokens[-1]) == ("[CLS]", "[SEP]")
    assert tokenizer.decode(tokenizer.encode("오늘 너무 행복해").ids) == "오늘 너무 행복해"


def test_long_laughter_reads_like_short(tokenizer):
    assert tokenizer.encode("안녕ㅋㅋㅋㅋㅋㅋㅋ").ids == tokenizer.encode("안녕ㅋㅋㅋ").ids


def test_dropped_merges_vary_the_splitting_and_leave_the_original_alone(tokenizer):
    noisy = with_dropped_merges(tokenizer, 0.5)
    assert len({tuple(noisy.encode("오늘 너무 행복해").ids) for _ in range(20)}) > 1
    assert len({tuple(tokenizer.encode("오늘 너무 행복해").ids) for _ in range(20)}) == 1


def test_batches_hold_every_sentence_once_and_respect_the_budget():
    lengths = np.random.default_rng(0).integers(2, 40, 500)
    batches = list(bucketed(lengths, 200, np.random.default_rng(1)))
    assert sorted(np.concatenate(batches)) == list(range(500))
    assert max(lengths[batch].max() * len(batch) for batch in batches) <= 200


def test_padding_is_masked():
    tokens, mask = padded([[5, 6, 7], [8]], 0)
    assert tokens.tolist() == [[5, 6, 7], [8, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_masks_spare_special_tokens_and_never_leave_nothing_to_guess(tokenizer):
    rows = [tokenizer.encode(text).ids for text in TEXTS]
    tokens, _ = padded(rows, 0)
    masked, guessed = mask_tokens(tokens, tokenizer, np.random.default_rng(0))
    special = torch.tensor([tokenizer.token_to_id(token) for token in ("[PAD]", "[CLS]", "[SEP]")])
    assert guessed.any()
    assert not torch.isin(tokens[guessed], special).any()
    assert (masked[~guessed] == tokens[~guessed]).all()
    for seed in range(30):
        assert mask_tokens(tokens[:1, :3], tokenizer, np.random.default_rng(seed))[1].any()


def test_a_variant_keeps_every_letter():
    generator = np.random.default_rng(0)
    variants = {roughen("나 오늘 너무 슬퍼...", generator) for _ in range(200)}
    assert "나오늘너무슬퍼..." in variants
    assert "나 오늘 너무 슬퍼" in variants
    assert {variant.replace(" ", "").rstrip(".") for variant in variants} == {"나오늘너무슬퍼"}
    assert {roughen("...", generator) for _ in range(50)} == {"..."}


def test_rare_emotions_weigh_more():
    common, rare = one_hot(Emotion.JOY), one_hot(Emotion.HURT)
    weights = balanced_weights([Example("", common, 1.0)] * 9 + [Example("", rare, 1.0)])
    assert weights[-1] > weights[0]
    assert weights.mean() == pytest.approx(1)


def test_the_loss_is_that_worked_out_by_hand():
    logits = np.log(np.array([[0.5, 0.3, 0.2, 0, 0, 0, 0, 0], [0.25, 0.25, 0.5, 0, 0, 0, 0, 0]]) + 1e-30)
    assert loss_of(logits, [Emotion.JOY, Emotion.SADNESS]) == pytest.approx(-(np.log(0.5) + np.log(0.25)) / 2)


def examples_of(*pairs):
    return [Example(text, one_hot(emotion), 1.0) for text, emotion in pairs]


def test_a_bag_learns_from_the_parts_of_words():
    bag = fit_bag(
        examples_of(
            ("너무 슬퍼", Emotion.SADNESS),
            ("슬퍼요", Emotion.SADNESS),
            ("정말 좋아", Emotion.JOY),
            ("좋아요", Emotion.JOY),
            ("왜 화내", Emotion.ANGER),
            ("화내지 마", Emotion.ANGER),
        ),
        buckets=4096,
    )
    guesses = bag.logits(["슬퍼서", "좋아서", "화내면"]).argmax(axis=1)
    assert [LABELS[guess] for guess in guesses] == [Emotion.SADNESS, Emotion.JOY, Emotion.ANGER]
    assert np.isfinite(bag.logits(["", "q"])).all()


def test_a_bag_of_two_emotions_is_refused():
    with pytest.raises(ValueError, match="three or more"):
        fit_bag(examples_of(("슬퍼", Emotion.SADNESS), ("좋아", Emotion.JOY)))


def test_thresholds_ask_few_of_the_emotional_sentences():
    probabilities = np.random.default_rng(0).dirichlet(np.full(8, 0.3), 1_000)
    thresholds = fit_thresholds(probabilities, [LABELS[number % 7] for number in range(1_000)])
    neutral = probabilities[:, LABELS.index(Emotion.NEUTRAL)]
    assert (neutral >= thresholds.neutral_above).mean() == pytest.approx(0.04, abs=0.003)
    assert (to_five(probabilities, LABELS).max(axis=1) < thresholds.unsure_below).mean() <= 0.07


def test_thresholds_of_a_sure_model_stay_at_an_even_chance():
    truth = [LABELS[number % 7] for number in range(100)]
    thresholds = fit_thresholds(np.eye(8)[[LABELS.index(emotion) for emotion in truth]], truth)
    assert (thresholds.neutral_above, thresholds.unsure_below) == (0.5, 0.5)
