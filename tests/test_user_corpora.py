"""Corpora that users bring: real files of every format, alone, in folders and in archives, and their labels."""

import io
import unicodedata
import zipfile

import pytest

from classifiers.labels import Emotion
from classifiers.training.user_corpora import read_user_corpus
from classifiers.training.user_corpora.labels import CODES, MAJOR, MINOR, PLAIN, SINGLE_SENTENCE
from tests.user_corpora import (
    CSV,
    DIALOGUES,
    HEADER,
    OBJECTS,
    ROWS,
    WORKBOOK,
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

FORMATS = {
    "감성대화말뭉치(최종데이터)_Training.xlsx": WORKBOOK,
    "utf8.csv": CSV,
    "utf8-sig.csv": delimited([HEADER, *ROWS], "utf-8-sig"),
    "cp949.csv": delimited([HEADER, *ROWS], "cp949"),
    "감성대화.tsv": delimited([HEADER, *ROWS], delimiter="\t"),
    "감성대화.json": to_json(OBJECTS),
    "bom.json": to_json(OBJECTS, "utf-8-sig"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_release_gives_the_human_turns_and_emotions(tmp_path, name):
    assert without_ids(read_content(tmp_path / name, FORMATS[name])) == DIALOGUES


@pytest.mark.parametrize("name", FORMATS)
def test_a_zipped_release_gives_the_same(tmp_path, name):
    zipped = archive({f"018.감성대화/라벨링데이터/{name}": FORMATS[name]})
    assert without_ids(read_content(tmp_path / "release.zip", zipped)) == DIALOGUES


def test_a_file_is_known_by_its_content_not_its_name(tmp_path):
    assert without_ids(read_content(tmp_path / "download", FORMATS["cp949.csv"])) == DIALOGUES
    assert without_ids(read_content(tmp_path / "corpus.txt", FORMATS["감성대화.json"])) == DIALOGUES
    assert without_ids(read_content(tmp_path / "corpus.csv", WORKBOOK)) == DIALOGUES


def test_a_dialogue_knows_its_file_and_row(tmp_path):
    zipped = read_content(tmp_path / "corpus.zip", archive({"라벨링데이터/a.csv": CSV}))
    assert zipped[0].id == f"{tmp_path}/corpus.zip/라벨링데이터/a.csv:2"
    assert read_content(tmp_path / "a.json", to_json(OBJECTS))[2].id == f"{tmp_path}/a.json:3"


def test_a_workbook_with_a_wrong_size_and_a_blank_first_sheet_is_read_whole(tmp_path):
    with zipfile.ZipFile(io.BytesIO(workbook([[], HEADER, *ROWS], write_only=False))) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    size = members["xl/worksheets/sheet2.xml"]
    assert b'<dimension ref="A2:M5"' in size
    members["xl/worksheets/sheet2.xml"] = size.replace(b'ref="A2:M5"', b'ref="A1"')
    dialogues = read_content(tmp_path / "corpus.xlsx", archive(members))
    assert without_ids(dialogues) == DIALOGUES
    assert dialogues[0].id.endswith(":3")


def test_turns_beyond_the_third_are_read_in_their_order(tmp_path):
    header = ["사람문장10", "사람문장2", "사람문장1", "감정_소분류", "감정_대분류"]
    content = delimited([header, ["열", "둘", "하나", "초조한", "불안"]])
    assert read_content(tmp_path / "a.csv", content)[0].turns == ("하나", "둘", "열")


def test_several_files_of_an_archive_are_read_and_a_dialogue_that_two_hold_is_taken_once(tmp_path, caplog):
    validation = workbook([HEADER, dialogue_row(1, "불안", "초조한", "면접이 내일이야."), ROWS[0]])
    members = {
        "감성대화/라벨링데이터/감성대화_Training.zip": archive({"감성대화_Training.json": to_json(OBJECTS)}),
        "감성대화/원천데이터/감성대화_Training.xlsx": WORKBOOK,
        "감성대화/원천데이터/감성대화_Validation.zip": archive({"감성대화_Validation.xlsx": validation}),
        "감성대화/안내.hwp": b"guide",
        "__MACOSX/감성대화/._감성대화_Training.xlsx": b"twin",
        "감성대화/~$감성대화_Training.xlsx": b"lock",
    }
    assert without_ids(read_content(tmp_path / "corpus.zip", archive(members))) == [
        *DIALOGUES,
        (Emotion.ANXIETY, ("면접이 내일이야.",)),
    ]
    assert "not read, by their names no corpus: 감성대화/안내.hwp" in caplog.text
    assert "감성대화_Training.xlsx: left out 3 dialogues that an earlier file holds" in caplog.text


def test_a_folder_is_read_like_an_archive(tmp_path):
    folder = tmp_path / "라벨링데이터"
    folder.mkdir()
    for name in ("감성대화.json", "cp949.csv"):
        (folder / name).write_bytes(FORMATS[name])
    assert without_ids(read_user_corpus(tmp_path)) == DIALOGUES


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_member_names_without_utf_8_flag_are_repaired(tmp_path, encoding):
    name = unicodedata.normalize("NFD", "감정.csv") if encoding == "utf-8" else "감정.csv"
    raw = name.encode(encoding)
    placeholder = "x" * len(raw)
    content = archive({placeholder: "감정,문장\n행복함,좋다\n"}).replace(placeholder.encode(), raw)
    assert "corpus.zip/감정.csv" in refusal_of(tmp_path / "corpus.zip", content)


def test_the_single_sentence_corpus_is_read_with_what_stands_beside_it(tmp_path):
    rows = [
        ["Sentence", "Emotion", None, None, None],
        ["언니 동생으로 부르는게 맞는 일인가요..??", "공포", None, None, "공포"],
        ["그냥 내 느낌일뿐겠지?", "놀람 ", None, None, 5468],
        ["기적이 일어났네요", "행복"],
        ["뭐야 이게", "혐오"],
        [2024, "중립"],
    ]
    assert without_ids(read_content(tmp_path / "한국어_단발성_대화_데이터셋.xlsx", workbook(rows))) == [
        (Emotion.ANXIETY, ("언니 동생으로 부르는게 맞는 일인가요..??",)),
        (Emotion.EMBARRASSMENT, ("그냥 내 느낌일뿐겠지?",)),
        (Emotion.JOY, ("기적이 일어났네요",)),
        (Emotion.ANGER, ("뭐야 이게",)),
        (Emotion.NEUTRAL, ("2024",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '기쁨\t"붙었어!" 소리쳤다\n평온\t바람이, 좋다\n',
        '\ufeff기쁨\t"붙었어!" 소리쳤다\r\n\r\n평온\t바람이, 좋다',
        '"""붙었어!"" 소리쳤다",행복\n"바람이, 좋다",평온\n',
        'label,text\n기쁨,"""붙었어!"" 소리쳤다"\n평온,"바람이, 좋다"\n',
        'id\t문장\t감정\n1\t"붙었어!" 소리쳤다\t기쁨 \n2\t바람이, 좋다\t평온\n',
    ],
)
def test_a_plain_table_needs_no_header_and_no_order(tmp_path, text):
    assert without_ids(read_content(tmp_path / "plain", text)) == [
        (Emotion.JOY, ('"붙었어!" 소리쳤다',)),
        (Emotion.CALM, ("바람이, 좋다",)),
    ]


def test_texts_and_labels_are_normalised(tmp_path):
    text = unicodedata.normalize("NFD", "기쁨\t좋아  \u200b요\n")
    assert without_ids(read_content(tmp_path / "plain.tsv", text)) == [(Emotion.JOY, ("좋아 요",))]


def test_the_label_tables_are_whole():
    assert len(MAJOR) == 6
    assert list(CODES) == [f"E{number}" for number in range(10, 70)]
    assert {MINOR[name] for name in ("편안한", "느긋", "안도", "신뢰하는")} == {Emotion.CALM}
    assert list(MINOR.values()).count(Emotion.CALM) == 4
    for major, decade in zip(("분노", "슬픔", "불안", "상처", "당황", "기쁨"), range(1, 7), strict=True):
        assert CODES[f"E{decade}0"] == MINOR[major] == MAJOR[major]
        assert {CODES[f"E{decade}{unit}"] for unit in range(10)} <= {MAJOR[major], Emotion.CALM}
    assert CODES["E63"] == Emotion.CALM
    assert len(SINGLE_SENTENCE) == 7
    assert set(PLAIN) == set(Emotion) | set(SINGLE_SENTENCE)


def test_a_minor_class_named_like_one_of_another_major_class_follows_its_own(tmp_path):
    rows = [HEADER, dialogue_row(1, "당황", "고립된", "나만 빼고 웃네"), dialogue_row(2, "상처", "안도", "하아")]
    dialogues = read_content(tmp_path / "a.csv", delimited(rows))
    assert [dialogue.emotion for dialogue in dialogues] == [Emotion.EMBARRASSMENT, Emotion.HURT]


def test_an_object_without_a_type_is_read_by_its_emotion_id(tmp_path):
    emotion = dialogue_object("E63", "좋네")
    del emotion["profile"]["emotion"]["type"]
    assert read_content(tmp_path / "a.json", to_json(emotion))[0].emotion == Emotion.CALM
