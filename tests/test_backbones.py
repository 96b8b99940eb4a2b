"""Presets, where a checkpoint's files are, loading it, and reading its labels as ours."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from classifiers.labels import Emotion
from classifiers.training.backbones import PRESETS, CheckpointError, fetch_checkpoint, preset_of, slug_of
from classifiers.training.checkpoint import load_checkpoint, load_classifier
from classifiers.training.foreign_labels import parse_label_map, read_labels
from classifiers.training.label_maps import GOEMOTIONS, KOTE
from classifiers.training.user_corpora.labels import MAJOR, SINGLE_SENTENCE
from tests.checkpoints import LAYOUTS, write_checkpoint
from tests.parts import ROOT


@pytest.mark.parametrize(
    ("name", "max_length", "batch_size"),
    [("kobert", 64, 128), ("klue-bert", 64, 64), ("klue-roberta", 64, 32), ("koelectra", 128, 64)],
)
def test_presets_are_those_of_the_original_table(name, max_length, batch_size):
    preset = PRESETS[name]
    assert (preset.max_length, preset.batch_size, preset.epochs) == (max_length, batch_size, 15)


def test_the_large_roberta_takes_adafactor():
    preset = PRESETS["klue-roberta-large"]
    assert (preset.optimizer, preset.learning_rate) == ("adafactor", 1e-6)


def test_a_preset_is_found_by_its_name_and_by_the_name_on_the_hub():
    assert preset_of("klue-bert") == preset_of("klue/bert-base") == PRESETS["klue-bert"]
    assert preset_of("skt/kobert-base-v1") == PRESETS["kobert"]
    assert preset_of("kobert-augmented").batch_size == 8


def test_a_folder_takes_any_preset_or_the_defaults():
    assert preset_of("/models/mine", "koelectra").max_length == 128
    assert preset_of("/models/mine", "koelectra").checkpoint == "/models/mine"
    assert preset_of("/models/mine").batch_size == 32


def test_folders_are_named_after_the_last_part(tmp_path):
    assert slug_of("beomi/KcELECTRA-base") == "kcelectra-base"
    assert slug_of("klue-bert") == "klue-bert"
    assert slug_of(f"{tmp_path}/") == tmp_path.name.lower()


def test_a_name_that_can_be_none_on_the_hub_is_a_missing_folder(tmp_path):
    with pytest.raises(CheckpointError, match=r"no folder .*nowhere"):
        fetch_checkpoint(str(tmp_path / "nowhere"))


def ask_unreachable_hub(code, home):
    """Run code in a process that looks for the hub where nobody answers."""
    environment = os.environ | {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120
    )


def test_a_hub_that_cannot_be_reached_is_one_sentence(tmp_path):
    code = (
        "from classifiers.training.backbones import *\n"
        "try: fetch_checkpoint('skt/kobert-base-v1')\n"
        "except CheckpointError as error: print(error)"
    )
    result = ask_unreachable_hub(code, tmp_path)
    assert result.stdout.startswith("no folder skt/kobert-base-v1, and the hub cannot be reached"), result.stderr


def test_what_the_hub_has_given_once_is_used_without_it(tmp_path):
    cached = tmp_path / "hub" / "models--skt--kobert-base-v1"
    write_checkpoint("skt-kobert", cached / "snapshots" / ("0" * 40))
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0" * 40)
    code = "from classifiers.training.backbones import *; print(fetch_checkpoint('skt/kobert-base-v1'))"
    assert ask_unreachable_hub(code, tmp_path).stdout.strip() == str(cached / "snapshots" / ("0" * 40))


@pytest.fixture(scope="module")
def layouts(tmp_path_factory):
    """A tiny checkpoint in every layout, by name."""
    folder = tmp_path_factory.mktemp("checkpoints")
    return {name: write_checkpoint(name, folder / name) for name in LAYOUTS}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_loads_with_a_head_of_our_labels(layouts, layout):
    checkpoint = load_checkpoint(layouts[layout])
    assert checkpoint.label_names == list(Emotion)
    ids = checkpoint.tokenizer.encode("오늘 너무 행복해").ids
    assert checkpoint.model(torch.tensor([ids])).logits.shape == (1, 8)
    assert checkpoint.model.config.pad_token_id == (0 if layout in ("kcbert", "koelectra") else 1)
    assert checkpoint.longest_input == (68 if layout == "klue-roberta" else 70)


def test_the_weights_of_the_encoder_are_kept_and_the_head_is_the_same_for_a_seed(layouts):
    first, second, other = (load_checkpoint(layouts["kcbert"], seed).model for seed in (0, 0, 1))
    saved = load_file(layouts["kcbert"] / "model.safetensors")["bert.embeddings.word_embeddings.weight"]
    assert torch.equal(first.bert.embeddings.word_embeddings.weight, saved)
    assert torch.equal(first.classifier.weight, second.classifier.weight)
    assert not torch.equal(first.classifier.weight, other.classifier.weight)


def test_an_encoder_without_head_is_no_classifier(layouts):
    with pytest.raises(CheckpointError, match=r"no classification head .* --backbone"):
        load_classifier(layouts["koelectra"])


@pytest.fixture
def spoiled(tmp_path):
    """A checkpoint to spoil."""
    return write_checkpoint("klue-roberta", tmp_path / "spoiled")


def refusal(folder):
    """What loading complains about."""
    with pytest.raises(CheckpointError) as caught:
        load_checkpoint(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert str(folder) in message
    return message


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("config.json", "no config.json"), ("model.safetensors", "no weights"), ("tokenizer.json", "no tokenizer")],
)
def test_a_missing_file_is_named(spoiled, name, complaint):
    (spoiled / name).unlink()
    assert complaint in refusal(spoiled)


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"\xff\x00 not what it should be", b"[1, 2]"])
def test_a_corrupt_file_is_one_sentence(spoiled, name, content):
    (spoiled / name).write_bytes(content)
    assert "cannot" in refusal(spoiled)


def test_weights_of_another_model_are_refused_instead_of_made_up(spoiled):
    save_file({"something.weight": torch.zeros(3)}, spoiled / "model.safetensors", {"format": "pt"})
    assert "not those of its config.json" in refusal(spoiled)


def test_a_larger_vocabulary_than_the_models_is_refused(spoiled):
    tokenizer = json.loads((spoiled / "tokenizer.json").read_text())
    vocabulary = tokenizer["model"]["vocab"]
    vocabulary["완전새로운토큰"] = len(vocabulary)
    (spoiled / "tokenizer.json").write_text(json.dumps(tokenizer))
    assert "put files of one checkpoint together" in refusal(spoiled)


def test_code_that_a_checkpoint_brings_is_never_run(spoiled):
    config = json.loads((spoiled / "config.json").read_text())
    auto = {"AutoConfig": "evil.Config", "AutoModelForSequenceClassification": "evil.Model"}
    (spoiled / "config.json").write_text(json.dumps(config | {"model_type": "evil", "auto_map": auto}))
    (spoiled / "evil.py").write_text(f"open({str(spoiled / 'was-run')!r}, 'w')")
    assert "cannot load" in refusal(spoiled)
    assert not (spoiled / "was-run").exists()


def test_our_own_labels_stay_as_they_are_in_any_order():
    reading = read_labels(["중립", "분노", "기쁨"])
    assert reading.is_one_to_one
    assert reading.labels == (Emotion.NEUTRAL, Emotion.ANGER, Emotion.JOY)


@pytest.mark.parametrize("names", [GOEMOTIONS, KOTE, MAJOR, SINGLE_SENTENCE, ["Anger", "JOY", "sad"]])
def test_obvious_names_need_no_map(names):
    assert len(read_labels(list(names)).labels) >= 3


def test_several_labels_may_come_to_one_of_ours_and_one_to_several():
    reading = read_labels(["joy", "gratitude", "disappointment"])
    assert not reading.is_one_to_one
    assert reading.labels == (Emotion.JOY, Emotion.SADNESS, Emotion.HURT)
    np.testing.assert_allclose(reading.shares, [[1, 0, 0], [1, 0, 0], [0, 0.7, 0.3]])
    assert str(reading) == "joy → 기쁨, gratitude → 기쁨, disappointment → 0.7 슬픔 + 0.3 상처"


def test_what_the_user_says_comes_before_the_tables():
    reading = read_labels(["joy", "fear", "spam"], parse_label_map("fear=분노, spam="))
    assert reading.labels == (Emotion.JOY, Emotion.ANGER)
    np.testing.assert_allclose(reading.shares, [[1, 0], [0, 1], [0, 0]])


def test_foreign_labels_are_refused_with_their_list_and_how_to_map_them():
    with pytest.raises(CheckpointError) as caught:
        read_labels(["joy", "LABEL_1", "LABEL_2"])
    message = str(caught.value)
    assert "the checkpoint's labels are joy, LABEL_1, LABEL_2; map LABEL_1, LABEL_2 to 기쁨" in message
    assert '--map-labels "LABEL_1=기쁨,LABEL_2=슬픔"' in message


@pytest.mark.parametrize("text", ["anger", "anger=", "=분노", "anger=화남", "anger=분노;joy=기쁨"])
def test_a_map_that_leads_nowhere_is_refused(text):
    with pytest.raises(CheckpointError):
        read_labels(["anger", "joy"], parse_label_map(text))


def test_a_label_that_the_checkpoint_has_not_cannot_be_mapped():
    with pytest.raises(CheckpointError, match="no label angry to map"):
        read_labels(["anger", "joy"], parse_label_map("angry=분노"))
