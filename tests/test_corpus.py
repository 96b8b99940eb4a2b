"""The corpus in the repository, and reading labelled sentences."""

import unicodedata
from collections import Counter

import pytest

from classifiers.corpus import CORPUS_FOLDER, CorpusError, read_corpus, read_labelled_sentences
from classifiers.labels import Emotion
from classifiers.text import normalize_text

PARTS = sorted(CORPUS_FOLDER.glob("part*.tsv"))
DATASHEET = (CORPUS_FOLDER / "README.md").read_text(encoding="utf-8")


def write(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_every_line_is_a_label_a_tab_and_a_clean_sentence(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        label, text = line.split("\t")
        assert label in set(Emotion)
        assert unicodedata.is_normalized("NFC", line)
        assert normalize_text(text) == text, line


def test_no_sentence_stands_in_the_corpus_twice():
    counts = Counter(sentence.text for sentence in read_corpus())
    assert [text for text, count in counts.items() if count > 1] == []


def test_the_datasheet_tells_the_true_numbers():
    corpus = read_corpus()
    assert f"{len(corpus):,} lines" in DATASHEET
    for emotion, count in Counter(sentence.emotion for sentence in corpus).items():
        assert f"{emotion} {count:,}" in DATASHEET
    for part, count in Counter(sentence.part for sentence in corpus).items():
        assert f"| {part.removeprefix('part')} | {count:,} |" in DATASHEET


def test_a_sentence_knows_its_emotion_and_part(tmp_path):
    path = write(tmp_path / "part07.tsv", "기쁨\t붙었어!\r\n\n중립\t안녕\n")
    assert read_labelled_sentences(path) == [
        ("붙었어!", Emotion.JOY, "part07"),
        ("안녕", Emotion.NEUTRAL, "part07"),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("기쁨 붙었어", "line 1"),
        ("기쁨\t좋아\n기쁨\t좋아\t너무", "line 2"),
        ("행복\t좋아", "unknown label '행복'"),
        ("기쁨\t \u200b", "empty"),
        ("기쁨\t좋아".encode("cp949"), "not UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, content, complaint):
    path = write(tmp_path / "part01.tsv", content)
    with pytest.raises(CorpusError, match=complaint):
        read_labelled_sentences(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CorpusError, match=r"part01\.tsv"):
        read_labelled_sentences(tmp_path / "part01.tsv")


def test_a_folder_without_parts_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"no part\*\.tsv"):
        read_corpus(tmp_path)
