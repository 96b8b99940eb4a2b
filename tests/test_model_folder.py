"""The emotion model folder: what is wrong with it is said, by file."""

import json
import shutil

import pytest

from classifiers.emotion import EmotionClassifier
from classifiers.model_folder import DEFAULT_EMOTION_FOLDER, EmotionModelFolder, ModelFolderError

SHIPPED = EmotionModelFolder(DEFAULT_EMOTION_FOLDER)


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped folder, to spoil."""
    shutil.copytree(SHIPPED.path, tmp_path / "model")
    return EmotionModelFolder(tmp_path / "model")


def change_config(folder, **changes):
    settings = json.loads(folder.config.read_text(encoding="utf-8")) | changes
    kept = {key: value for key, value in settings.items() if value is not None}
    folder.config.write_text(json.dumps(kept), encoding="utf-8")


def refusal(folder):
    """What loading the folder complains about."""
    with pytest.raises(ModelFolderError) as caught:
        EmotionClassifier.from_pretrained(folder.path)
    return str(caught.value)


def test_the_shipped_folder_is_complete_and_under_fifteen_megabytes():
    for file in (SHIPPED.model, SHIPPED.tokenizer, SHIPPED.config, SHIPPED.card, SHIPPED.metrics):
        assert file.is_file(), file
    assert sum(file.stat().st_size for file in SHIPPED.path.iterdir()) < 15e6


def test_a_missing_folder_is_named(tmp_path):
    message = refusal(EmotionModelFolder(tmp_path / "nowhere"))
    assert "nowhere" in message
    assert "scripts.train_emotion" in message


@pytest.mark.parametrize("name", ["model", "tokenizer", "config"])
def test_a_missing_file_is_named(folder, name):
    file = getattr(folder, name)
    file.unlink()
    assert f"no {file.name}" in refusal(folder)


@pytest.mark.parametrize("name", ["model", "tokenizer", "config"])
@pytest.mark.parametrize("content", [b"", b"\xff\x00 not what it should be", b"{}", b"[1, 2]", b"null"])
def test_a_corrupt_file_is_named(folder, name, content):
    file = getattr(folder, name)
    file.write_bytes(content)
    assert str(file) in refusal(folder)


def test_a_truncated_graph_is_named(folder):
    folder.model.write_bytes(folder.model.read_bytes()[:100_000])
    assert str(folder.model) in refusal(folder)


@pytest.mark.parametrize("key", ["id2label", "max_length", "pad_token_id", "temperature", "thresholds"])
def test_a_missing_setting_is_named(folder, key):
    change_config(folder, **{key: None})
    assert key in refusal(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("max_length", 0),
        ("max_length", "64"),
        ("max_length", True),
        ("pad_token_id", -1),
        ("ngram_buckets", 1),
        ("temperature", 0),
        ("temperature", float("nan")),
        ("temperature", "hot"),
        ("thresholds", {"neutral_above": 1.5, "unsure_below": 0.4}),
        ("thresholds", {"neutral_above": 0.5}),
        ("thresholds", 0.5),
        ("id2label", {"0": "기쁨", "1": "행복"}),
        ("id2label", {"0": "기쁨", "1": "기쁨"}),
        ("id2label", {"0": "기쁨"}),
        ("id2label", {"1": "기쁨", "2": "슬픔"}),
        ("id2label", ["기쁨", "슬픔"]),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(folder, key, value):
    change_config(folder, **{key: value})
    assert str(folder.config) in refusal(folder)


def test_a_graph_with_another_number_of_labels_than_the_config_is_refused(folder):
    change_config(folder, id2label={"0": "기쁨", "1": "슬픔"})
    assert "names 2 labels" in refusal(folder)


def test_a_graph_that_wants_ngrams_without_their_number_is_refused(folder):
    change_config(folder, ngram_buckets=None)
    assert "no ngram_buckets" in refusal(folder)


def test_what_the_config_says_is_what_is_read(folder):
    thresholds = {"neutral_above": 0.25, "unsure_below": 0.125}
    change_config(folder, temperature=2, thresholds=thresholds)
    config = folder.read_config()
    assert config.temperature == 2.0
    assert (config.thresholds.neutral_above, config.thresholds.unsure_below) == (0.25, 0.125)
