"""Reading a corpus that a user brings, whatever its format."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from classifiers.text import normalize_text
from classifiers.training.user_corpora.dialogue import Dialogue
from classifiers.training.user_corpora.files import File, UserCorpusError, decode, files_in
from classifiers.training.user_corpora.labels import CODES
from classifiers.training.user_corpora.records import Record, Records, to_dialogues
from classifiers.training.user_corpora.tables import read_delimited, read_workbook

HUMAN_TURN = re.compile(r"HS(\d+)")

logger = logging.getLogger(__name__)


def read_user_corpus(path: Path) -> list[Dialogue]:
    """Read a file, a zip or a folder of labelled dialogues or sentences; the content tells the format.

    Known are AI Hub's 감성 대화 말뭉치 (xlsx, csv, JSON) and 단발성 대화 (xlsx), and tables of a label and a
    sentence (xlsx, csv, tsv, with or without a header). A release holds each dialogue as xlsx and as JSON:
    what an earlier file holds, too, is taken once. Rows that are left out are logged with their numbers.
    Raises UserCorpusError, naming file, row and column and what to do, for what cannot be read.
    """
    dialogues: list[Dialogue] = []
    seen = set()
    for file in files_in(path):
        read = _read_file(file)
        new = [dialogue for dialogue in read if (dialogue.emotion, dialogue.turns) not in seen]
        if len(new) < len(read):
            logger.warning("%s: left out %d dialogues that an earlier file holds", file.name, len(read) - len(new))
        dialogues += new
        seen.update((dialogue.emotion, dialogue.turns) for dialogue in new)
    return dialogues


def _read_file(file: File) -> list[Dialogue]:
    if file.is_zipped:
        return to_dialogues(read_workbook(file), file.name)
    text = decode(file)
    read = _read_json if text.lstrip().startswith(("[", "{")) else read_delimited
    return to_dialogues(read(file, text), file.name)


def _read_json(file: File, text: str) -> Records:
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserCorpusError(
            f"{file.name}, line {error.lineno}, column {error.colno}: broken JSON ({error.msg}); download it again"
        ) from error
    if isinstance(items, dict):
        items = [items]
    return Records(_read_items(items), "object", "profile.emotion.type", CODES)


def _read_items(items: list) -> Iterator[Record]:
    for number, item in enumerate(items, start=1):
        label = _text_at(item, "profile", "emotion", "type")
        # "S06_D02_E18": situation, disease, emotion.
        label = label or _text_at(item, "profile", "emotion", "emotion-id").rpartition("_")[2]
        content = _at(item, "talk", "content")
        content = content if isinstance(content, dict) else {}
        turns = {int(match[1]): key for key in content if (match := HUMAN_TURN.fullmatch(key))}
        yield Record(number, label, "", [_text_at(content, turns[turn]) for turn in sorted(turns)])


def _at(item: object, *path: str) -> object:
    """Return what stands at a path of keys in nested JSON objects, None if it leads nowhere."""
    for key in path:
        item = item.get(key) if isinstance(item, dict) else None
    return item


def _text_at(item: object, *path: str) -> str:
    value = _at(item, *path)
    return normalize_text(value) if isinstance(value, str) else ""
