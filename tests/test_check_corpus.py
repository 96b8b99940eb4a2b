"""`python -m scripts.check_corpus`: what it finds in small corpora, and the exit codes."""

import random
import subprocess
import sys

import pytest
from sklearn.metrics import cohen_kappa_score

from classifiers.corpus import read_corpus
from classifiers.corpus_check import (
    NEAR_DUPLICATE_ABOVE,
    Reading,
    agreement,
    as_six,
    fold_text,
    near_duplicates_among,
    trigrams_of,
)
from classifiers.labels import Emotion
from scripts.check_corpus import main
from tests.parts import ROOT

CLEAN = ["기쁨\t드디어 합격 통지를 받았어", "슬픔\t강아지가 어젯밤 무지개다리를 건넜다"]


@pytest.fixture
def corpus(tmp_path):
    """Writes a part of a corpus; the folder is `corpus.folder`."""

    def write(lines, part="part01"):
        (tmp_path / f"{part}.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    write.folder = tmp_path
    return write


@pytest.fixture
def check(corpus, capsys):
    """Checks the corpus; returns what was printed and the summary with which it failed, if it did."""

    def run(*arguments):
        summary = None
        try:
            main([str(corpus.folder), *arguments])
        except SystemExit as failure:
            summary = failure.code
        return capsys.readouterr().out, summary

    return run


def test_a_clean_corpus_passes(corpus, check):
    corpus(CLEAN)
    output, summary = check()
    assert summary is None
    assert "duplicates (the same Hangul, letters and digits): 0" in output


def test_the_balance_is_counted_per_part_and_in_all(corpus, check):
    corpus(CLEAN)
    corpus(["기쁨\t꽃이 활짝 피었네"], "part02")
    output, _ = check()
    assert "part\t기쁨\t슬픔\t당황\t분노\t불안\t평온\t상처\t중립\tlines" in output
    assert "part01\t1\t1\t0\t0\t0\t0\t0\t0\t2" in output
    assert "part02\t1\t0" in output
    assert "all\t2\t1\t0\t0\t0\t0\t0\t0\t3" in output
    assert "share\t66.7%\t33.3%" in output


def test_a_sentence_that_stands_twice_but_for_marks_and_spaces_is_a_duplicate(corpus, check):
    corpus([*CLEAN, "", "기쁨\t드디어 합격 통지를 받았어!!", "중립\tOK 알겠어", "중립\tok, 알겠어."])
    output, summary = check()
    assert summary == "check_corpus: duplicates 2"
    assert "part01:1 기쁨 드디어 합격 통지를 받았어\n" in output
    assert "part01:4 기쁨 드디어 합격 통지를 받았어!!" in output  # the blank line counts


def test_a_sentence_with_two_labels_is_a_contradiction(corpus, check):
    corpus([*CLEAN, "불안\t내일이 오네", "기쁨\t내일이 오네~"])
    output, summary = check()
    assert summary == "check_corpus: duplicates 1, contradictions 1"
    assert "contradictions (duplicates with different labels): 1" in output


def test_near_duplicates_within_a_split_are_told_and_pass(corpus, check):
    corpus([*CLEAN, "슬픔\t강아지가 어젯밤 무지개다리를 건넜어"])
    output, summary = check()
    assert summary is None
    assert "near-duplicates (trigram Jaccard above 0.6): 1" in output
    assert "0.87 train part01:2 슬픔" in output


@pytest.mark.parametrize("text", ["강아지가 어젯밤 무지개다리를 건넜다.", "강아지가 어젯밤 무지개다리를 건넜어"])
def test_a_sentence_that_resembles_a_held_out_one_is_a_leak(corpus, check, text):
    corpus(CLEAN)
    corpus([f"슬픔\t{text}"], "part04")
    output, summary = check()
    assert "leaks between splits 1" in summary
    assert f"held_out part04:1 슬픔 {text}" in output


def test_a_sentence_that_stands_in_train_and_dev_is_a_leak(corpus, check):
    lines = [f"기쁨\t{word}" for word in ["봄꽃", "여름", "가을", "겨울", "아침", "점심", "저녁", "새벽"]]
    corpus([*lines, "기쁨\t여름!"])  # the last of nine is dev
    output, summary = check()
    assert summary == "check_corpus: duplicates 1, leaks between splits 1"
    assert "dev part01:9 기쁨 여름!" in output


def test_lines_without_hangul_and_overlong_lines_are_told_and_pass(corpus, check):
    corpus([*CLEAN, "중립\tasdf", f"분노\t{'화가 난다 ' * 40}", "기쁨\t🎉🎉", "기쁨\t🎂"])
    output, summary = check()
    assert summary is None
    assert "lines without Hangul: 3\n  part01:3 중립 asdf" in output
    assert "lines of more than 200 characters: 1\n  part01:4" in output


def test_no_more_findings_are_printed_than_wanted(corpus, check):
    corpus(["중립\ta", "중립\tb", "중립\tc"])
    output, _ = check("--limit", "1")
    assert "part01:1 중립 a\n  … and 2 more; see them with --limit 3" in output


@pytest.mark.parametrize(
    ("lines", "complaint"), [(["기쁨 좋다"], "line 1"), (["행복\t좋다"], "unknown label"), (None, "no part")]
)
def test_a_corpus_that_cannot_be_read_is_refused(corpus, check, lines, complaint):
    if lines is not None:
        corpus(lines)
    _, summary = check()
    assert summary.startswith("check_corpus: ")
    assert complaint in summary


def test_the_index_finds_the_near_duplicates_that_comparing_all_pairs_finds():
    texts = sorted({fold_text(sentence.text) for sentence in read_corpus()} - {""})
    texts = random.Random(0).sample(texts, 300)
    texts += [text[1:] for text in texts[:100] if len(text) > 4] + [text + "요" for text in texts[100:200]]
    texts = list(dict.fromkeys(texts))
    trigrams = {text: trigrams_of(text) for text in texts}
    expected = {
        (one, other)
        for number, other in enumerate(texts)
        for one in texts[:number]
        if len(trigrams[one] & trigrams[other]) > NEAR_DUPLICATE_ABOVE * len(trigrams[one] | trigrams[other])
    }
    assert len(expected) > 100
    assert {(one, other) for one, other, _ in near_duplicates_among(texts)} == expected


def test_the_agreement_with_a_second_reader_is_told_in_both_views(corpus, check):
    corpus(CLEAN)
    pairs = ["상처\t슬픔\t가", "상처\t슬픔\t나", "", "기쁨\t기쁨\t다", "중립\t기쁨\t라"]
    corpus([pair and f"part01\t{pair}" for pair in pairs], "second_reading")
    output, _ = check()
    assert "second reading, eight labels: 4 lines, agreement 25.0%, Cohen's kappa 0.143" in output
    assert "  2\t상처 seen as 슬픔\n  1\t중립 seen as 기쁨" in output
    assert "second reading, five labels and 중립: 4 lines, agreement 75.0%, Cohen's kappa 0.600" in output


def test_kappa_is_that_of_scikit_learn():
    draw = random.Random(0)
    written = draw.choices(list(Emotion), k=500)
    readings = [Reading(emotion, draw.choice([emotion, *Emotion])) for emotion in written]
    for view in (readings, as_six(readings)):
        assert agreement(view).kappa == pytest.approx(cohen_kappa_score(*zip(*view, strict=True)))


def test_kappa_of_readers_who_know_one_label_is_not_defined(corpus, check):
    assert agreement([Reading(Emotion.JOY, Emotion.JOY)]).kappa is None
    corpus(CLEAN)
    corpus(["part01\t기쁨\t기쁨\t합격했다"], "second_reading")
    assert "kappa not defined" in check()[0]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (["part01\t기쁨"], "line 1: expected part, label, second label and sentence"),
        (["part01\t기쁨\t기쁨\t합격", "part01\t기쁨\t행복\t합격"], "line 2: unknown label '행복'"),
    ],
)
def test_a_second_reading_that_does_not_fit_is_refused(corpus, check, rows, complaint):
    corpus(CLEAN)
    corpus(rows, "second_reading")
    assert complaint in check()[1]


def test_a_second_reading_that_is_not_utf_8_is_refused(corpus, check):
    corpus(CLEAN)
    (corpus.folder / "second_reading.tsv").write_bytes("part01\t기쁨\t기쁨\t합격".encode("cp949"))
    assert "not UTF-8" in check()[1]


def test_our_own_corpus_passes(capsys):
    main([])
    output = capsys.readouterr().out
    assert "leaks (duplicates and near-duplicates in different splits): 0" in output
    assert "second reading, eight labels" in output


def test_the_command_fails_with_the_summary_on_stderr(corpus):
    corpus([*CLEAN, CLEAN[0]])
    command = [sys.executable, "-m", "scripts.check_corpus", str(corpus.folder)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert result.returncode == 1
    assert result.stderr == "check_corpus: duplicates 1\n"


def test_a_missing_training_library_names_the_extra():
    code = "import sys; sys.modules['torch'] = None; import scripts.check_corpus"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert result.returncode != 0
    assert "pip install -e '.[train]' -c constraints.txt" in result.stderr
