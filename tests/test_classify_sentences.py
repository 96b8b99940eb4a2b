"""`python -m scripts.classify_sentences` and `scripts.evaluate_emotion`, as processes."""

import json
import subprocess
import sys
import unicodedata

import pytest

from classifiers.views import FIVE, MOODS, TO_MOOD
from tests.parts import ROOT


def run(script, *arguments, stdin=b""):
    command = [sys.executable, "-m", f"scripts.{script}", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, timeout=60)


def readings(result):
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]


def complaint(result):
    """The one sentence on stderr of a run that failed."""
    assert result.returncode == 1
    assert result.stdout == b""
    (line,) = result.stderr.decode("utf-8").splitlines()
    return line


def test_each_line_gives_a_json_line_with_the_five_keys():
    result = readings(run("classify_sentences", stdin="너무 슬퍼\n오늘 신난다\n".encode()))
    assert [reading["text"] for reading in result] == ["너무 슬퍼", "오늘 신난다"]
    for reading in result:
        assert list(reading) == ["text", "emotions", "emotion", "mood", "moods"]
        assert list(reading["emotions"]) == [str(emotion) for emotion in FIVE]
        assert list(reading["moods"]) == [str(mood) for mood in MOODS]
        assert sum(reading["emotions"].values()) == pytest.approx(1)
        assert sum(reading["moods"].values()) == pytest.approx(1)
        assert reading["emotion"] == max(reading["emotions"], key=reading["emotions"].get)
        assert reading["mood"] == TO_MOOD[reading["emotion"]]


def test_a_file_is_read_like_stdin(tmp_path):
    text = "\ufeff너무 슬퍼\r\n\n  \n걱정돼"
    (tmp_path / "sentences.txt").write_text(text, encoding="utf-8")
    from_file = readings(run("classify_sentences", tmp_path / "sentences.txt"))
    assert [reading["text"] for reading in from_file] == ["너무 슬퍼", "걱정돼"]
    assert from_file == readings(run("classify_sentences", stdin=text.encode()))


def test_decomposed_hangul_gives_the_same_line():
    composed = run("classify_sentences", stdin="정말 행복해".encode())
    decomposed = run("classify_sentences", stdin=unicodedata.normalize("NFD", "정말 행복해").encode())
    assert readings(composed) == readings(decomposed)


def test_no_lines_give_no_output():
    assert readings(run("classify_sentences", stdin=b"\n\n")) == []


def test_more_lines_than_one_batch_keep_their_order():
    texts = [f"{number}번째로 화가 나" for number in range(300)]
    result = readings(run("classify_sentences", stdin="\n".join(texts).encode()))
    assert [reading["text"] for reading in result] == texts


def test_bytes_that_are_not_utf8_are_refused_with_their_line():
    assert "line 2 is not UTF-8" in complaint(
        run("classify_sentences", stdin="안녕\n".encode() + "슬퍼".encode("cp949"))
    )


def test_a_missing_file_is_named(tmp_path):
    assert "nowhere.txt" in complaint(run("classify_sentences", tmp_path / "nowhere.txt"))


@pytest.mark.parametrize("script", ["classify_sentences", "evaluate_emotion"])
def test_an_unreadable_model_is_named(script, tmp_path):
    file = tmp_path / "part01.tsv"
    file.write_text("기쁨\t좋아\n", encoding="utf-8")
    assert "no config.json" in complaint(run(script, file, "--model", tmp_path))


def test_evaluation_prints_the_figures_and_writes_them_as_json(tmp_path):
    file = tmp_path / "judge.tsv"
    file.write_text("기쁨\t정말 행복해\n분노\t너무 화가 나\n중립\t안녕하세요\n", encoding="utf-8")
    result = run("evaluate_emotion", file, "--json", tmp_path / "figures.json")
    assert result.returncode == 0, result.stderr.decode()
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["five"]["n"] == 2
    assert figures["own"]["n"] == 3
    assert f"accuracy {figures['five']['accuracy']:.4f}" in result.stdout.decode()
    assert f"macro-F1 {figures['five']['macro_f1']:.4f}" in result.stdout.decode()


@pytest.mark.parametrize("content", ["", "기쁨 좋아", "행복\t좋아", "중립\t안녕"])
def test_evaluation_of_lines_that_cannot_be_judged_says_why(tmp_path, content):
    file = tmp_path / "judge.tsv"
    file.write_text(content, encoding="utf-8")
    assert complaint(run("evaluate_emotion", file)).startswith("evaluate_emotion: ")
