"""Corpora that users bring, once read: the sentences of their dialogues, and the splits."""

import random
from itertools import pairwise

import pytest

from classifiers.labels import Emotion
from classifiers.training.user_corpora import Dialogue, as_sentences, split_dialogues


def test_every_human_turn_becomes_a_sentence_with_the_emotion_of_its_dialogue():
    dialogues = [Dialogue("a", Emotion.JOY, ("하나", "둘")), Dialogue("b", Emotion.CALM, ("셋",))]
    assert as_sentences(dialogues) == [
        ("하나", Emotion.JOY, "a"),
        ("둘", Emotion.JOY, "a"),
        ("셋", Emotion.CALM, "b"),
    ]
    assert as_sentences(dialogues, only_first=True) == [("하나", Emotion.JOY, "a"), ("셋", Emotion.CALM, "b")]


@pytest.fixture(scope="module")
def many():
    """Two thousand dialogues, of which every second begins as its neighbour does."""
    return [
        Dialogue(str(number), Emotion.JOY, (f"{number // 2}번째{mark} 이야기", f"{number}번"))
        for number, mark in zip(range(2000), [" ", "!"] * 1000, strict=True)
    ]


def test_a_split_gives_every_dialogue_to_one_side_about_as_the_shares_say(many):
    splits = split_dialogues(many, (0.8, 0.1, 0.1))
    assert sorted(dialogue.id for split in splits for dialogue in split) == sorted(map(str, range(2000)))
    for split, share in zip(splits, (0.8, 0.1, 0.1), strict=True):
        assert len(split) / 2000 == pytest.approx(share, abs=0.03)
        assert all(int(one.id) < int(other.id) for one, other in pairwise(split))


def test_dialogues_that_begin_alike_stay_on_one_side(many):
    for split in split_dialogues(many, (0.5, 0.5)):
        ids = {int(dialogue.id) for dialogue in split}
        assert {number ^ 1 for number in ids} == ids


def test_a_split_depends_on_content_and_seed_not_on_order_or_company(many):
    train, test = split_dialogues(many, (0.7, 0.3), seed=1)
    shuffled = random.Random(0).sample(many, 1000)
    some_train, some_test = split_dialogues(shuffled, (0.7, 0.3), seed=1)
    assert set(some_train) <= set(train)
    assert set(some_test) <= set(test)
    assert split_dialogues(many, (0.7, 0.3), seed=2) != (train, test)


@pytest.mark.parametrize("shares", [(), (0.5, 0.4), (1.5, -0.5), (1.0, 0.0)])
def test_shares_that_are_no_shares_are_refused(shares):
    with pytest.raises(ValueError, match="positive and sum to one"):
        split_dialogues([], shares)
