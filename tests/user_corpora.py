"""Corpora as users bring them: three dialogues in every format of the releases, and what reading a file gives."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from classifiers.labels import Emotion
from classifiers.training.user_corpora import Dialogue, UserCorpusError, read_user_corpus

HEADER = [
    *("번호", "연령", "성별", "상황키워드", "신체질환", "감정_대분류", "감정_소분류"),
    *("사람문장1", "시스템문장1", "사람문장2", "시스템문장2", "사람문장3", "시스템문장3"),
]
WORRY = ["일은 왜 해도 해도 끝이 없을까?", "많이 힘드시겠어요.", "화가 나서 잠도 안 와.", "쉬어 보세요."]
RELIEF = ["아내가 다 나았대.", "다행이에요."]


def dialogue_row(number: int, major: str, minor: str, *turns: str | None) -> list:
    """A dialogue as the tables have it; turns are human and system in turn."""
    return [number, "청년", "여성", "진로, 취업, 직장", "해당없음", major, minor, *turns]


def dialogue_object(code: str, *turns: str) -> dict:
    """A dialogue as the JSON release has it; turns are human and system in turn."""
    names = [f"{who}0{turn}" for turn in range(1, 4) for who in ("HS", "SS")]
    return {
        "profile": {
            "persona": {"persona-id": "Pro_05349", "human": ["A02", "G01"], "computer": ["C01"]},
            "emotion": {"emotion-id": f"S06_D02_{code}", "type": code, "situation": ["S06", "D02"]},
        },
        "talk": {
            "id": {"profile-id": "Pro_05349", "talk-id": "Pro_05349_00053"},
            "content": dict(zip(names, [*turns, *[""] * 6][:6], strict=True)),
        },
    }


ROWS = [
    dialogue_row(1, "분노 ", " 노여워하는", *WORRY),
    dialogue_row(2, "기쁨", "안도", *RELIEF, "", None, "이제 한시름  놓았어"),
    dialogue_row(3, "상처", "배신당한", "친구가 나를 속였어."),
]
OBJECTS = [
    dialogue_object("E18", *WORRY),
    dialogue_object("E67", *RELIEF, "", "", "이제 한시름 놓았어"),
    dialogue_object("E42", "친구가 나를 속였어."),
]
# What the rows and the objects above say, without ids.
DIALOGUES = [
    (Emotion.ANGER, ("일은 왜 해도 해도 끝이 없을까?", "화가 나서 잠도 안 와.")),
    (Emotion.CALM, ("아내가 다 나았대.", "이제 한시름 놓았어")),
    (Emotion.HURT, ("친구가 나를 속였어.",)),
]


def workbook(rows: Iterable[Sequence], write_only: bool = True) -> bytes:
    """An .xlsx file; unless `write_only`, it states its size, and a blank sheet stands before that of the rows."""
    file = io.BytesIO()
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("원천")
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def delimited(rows: Iterable[Sequence], encoding: str = "utf-8", **options: str) -> bytes:
    """A CSV file, or what the options of `csv.writer` make of it."""
    file = io.StringIO(newline="")
    csv.writer(file, **options).writerows(rows)
    return file.getvalue().encode(encoding)


def to_json(value: object, encoding: str = "utf-8") -> bytes:
    """A JSON file, indented as the releases are."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode(encoding)


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these contents under these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return file.getvalue()


WORKBOOK = workbook([HEADER, *ROWS])
CSV = delimited([HEADER, *ROWS])


def read_content(path: Path, content: str | bytes) -> list[Dialogue]:
    """Write a file and read it as a corpus."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_user_corpus(path)


def refusal_of(path: Path, content: str | bytes) -> str:
    """Write a file that is no corpus; return what the error says, which names the file."""
    with pytest.raises(UserCorpusError, match=re.escape(path.name)) as caught:
        read_content(path, content)
    return str(caught.value)


def without_ids(dialogues: Iterable[Dialogue]) -> list[tuple[Emotion, tuple[str, ...]]]:
    """What dialogues say, to compare with `DIALOGUES`."""
    return [(dialogue.emotion, dialogue.turns) for dialogue in dialogues]
