"""`python -m scripts.train_emotion`: a whole run on a few dozen lines, and what it says when it cannot."""

import gzip
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from classifiers.corpus import CORPUS_FOLDER
from classifiers.emotion import EmotionClassifier
from classifiers.labels import Emotion
from classifiers.model_folder import EmotionModelFolder
from scripts.train_emotion import main
from tests.parts import ROOT


def run(script, *arguments):
    # One thread: so little work is slower when it is shared out.
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", f"scripts.{script}", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=300)


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write_open_sets(data):
    """Write a few rows of our own in the formats of the open sets."""
    write(data / "goemotions-korean" / "labels.txt", ["joy", "anger", "neutral"])
    for split in ("train", "dev", "test"):
        write(data / "goemotions-korean" / f"{split}.tsv", [f"{split} 날이라 좋아\t0", f"{split} 왜 그래\t1,2"])
    write(data / "kote" / "labels.txt", ["행복", "불안/걱정", "비장함"])
    for split in ("val", "test"):
        write(data / "kote" / f"{split}.tsv", ["1\t이 노래 행복하다\t0,2", "2\t앞날이 걱정이다\t1", "3\t가자\t2"])
    chats = ["배고파,뭐라도 드세요.,0", "첫눈 온다,좋은 날이네요.,0", "비 온다,우산 챙기세요.,0"]
    write(data / "songys-chatbot" / "ChatbotData.csv", ["Q,A,label", *chats])
    (data / "nsmc").mkdir()
    with gzip.open(data / "nsmc" / "reviews.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{rating}\t영화를 {rating}번 봤다\n" for rating in range(1, 11))


def write_small_corpus(folder):
    """Write ten lines per label of part 01, to train on, three of part 04, to judge by, and readings of chats."""
    for part, count in (("part01", 10), ("part04", 3)):
        lines = (CORPUS_FOLDER / f"{part}.tsv").read_text(encoding="utf-8").splitlines()
        chosen = [[line for line in lines if line.startswith(f"{emotion}\t")][:count] for emotion in Emotion]
        write(folder / f"{part}.tsv", [line for block in chosen for line in block])
    write(folder / "readings_chatbot.tsv", ["1\t중립", "3\t슬픔\t평온"])
    write(folder / "readings_chatbot_test.tsv", ["2\t기쁨"])


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with data, corpus, checkpoint and the model of a tiny run."""
    folder = tmp_path_factory.mktemp("training")
    write_open_sets(folder / "data")
    write_small_corpus(folder / "corpus")
    result = run("train_emotion", *options(folder), "--pretrain-minutes", 0.02, "--vocabulary", 400)
    assert result.returncode == 0, result.stderr
    return folder


def options(folder):
    places = {"--data": "data", "--corpus": "corpus", "--output": "model", "--checkpoint": "checkpoint"}
    return [*(text for option, name in places.items() for text in (option, folder / name)), "--epochs", 2]


def test_a_run_gives_a_folder_that_serving_loads(trained):
    classifier = EmotionClassifier.from_pretrained(trained / "model")
    assert classifier.labels == tuple(Emotion)
    probabilities = classifier.predict_proba(["오늘 너무 좋아", "", "아주 긴 문장을 넣어도 된다 " * 50])
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_the_card_tells_figures_commands_and_licences(trained):
    card = EmotionModelFolder(trained / "model").card.read_text(encoding="utf-8")
    metrics = json.loads((trained / "model" / "metrics.json").read_text(encoding="utf-8"))
    for name in ("model", "baseline"):
        assert f"{metrics[name]['five']['accuracy']:.3f}" in card
        assert metrics[name]["command"] in card
    for name in ("the same network without pretraining", "chatbot-test", "kote-test", "hard-cases"):
        assert f"\n| {name} |" in card
    for licence in ("CC BY 4.0", "Apache-2.0", "MIT", "CC0"):
        assert licence in card
    assert metrics["held_out_parts"] == ["part04"]


def test_the_command_in_the_card_gives_the_figure_in_the_card(trained):
    metrics = json.loads((trained / "model" / "metrics.json").read_text(encoding="utf-8"))
    command = metrics["model"]["command"].split()
    assert command[:3] == ["python", "-m", "scripts.evaluate_emotion"]
    result = run("evaluate_emotion", *command[3:])
    assert f"accuracy {metrics['model']['five']['accuracy']:.4f}" in result.stdout


def test_the_exported_graph_answers_as_the_network_did(trained):
    metrics = json.loads((trained / "model" / "metrics.json").read_text(encoding="utf-8"))
    # 24 lines: one close call may tip.
    assert metrics["agreement_with_torch"] > 0.95


def test_fine_tuning_begins_again_from_a_checkpoint(trained, tmp_path):
    again = tmp_path / "again"
    result = run("train_emotion", *options(trained), "--output", again, "--pretrained", trained / "checkpoint")
    assert result.returncode == 0, result.stderr
    assert EmotionClassifier.from_pretrained(again).predict_proba(["좋아"]).shape == (1, 8)


def refusal(*arguments):
    """The sentence with which a run ends that cannot be done."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    return str(caught.value)


def test_missing_open_sets_are_named(trained, tmp_path):
    message = refusal(*options(trained), "--data", tmp_path / "nowhere")
    assert "ChatbotData.csv" in message
    assert "--data" in message


def test_a_corpus_without_held_out_part_is_refused(trained, tmp_path):
    write(tmp_path / "part01.tsv", [f"기쁨\t좋은 일 {number}" for number in range(20)])
    assert "0 held-out lines" in refusal(*options(trained), "--corpus", tmp_path)


def test_a_checkpoint_folder_without_weights_is_named(trained, tmp_path):
    message = refusal(*options(trained), "--pretrained", tmp_path)
    assert "no config.json in the checkpoint folder" in message


def test_a_missing_training_library_names_the_extra():
    code = "import sys; sys.modules['torch'] = None; import scripts.train_emotion"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert result.returncode != 0
    assert "pip install -e '.[train]' -c constraints.txt" in result.stderr
