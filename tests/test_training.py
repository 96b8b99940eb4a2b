"""The pieces of training: sources, split, tokenizer, batches, masks, variants, calibration."""

from collections import Counter

import numpy as np
import pytest
import torch

from classifiers.corpus import CORPUS_FOLDER, CorpusError, read_corpus
from classifiers.labels import Emotion
from classifiers.training.augment import roughen
from classifiers.training.bag import fit_bag
from classifiers.training.batches import bucketed, padded
from classifiers.training.calibrate import fit_thresholds, loss_of
from classifiers.training.finetune import balanced_weights
from classifiers.training.label_maps import GOEMOTIONS, KOTE
from classifiers.training.material import gather_material, gather_pretraining_text
from classifiers.training.pretrain import mask_tokens
from classifiers.training.sources import (
    CHAT_READINGS,
    CHAT_TEST_READINGS,
    KOTE_READINGS,
    LABELS,
    Example,
    one_hot,
    read_chat_readings,
    read_chats,
    read_goemotions,
    read_kote,
    read_kote_readings,
    read_reviews,
)
from classifiers.training.split import HELD_OUT_PARTS, split_corpus
from classifiers.training.tokenizer import train_tokenizer, with_dropped_merges
from classifiers.views import to_five

TEXTS = ["오늘 너무 행복해", "왜 이렇게 화가 나지", "내일이 걱정돼", "안녕 반가워"] * 5


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
    chats = read_chats(data)
    assert len(chats) == 11_823
    assert chats[0] == ("12시 땡!", "하루가 또 가네요.")


def test_readings_give_labels_to_rows_of_open_sets(data, tmp_path):
    readings = tmp_path / "readings.tsv"
    readings.write_text("1\t중립\n3\t기쁨\t평온\n", encoding="utf-8")
    plain, mixed = read_chat_readings(data, readings, 0.5)
    assert (plain.text, plain.weight) == ("12시 땡!", 0.5)
    assert (plain.target == one_hot(Emotion.NEUTRAL)).all()
    assert mixed.target @ [emotion == Emotion.JOY for emotion in LABELS] == pytest.approx(0.6)
    assert mixed.target.sum() == pytest.approx(1)
    assert read_chat_readings(data, tmp_path / "none.tsv", 0.5) == []


@pytest.mark.parametrize("line", ["1", "0\t기쁨", "11824\t기쁨", "x\t기쁨", "1\t행복", "1\t기쁨\t평온\t슬픔"])
def test_a_reading_that_does_not_fit_is_named_with_its_line(data, tmp_path, line):
    readings = tmp_path / "readings.tsv"
    readings.write_text(f"2\t중립\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"readings.tsv, line 2: expected `row TAB label"):
        read_chat_readings(data, readings, 0.5)


def test_our_readings_fit_and_those_that_judge_are_never_learned_from(data):
    learned = {example.text for example in read_chat_readings(data, CORPUS_FOLDER / CHAT_READINGS, 1.0)}
    judging = {example.text for example in read_chat_readings(data, CORPUS_FOLDER / CHAT_TEST_READINGS, 1.0)}
    assert len(read_kote_readings(data, CORPUS_FOLDER / KOTE_READINGS, 1.0)) > 4_000
    assert len(learned) > 9_000
    assert len(judging) == 1_680
    assert not learned & judging
    material = gather_material(CORPUS_FOLDER, data)
    pretraining = {text.text for text in gather_pretraining_text(material, CORPUS_FOLDER, data)}
    assert not judging & {example.text for example in material.examples}
    assert not judging & (pretraining - {review.text for review in read_reviews(data)})


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
