"""The baselines, and what of them stands in the card."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from classifiers.cases import Case, CaseSet
from classifiers.corpus import LabelledSentence
from classifiers.evaluation import evaluate
from classifiers.labels import Emotion
from classifiers.model_folder import DEFAULT_EMOTION_FOLDER, EmotionConfig, EmotionModelFolder, Thresholds
from classifiers.training.bag import fit_bag
from classifiers.training.baseline import Majority
from classifiers.training.card import Commands, Counts, Figures, Run, card_of
from classifiers.training.checkpoint import Checkpoint
from classifiers.training.finetune import FinetuneSettings
from classifiers.training.judging import judge_majority, judge_other_sets, judge_without_pretraining
from classifiers.training.material import Material
from classifiers.training.sources import LABELS, Example, one_hot
from classifiers.training.split import CorpusSplit
from classifiers.training.tokenizer import PAD, train_tokenizer

WORDS = {Emotion.JOY: "좋아", Emotion.SADNESS: "슬퍼", Emotion.ANGER: "화나", Emotion.NEUTRAL: "안녕"}


def lines(part, count):
    return [
        LabelledSentence(f"{word} {number}번째로 {word}", emotion, part)
        for emotion, word in WORDS.items()
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def material():
    """Sentences of four labels; 슬픔 is the commonest by weight."""
    split = CorpusSplit(lines("part01", 12), lines("part02", 3), lines("part04", 3))
    return Material(split, [Example("눈물이 나", one_hot(Emotion.SADNESS), 9.0)])


def test_the_majority_is_counted_with_weights(material):
    probabilities = Majority.fit(material.examples).predict_proba(["아무 말", ""])
    assert probabilities.shape == (2, 8)
    assert LABELS[probabilities[0].argmax()] == Emotion.SADNESS
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    assert probabilities[1, LABELS.index(Emotion.SADNESS)] == pytest.approx((12 + 9) / (48 + 9))


def test_the_majority_is_as_right_as_its_label_is_common(material):
    assert judge_majority(material).five.accuracy == pytest.approx(1 / 3)


def test_the_same_network_without_pretraining_is_judged_and_the_trained_one_stays(material):
    tokenizer = train_tokenizer([line.text for line in material.split.train] * 3, 120)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=34,
        pad_token_id=tokenizer.token_to_id(PAD),
        num_labels=len(LABELS),
    )
    model = BertForSequenceClassification(config)
    before = {name: weights.clone() for name, weights in model.state_dict().items()}
    evaluation = judge_without_pretraining(
        Checkpoint(model, tokenizer, None),
        fit_bag(material.examples, buckets=4096),
        material,
        FinetuneSettings(epochs=1, max_length=16),
    )
    assert evaluation.five.n == 9
    assert all(torch.equal(before[name], weights) for name, weights in model.state_dict().items())


def test_a_written_folder_is_judged_on_other_sets():
    cases = CaseSet("mine", [Case("정말 행복해", Emotion.JOY, "plain"), Case("hello", Emotion.NEUTRAL, "english")])
    (figures,) = judge_other_sets(EmotionModelFolder(DEFAULT_EMOTION_FOLDER), [cases])
    assert figures.name == "mine"
    assert figures.evaluation.kinds["english"].accuracy == 1.0


@pytest.fixture
def run():
    """A run with made-up figures and nothing that is optional."""
    thresholds = Thresholds(neutral_above=0.5, unsure_below=0.5)
    evaluation = evaluate(np.eye(8)[[0, 1]], LABELS, [Emotion.JOY, Emotion.JOY], thresholds)
    return Run(
        commands=Commands(train="train", judge="judge", judge_baseline="judge_baseline"),
        config=EmotionConfig(LABELS, 64, 1.0, 0, thresholds, 4096),
        counts=Counts(training=10, dev=2, held_out=2),
        held_out_parts=["part04"],
        model=evaluation,
        before_export=evaluation,
        agreement=0.995,
        baseline=evaluation,
        origin="bert",
        says=(0.3, 1.25),
        epochs=5,
        minutes=1.0,
        megabytes=8.9,
    )


def test_a_card_without_other_sets_has_no_section_for_them(run):
    assert "Figures on other sets" not in card_of(run)
    assert run.to_dict()["other_sets"] == run.to_dict()["more_baselines"] == {}


def test_more_baselines_and_other_sets_stand_in_card_and_metrics(run):
    fuller = replace(
        run,
        more_baselines=[Figures("majority", run.model)],
        other_sets=[Figures("kote-test", run.model, "evaluate --set kote-test")],
    )
    card = card_of(fuller)
    assert "\n| majority | 0.500 |" in card
    assert "\n| kote-test | 2 | 0.500 |" in card
    assert "- kote-test: `evaluate --set kote-test`" in card
    figures = fuller.to_dict()
    assert figures["more_baselines"]["majority"]["five"]["accuracy"] == 0.5
    assert figures["other_sets"]["kote-test"]["command"] == "evaluate --set kote-test"
