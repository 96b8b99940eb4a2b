"""`python -m scripts.evaluate_emotion`: files, fixed sets, kinds, pictures, and what it does without."""

import json
import subprocess
import sys

import pytest

from scripts.evaluate_emotion import main
from tests.parts import ROOT

LINES = "기쁨\t정말 행복해\tplain\n분노\t너무 화가 나\tplain\n중립\thello there\tenglish\n중립\t😀😀\temoji\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "judge.tsv"
    path.write_text(LINES, encoding="utf-8")
    return path


def printed(capsys, *arguments):
    main([str(argument) for argument in arguments])
    return capsys.readouterr().out


def refusal(*arguments):
    """The sentence with which a run ends that cannot be done."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    return str(caught.value)


def test_kinds_give_a_table_where_asking_is_right_for_neutral_lines(file, capsys):
    rows = [line.split() for line in printed(capsys, file).splitlines()]
    assert ["english", "accuracy", "100.0%", "met", "with", "a", "question", "100.0%", "lines", "1"] in rows
    assert ["emoji", "accuracy", "100.0%", "met", "with", "a", "question", "100.0%", "lines", "1"] in rows
    assert [row for row in rows if row[:1] == ["all"]]


def test_a_file_without_kinds_has_no_such_table(file, capsys):
    file.write_text("기쁨\t정말 행복해\n", encoding="utf-8")
    assert "by kind" not in printed(capsys, file)


def test_a_file_is_at_the_top_of_the_json_and_each_fixed_set_under_its_name(file, tmp_path, capsys):
    output = printed(
        capsys, file, "--set", "hard-cases", "--set", "hard-cases", "--json", tmp_path / "figures.json"
    )
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["five"]["n"] == 2
    assert list(figures["sets"]) == ["hard-cases"]
    assert figures["sets"]["hard-cases"]["all_lines"]["n"] >= 200
    assert output.count("== hard-cases ==") == 1


def test_the_held_out_parts_have_a_name(capsys, tmp_path):
    output = printed(capsys, "--set", "held-out", "--json", tmp_path / "figures.json")
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert f"accuracy {figures['sets']['held-out']['five']['accuracy']:.4f}" in output
    assert set(figures["sets"]["held-out"]["kinds"]) == {"part04", "part08"}


def test_pictures_are_written_where_asked(file, tmp_path, capsys):
    pictures = tmp_path / "confusion.png", tmp_path / "curve.png"
    printed(capsys, file, "--confusion", pictures[0], "--risk-coverage", pictures[1])
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_a_picture_that_cannot_be_written_is_named(file, tmp_path):
    assert "nowhere" in refusal(file, "--confusion", tmp_path / "nowhere" / "confusion.png")


def test_nothing_to_judge_by_is_refused(capsys):
    assert refusal() == "2"
    assert "give a FILE.tsv or a --set" in capsys.readouterr().err


def test_open_sets_that_are_not_there_are_named(tmp_path):
    assert "--data" in refusal("--set", "kote-test", "--data", tmp_path)


def test_open_sets_are_judged_in_the_five_label_view_alone(capsys, data):
    output = printed(capsys, "--set", "goemotions-test", "--data", data)
    assert "the model's own labels" not in output
    assert "area under the risk-coverage curve" in output


def run_code(code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)


WITHOUT_EXTRA = """
import sys
sys.modules["torch"] = sys.modules["matplotlib"] = None
from scripts.evaluate_emotion import main
main(sys.argv[1:])
"""


def test_a_file_is_judged_where_only_the_server_is_installed(file):
    result = run_code(WITHOUT_EXTRA, file)
    assert result.returncode == 0, result.stderr
    assert "five labels" in result.stdout


@pytest.mark.parametrize("option", [("--set", "held-out"), ("--confusion", "picture.png")])
def test_what_needs_the_training_extra_says_so(file, option):
    result = run_code(WITHOUT_EXTRA, file, *option)
    assert result.returncode == 1
    assert "pip install -e '.[train]'" in result.stderr


def test_judging_loads_no_torch():
    code = "import scripts.evaluate_emotion, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = set(run_code(code).stdout.split())
    assert "onnxruntime" in loaded
    assert not loaded & {"torch", "transformers", "sklearn"}
