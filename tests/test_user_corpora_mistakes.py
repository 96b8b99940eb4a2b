"""Corpora that users bring with mistakes in them: what is left out, what is refused, and what they are told."""

import io
import zipfile

import pytest

from classifiers.training.user_corpora import UserCorpusError, read_user_corpus
from tests.user_corpora import (
    CSV,
    DIALOGUES,
    HEADER,
    OBJECTS,
    ROWS,
    WORKBOOK,
    WORRY,
    archive,
    delimited,
    dialogue_object,
    dialogue_row,
    read_content,
    refusal_of,
    to_json,
    without_ids,
    workbook,
)


@pytest.mark.parametrize("write", [workbook, delimited])
def test_a_few_rows_with_an_empty_or_slipped_label_are_left_out_and_told(tmp_path, caplog, write):
    empty, text = dialogue_row(4, " ", "", "그래"), dialogue_row(6, *WORRY[:3])
    slipped = ["청년", "여성", "진로", "해당없음", "해당없음", "노여워하는", *WORRY[:3]]
    rows = [HEADER, ROWS[0], empty, ROWS[1], slipped, text, ROWS[2]]
    assert without_ids(read_content(tmp_path / "a", write(rows))) == DIALOGUES
    assert "left out 3 of 6 rows: no label in 1 row (3); another text in place of the label in 2 rows (5, 6)" in (
        caplog.text
    )


def test_a_few_rows_without_a_sentence_or_with_a_bare_comma_are_left_out_and_told(tmp_path, caplog):
    text = "문장,감정\n좋다,기쁨\n ,기쁨\n좋다, 정말,기쁨\n신난다,기쁨\n"
    assert [dialogue.turns for dialogue in read_content(tmp_path / "a.csv", text)] == [("좋다",), ("신난다",)]
    assert "left out 2 of 4 rows: no sentence in 1 row (3); more cells than columns in 1 row (4)" in caplog.text


def test_a_few_objects_without_a_label_are_left_out_and_told(tmp_path, caplog):
    unlabelled = dialogue_object("", "음")
    unlabelled["profile"]["emotion"] = None
    content = to_json([*OBJECTS, unlabelled, "a string"])
    assert without_ids(read_content(tmp_path / "a.json", content)) == DIALOGUES
    assert "left out 2 of 5 objects: no label in 2 objects (4, 5)" in caplog.text


def test_an_unknown_label_in_one_row_of_hundreds_is_left_out(tmp_path, caplog):
    lines = [f"기쁨\t좋은 일 {number}" for number in range(199)]
    assert len(read_content(tmp_path / "a.tsv", "\n".join([*lines, "행복함\t좋다"]))) == 199
    assert "an unknown label in 1 row (200)" in caplog.text


def test_unknown_labels_in_several_rows_are_listed_with_the_known_ones(tmp_path):
    lines = [f"기쁨\t좋은 일 {number}" for number in range(95)]
    lines += [f"행복함\t좋은 날 {number}" for number in range(3)] + ["분개\t나쁜 날"]
    message = refusal_of(tmp_path / "a.tsv", "\n".join(lines))
    assert "column 1: 4 rows (96, 97, 98, 99) of 99 have unknown labels: 행복함 (3), 분개 (1)" in message
    assert "known are 기쁨, 슬픔, 당황, 분노, 불안, 평온, 상처, 중립, 공포, 놀람, 행복, 혐오; rename" in message


def test_an_unknown_code_is_listed_with_the_known_ones(tmp_path):
    message = refusal_of(tmp_path / "a.json", to_json([*OBJECTS, dialogue_object("E70", "음")]))
    assert "profile.emotion.type: 1 object (4) of 4 have unknown labels: E70 (1); known are E10, E11" in message


@pytest.mark.parametrize("column", ["감정_대분류", "감정_소분류", "사람문장1"])
@pytest.mark.parametrize("write", [workbook, delimited])
def test_a_missing_column_is_named(tmp_path, write, column):
    place = HEADER.index(column)
    rows = [row[:place] + row[place + 1 :] for row in (HEADER, *ROWS)]
    message = refusal_of(tmp_path / "a", write(rows))
    assert f"row 1: no column {column} among 번호, 연령" in message
    assert "add it or rename one" in message


def test_a_missing_label_column_of_a_plain_table_is_named(tmp_path):
    assert "row 1: no column emotion or label" in refusal_of(tmp_path / "a.csv", "문장,날짜\n좋다,오늘\n")


@pytest.mark.parametrize(
    "text", ["이름,나이,도시\n철수,7,서울\n", "오늘 너무 좋다\n내일은 더 좋다\n", "a,b,c,d\n"]
)
def test_a_table_of_something_else_is_refused_with_what_is_expected(tmp_path, text):
    message = refusal_of(tmp_path / "a.csv", text)
    assert "row 1: cannot tell the columns" in message
    assert "감정_대분류" in message
    assert "label and sentence" in message


def test_a_file_in_which_every_row_fails_is_refused(tmp_path):
    rows = [HEADER, *(dialogue_row(number, "", "", "음") for number in range(2, 9))]
    message = refusal_of(tmp_path / "a.csv", delimited(rows))
    assert "only 0 of 7 rows can be used (no label in 7 rows (2, 3, 4, 5, 6, …))" in message
    assert "column 감정_대분류" in message


def test_json_of_another_shape_is_refused(tmp_path):
    assert "read from profile.emotion.type" in refusal_of(tmp_path / "a.json", to_json({"data": OBJECTS}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.xlsx", b""),
        ("a.csv", b" \r\n\t\r\n"),
        ("a.json", b"[]"),
        ("a.csv", delimited([HEADER])),
        ("a.xlsx", workbook([HEADER])),
        ("a.xlsx", workbook([])),
    ],
)
def test_an_empty_file_is_named(tmp_path, name, content):
    assert "download or export it again" in refusal_of(tmp_path / name, content)


def test_an_empty_archive_is_named(tmp_path):
    assert "only: 안내.pdf" in refusal_of(tmp_path / "a.zip", archive({"안내.pdf": b"guide", ".DS_Store": b""}))
    assert "only: nothing" in refusal_of(tmp_path / "b.zip", archive({}))


def damaged(content, member):
    """A zip file whose directory is whole and whose member is not."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        start = zipped.getinfo(member).header_offset + 30 + len(member)
    return content[:start] + bytes(byte ^ 0xFF for byte in content[start : start + 50]) + content[start + 50 :]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", WORKBOOK[:2000]),
        ("a.xlsx", damaged(WORKBOOK, "xl/worksheets/sheet1.xml")),
        ("a.xlsx", b"not a workbook"),
        ("a.xlsx", archive({"[Content_Types].xml": "<x/>", "readme.txt": "a"})),
        ("a.zip", archive({"b.csv": CSV})[:-30]),
        ("a.zip", damaged(archive({"b.csv": CSV}), "b.csv")),
        ("a.zip", b"not an archive"),
    ],
)
def test_a_broken_workbook_or_archive_is_named(tmp_path, name, content):
    message = refusal_of(tmp_path / name, content)
    assert "broken" in message or "cannot unpack b.csv" in message
    assert "again" in message


@pytest.mark.parametrize(
    ("member", "content", "fault"),
    [
        ("감정/b.csv", "", " is empty"),
        ("감정/b.xlsx", b"nothing", " is broken"),
        ("라벨/b.json", to_json(OBJECTS)[:-1], ", line"),
    ],
    ids=["empty", "workbook", "json"],
)
def test_an_empty_or_broken_member_is_named_with_its_archive(tmp_path, member, content, fault):
    assert f"a.zip/{member}{fault}" in refusal_of(tmp_path / "a.zip", archive({member: content}))


def test_an_old_or_locked_workbook_is_refused_with_a_remedy(tmp_path):
    assert "save it as .xlsx" in refusal_of(tmp_path / "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99))


def test_broken_json_is_named_with_its_position(tmp_path):
    message = refusal_of(tmp_path / "a.json", '[\n {"profile": {}},\n {"talk" 1}\n]')
    assert "a.json, line 3, column 10: broken JSON (Expecting ':' delimiter)" in message


def test_a_broken_quotation_is_named_with_its_line(tmp_path):
    message = refusal_of(tmp_path / "a.csv", '기쁨,좋다\n기쁨,"좋\n다\n')
    assert "line 3: unexpected end of data; put double quotes" in message


def test_bytes_of_no_known_encoding_are_refused(tmp_path):
    content = "기쁨\t".encode() + b"\xff\xfe\xff"
    assert "neither UTF-8 (byte 7) nor CP949" in refusal_of(tmp_path / "a.tsv", content)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserCorpusError, match=r"cannot read .*nowhere\.xlsx: No such file"):
        read_user_corpus(tmp_path / "nowhere.xlsx")
