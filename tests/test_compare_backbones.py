"""`python -m scripts.compare_backbones`: one table over whatever checkpoints are at hand."""

import pytest

from classifiers.labels import Emotion
from classifiers.model_folder import DEFAULT_EMOTION_FOLDER
from scripts.compare_backbones import main
from tests.checkpoints import write_checkpoint
from tests.test_export_emotion import write_classifier
from tests.test_train_emotion import write_small_corpus


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small corpus, and checkpoints with our labels, with others, and without a head."""
    folder = tmp_path_factory.mktemp("compare")
    write_small_corpus(folder / "corpus")
    write_classifier(folder / "ours", list(Emotion))
    write_classifier(folder / "theirs", ["joy", "anger", "LABEL_2"])
    write_checkpoint("koelectra", folder / "raw")
    return folder


def rows_of(capsys, folder, names, *options):
    main([*map(str, names), "--corpus", str(folder / "corpus"), *options])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_name_is_a_row_of_seven_cells_and_what_cannot_be_loaded_says_why(capsys, place):
    names = [DEFAULT_EMOTION_FOLDER, place / "ours", place / "raw", place / "nowhere", place / "theirs"]
    rows = rows_of(capsys, place, names)
    assert [row[0] for row in rows] == [str(name) for name in names]
    assert {len(row) for row in rows} == {7}
    assert [row[1].split(":")[0] for row in rows] == ["ONNX", "torch float32", *["not compared"] * 3]
    for row, reason in zip(rows[2:], ["no classification head", "no folder", "--map-labels"], strict=True):
        assert reason in row[1]


def test_a_row_has_weights_figures_time_and_size(capsys, place):
    ((_, _, weights, accuracy, macro_f1, milliseconds, megabytes),) = rows_of(
        capsys, place, [DEFAULT_EMOTION_FOLDER]
    )
    assert 5 < float(weights) < 20
    assert 0.5 < float(accuracy) <= 1
    assert 0.5 < float(macro_f1) <= 1
    assert 0 < float(milliseconds) < 1_000
    assert float(megabytes) < 15


def test_a_label_map_is_for_the_checkpoints_that_have_those_labels(capsys, place):
    rows = rows_of(capsys, place, [place / "ours", place / "theirs"], "--map-labels", "LABEL_2=슬픔")
    assert [row[1] for row in rows] == ["torch float32", "torch float32"]


def test_without_sentences_to_judge_by_there_is_no_table(tmp_path):
    with pytest.raises(SystemExit) as caught:
        main([str(DEFAULT_EMOTION_FOLDER), "--corpus", str(tmp_path)])
    assert str(caught.value).startswith("compare_backbones: no part*.tsv")
