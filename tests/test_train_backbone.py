"""`python -m scripts.train_emotion --backbone`: other people's encoders, from their files to our folder."""

import json
import os
import re
import signal
import subprocess
import sys

import numpy as np
import onnx
import pytest
import torch
from safetensors.torch import load_file

from classifiers.corpus import LabelledSentence, read_corpus
from classifiers.emotion import EmotionClassifier
from classifiers.labels import Emotion
from classifiers.model_folder import EmotionModelFolder
from classifiers.training.backbones import CheckpointError
from classifiers.training.checkpoint import load_checkpoint, load_classifier
from classifiers.training.finetune import OPTIMIZERS, FinetuneSettings, finetune, macro_f1
from classifiers.training.material import as_example
from classifiers.training.resume import SavedCourse
from classifiers.training.tokenizer_files import open_tokenizer
from scripts.train_emotion import main
from tests.checkpoints import LAYOUTS, write_checkpoint
from tests.parts import ROOT
from tests.test_train_emotion import run, write_open_sets, write_small_corpus

# torch's exporter warns of its own inner life.
pytestmark = pytest.mark.filterwarnings("ignore")

SENTENCES = ["오늘 너무 행복해", "ㅋㅠㅠ 웃픈 하루", "", "😢", "아주 긴 문장도 넣어 본다 " * 50]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with small open sets and a small corpus."""
    folder = tmp_path_factory.mktemp("backbones")
    write_open_sets(folder / "data")
    write_small_corpus(folder / "corpus")
    return folder


def arguments(place, layout, output, **options):
    """A command line for a tiny run; options in Python's spelling."""
    defaults = {"epochs": 1, "batch_size": 8, "learning_rate": 0.003, "max_length": 40}
    places = {
        "backbone": place / layout,
        "data": place / "data",
        "corpus": place / "corpus",
        "checkpoint": output.with_name(f"{output.name}-torch"),
        "output": output,
    }
    given = places | defaults | options
    return [text for name, value in given.items() for text in (f"--{name.replace('_', '-')}", str(value))]


@pytest.fixture(scope="module", params=LAYOUTS)
def trained(request, place):
    """The model folder of a run of one epoch, for each layout in turn."""
    write_checkpoint(request.param, place / request.param)
    output = place / f"{request.param}-model"
    main(arguments(place, request.param, output))
    return output


def metrics_of(folder):
    return json.loads(EmotionModelFolder(folder).metrics.read_text(encoding="utf-8"))


def test_a_run_gives_a_folder_that_serving_loads(trained):
    classifier = EmotionClassifier.from_pretrained(trained)
    assert classifier.labels == tuple(Emotion)
    np.testing.assert_allclose(classifier.predict_proba(SENTENCES).sum(axis=1), 1, atol=1e-5)


def test_the_graph_asks_for_nothing_but_tokens_and_mask(trained):
    graph = onnx.load(EmotionModelFolder(trained).model).graph
    assert [node.name for node in graph.input] == ["input_ids", "attention_mask"]


def test_what_is_served_agrees_with_torch_and_the_card_says_so(trained):
    metrics = metrics_of(trained)
    agreement = metrics["agreement_with_torch"][metrics["precision"]]
    assert agreement >= 0.99
    card = EmotionModelFolder(trained).card.read_text(encoding="utf-8")
    assert f"| {metrics['precision']} | {agreement:.2%} |" in card


def test_the_torch_weights_are_a_checkpoint_like_any_other(trained):
    checkpoint = load_classifier(trained.with_name(f"{trained.name}-torch"))
    assert checkpoint.label_names == list(Emotion)
    assert checkpoint.read_length() == 40
    assert checkpoint.finetuning.epochs == checkpoint.finetuning.kept_epoch == 1
    assert not (trained.with_name(f"{trained.name}-torch") / "state.pt").exists()


def test_sentences_are_cut_as_the_checkpoint_cut_them(place, trained):
    layout = trained.name.removesuffix("-model")
    before, after = open_tokenizer(place / layout), open_tokenizer(trained)
    for text in SENTENCES:
        assert after.encode(text).ids == before.encode(text).ids


def test_the_command_in_the_card_gives_the_figure_in_the_card(trained):
    (judged,) = metrics_of(trained)["judged"].values()
    card = EmotionModelFolder(trained).card.read_text(encoding="utf-8")
    (command,) = [line for line in card.split("`") if line.startswith("python -m scripts.evaluate_emotion")]
    result = run(*[word.removeprefix("scripts.") for word in command.split()[2:]])
    assert f"accuracy {judged['model']['five']['accuracy']:.4f}" in result.stdout


def test_a_killed_run_goes_on_and_ends_with_the_same_weights(place, tmp_path):
    write_checkpoint("skt-kobert", tmp_path / "kobert")
    options = {"backbone": tmp_path / "kobert", "epochs": 12, "patience": 0}
    killed = arguments(place, "", tmp_path / "killed", **options)
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "scripts.train_emotion", *killed]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        for line in process.stderr:
            if "epoch 2 of 12" in line:
                process.kill()
                break
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "killed").exists()
    resumed = run("train_emotion", *killed)
    assert resumed.returncode == 0, resumed.stderr
    assert 1 <= int(re.search(r"(\d+) of 12 epochs are done", resumed.stderr)[1]) < 12
    whole = run("train_emotion", *arguments(place, "", tmp_path / "whole", **options))
    assert whole.returncode == 0, whole.stderr
    first, second = (load_file(tmp_path / f"{name}-torch" / "model.safetensors") for name in ("killed", "whole"))
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)


@pytest.fixture(scope="module")
def kcbert(tmp_path_factory):
    return write_checkpoint("kcbert", tmp_path_factory.mktemp("kcbert") / "kcbert")


@pytest.fixture(scope="module")
def lines():
    """A few lines of every emotion."""
    corpus = read_corpus()
    return [line for emotion in Emotion for line in [line for line in corpus if line.emotion == emotion][:6]]


def fine_tune(kcbert, lines, saved=None, dev=None, **settings):
    checkpoint = load_checkpoint(kcbert, seed=0)
    examples = [as_example(line) for line in lines]
    chosen = FinetuneSettings(**({"epochs": 3, "batch_size": 16, "merge_dropout": 0.0} | settings))
    return checkpoint, finetune(checkpoint.model, checkpoint.tokenizer, examples, chosen, dev or lines, saved)


def test_without_gain_on_dev_a_run_stops_early(kcbert, lines):
    _, course = fine_tune(kcbert, lines, epochs=15, learning_rate=0.0, patience=2)
    assert (course.epoch, course.best_epoch) == (3, 1)


def test_the_weights_of_the_best_epoch_are_kept(kcbert, lines):
    checkpoint, course = fine_tune(kcbert, lines, epochs=6, learning_rate=0.02)
    assert macro_f1(checkpoint.model, checkpoint.tokenizer, lines, 64) == pytest.approx(course.best_score)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_optimizer_learns_the_lines_it_sees(kcbert, optimizer):
    pairs = [("너무 슬퍼요", Emotion.SADNESS), ("정말 좋아요", Emotion.JOY)] * 8
    lines = [LabelledSentence(text, emotion, "part01") for text, emotion in pairs]
    _, course = fine_tune(kcbert, lines, epochs=15, batch_size=4, learning_rate=0.003, optimizer=optimizer)
    assert course.best_score == 1


class StoppedError(Exception):
    pass


class SavedThenStopped(SavedCourse):
    """A place to keep a course that is interrupted right after the second epoch."""

    def save(self, course):
        super().save(course)
        if course.epoch == 2:
            raise StoppedError


def test_a_run_stopped_by_an_error_goes_on_with_the_same_random_numbers(kcbert, lines, tmp_path):
    whole, _ = fine_tune(kcbert, lines)
    with pytest.raises(StoppedError):
        fine_tune(kcbert, lines, SavedThenStopped(tmp_path, "a"))
    resumed, course = fine_tune(kcbert, lines, SavedCourse(tmp_path, "a"))
    assert course.epoch == 3
    wanted = whole.model.state_dict()
    assert all(torch.equal(weights, wanted[name]) for name, weights in resumed.model.state_dict().items())


def test_a_run_that_is_over_is_not_repeated(kcbert, lines, tmp_path):
    first, _ = fine_tune(kcbert, lines, SavedCourse(tmp_path, "a"))
    second, _ = fine_tune(kcbert, lines, SavedCourse(tmp_path, "a"))
    wanted = first.model.state_dict()
    assert all(torch.equal(weights, wanted[name]) for name, weights in second.model.state_dict().items())


def test_what_another_run_left_is_not_gone_on_with(kcbert, lines, tmp_path):
    fine_tune(kcbert, lines, SavedCourse(tmp_path, "a"), epochs=1)
    with pytest.raises(CheckpointError, match="other options"):
        fine_tune(kcbert, lines, SavedCourse(tmp_path, "b"), epochs=1)


def test_a_broken_state_is_named(kcbert, lines, tmp_path):
    (tmp_path / "state.pt").write_bytes(b"junk")
    with pytest.raises(CheckpointError, match=r"state\.pt.*delete it"):
        fine_tune(kcbert, lines, SavedCourse(tmp_path, "a"))


def refusal(*arguments):
    """The sentence with which a run ends that cannot be done."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    message = str(caught.value)
    assert message.startswith("train_emotion: ")
    assert "\n" not in message
    return message


def test_a_run_with_other_options_does_not_go_on_with_an_interrupted_one(place, kcbert, tmp_path):
    (tmp_path / "model-torch").mkdir()
    torch.save({"purpose": "another", "course": {}}, tmp_path / "model-torch" / "state.pt")
    message = refusal(*arguments(place, "", tmp_path / "model", backbone=kcbert))
    assert "give another folder with --checkpoint" in message


def test_what_is_refused_leaves_the_old_model_as_it_was(place, tmp_path):
    write_checkpoint("kcbert", tmp_path / "kcbert")
    (tmp_path / "kcbert" / "model.safetensors").write_bytes(b"junk")
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.onnx").write_bytes(b"old")
    assert "cannot load" in refusal(*arguments(place, "", tmp_path / "model", backbone=tmp_path / "kcbert"))
    assert [file.name for file in (tmp_path / "model").iterdir()] == ["model.onnx"]
    assert (tmp_path / "model" / "model.onnx").read_bytes() == b"old"


def test_more_tokens_than_the_encoder_reads_are_refused(place, kcbert, tmp_path):
    message = refusal(*arguments(place, "", tmp_path / "model", backbone=kcbert, max_length=71))
    assert "3 to 70 tokens" in message


def test_an_output_that_is_a_file_is_one_sentence(place, kcbert, tmp_path):
    (tmp_path / "model").write_bytes(b"")
    assert "model" in refusal(*arguments(place, "", tmp_path / "model", backbone=kcbert))


def test_a_gpu_that_is_not_there_is_one_sentence(place, kcbert, tmp_path):
    if torch.cuda.is_available():
        pytest.skip("there is one")
    message = refusal(*arguments(place, "", tmp_path / "model", backbone=kcbert, device="cuda"))
    assert "no cuda" in message


def test_a_backbone_is_not_overwritten(place, kcbert, tmp_path):
    message = refusal(*arguments(place, "", tmp_path / "model", backbone=kcbert, checkpoint=kcbert))
    assert "would be overwritten" in message


@pytest.mark.parametrize(
    "options",
    [["--batch-size", "8"], ["--preset", "kobert"], ["--backbone", "kobert", "--pretrained", "x"]],
)
def test_options_that_do_not_go_together_are_refused(options, capsys):
    with pytest.raises(SystemExit) as caught:
        main(options)
    assert caught.value.code == 2
    assert "--backbone" in capsys.readouterr().err


def test_a_corpus_that_the_user_brings_is_learned_from_and_judged_by(place, kcbert, tmp_path):
    lines: list[LabelledSentence] = read_corpus()[::40]
    table = "".join(f"{line.emotion}\t{line.text}\n" for line in lines)
    (tmp_path / "mine.tsv").write_text(table, encoding="utf-8")
    output = tmp_path / "model"
    main(arguments(place, "", output, backbone=kcbert, corpus_file=tmp_path / "mine.tsv"))
    theirs, ours = metrics_of(output)["judged"]
    assert "mine.tsv" in theirs
    assert "our corpus" in ours
    assert metrics_of(output)["finetuning"]["sentences"] == pytest.approx(0.8 * len(lines), rel=0.15)


def test_a_corpus_of_too_few_dialogues_is_refused(place, kcbert, tmp_path):
    (tmp_path / "mine.tsv").write_text("기쁨\t좋아\n슬픔\t슬퍼\n", encoding="utf-8")
    message = refusal(*arguments(place, "", tmp_path / "m", backbone=kcbert, corpus_file=tmp_path / "mine.tsv"))
    assert "mine.tsv: 2 dialogues are too few" in message
