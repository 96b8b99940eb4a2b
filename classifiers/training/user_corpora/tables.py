"""Corpora as tables: the rows of workbooks and of CSV and TSV files, and which column says what."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from statistics import mode
from typing import NamedTuple

from openpyxl import load_workbook

from classifiers.labels import Emotion
from classifiers.text import normalize_text
from classifiers.training.user_corpora.files import File, UserCorpusError
from classifiers.training.user_corpora.labels import MAJOR, PLAIN
from classifiers.training.user_corpora.records import Record, Records, squeeze

# The columns of 감성 대화 말뭉치; what a person says stands in 사람문장1, 사람문장2, …
MAJOR_COLUMN, MINOR_COLUMN, FIRST_TURN_COLUMN = "감정_대분류", "감정_소분류", "사람문장1"
TURN_COLUMN = re.compile(r"사람문장(\d+)")
# What the two columns of other corpora are called, in small letters.
LABEL_NAMES = ("emotion", "label", "감정", "라벨", "레이블")
SENTENCE_NAMES = ("sentence", "text", "문장", "발화")
# So many rows of a table without header tell which of its two columns holds the labels.
SAMPLE = 100
EXPECTED = (
    f"expected {MAJOR_COLUMN}, {MINOR_COLUMN}, {FIRST_TURN_COLUMN}, … (감성 대화 말뭉치), or Sentence and Emotion "
    "(단발성 대화), or label and sentence, with or without a header"
)


class Row(NamedTuple):
    """A row that is not blank: its number in the table, from one, and its cells as far as they are filled."""

    number: int
    cells: Sequence[str]

    def cell(self, column: int) -> str:
        """Return the text in a column, normalised, empty beyond the last filled cell."""
        return normalize_text(self.cells[column]) if column < len(self.cells) else ""


@dataclass(frozen=True)
class Columns:
    """Which column (from zero) says what, and how many there are; `known` are the labels one may meet."""

    label: int
    turns: tuple[int, ...]
    count: int
    label_name: str
    known: Mapping[str, Emotion]
    minor: int | None = None


def read_workbook(file: File) -> Records:
    """Read the first sheet of an .xlsx that is not blank. Raises UserCorpusError as `read_delimited` does."""
    # Sheets carry counts and notes beside the table, so cells beyond the columns mean nothing.
    return _read_table(_workbook_rows(file), file.name, cells_may_stick_out=True)


def read_delimited(file: File, text: str) -> Records:
    """Read a TSV or CSV file, decoded.

    Raises UserCorpusError, naming file, row and column, if the file cannot be parsed, lacks a column or has
    columns of no known corpus.
    """
    # A cell beyond the columns is a shifted row, or the rest of a sentence with a bare comma.
    return _read_table(_delimited_rows(file, text), file.name, cells_may_stick_out=False)


def _read_table(rows: Iterator[Row], name: str, cells_may_stick_out: bool) -> Records:
    header = next(rows, None)
    if header is None:
        raise UserCorpusError(f"{name} is empty; download or export it again")
    columns = _columns_of(header, name)
    if columns is None:
        sample = [header, *islice(rows, SAMPLE)]
        columns = _columns_without_header(sample, name)
        rows = chain(sample, rows)
    records = (
        Record(
            number=row.number,
            label=row.cell(columns.label),
            minor="" if columns.minor is None else row.cell(columns.minor),
            turns=[row.cell(column) for column in columns.turns],
            fits=cells_may_stick_out or len(row.cells) <= columns.count,
        )
        for row in rows
    )
    return Records(records, "row", f"column {columns.label_name}", columns.known)


def _columns_of(header: Row, name: str) -> Columns | None:
    """Return the columns that a header names, None if the row is no header of a known corpus."""
    names = _names_in(header)
    turns = {int(match[1]): number for number, cell in enumerate(names) if (match := TURN_COLUMN.fullmatch(cell))}
    if turns or MAJOR_COLUMN in names or MINOR_COLUMN in names:
        _require((FIRST_TURN_COLUMN,), header, name)
        return Columns(
            label=_require((MAJOR_COLUMN,), header, name),
            turns=tuple(turns[number] for number in sorted(turns)),
            count=len(names),
            label_name=MAJOR_COLUMN,
            known=MAJOR,
            minor=_require((MINOR_COLUMN,), header, name),
        )
    if not set(names) & {*LABEL_NAMES, *SENTENCE_NAMES}:
        return None
    label = _require(LABEL_NAMES, header, name)
    sentence = _require(SENTENCE_NAMES, header, name)
    return Columns(label, (sentence,), len(names), header.cell(label), PLAIN)


def _require(accepted: Sequence[str], header: Row, name: str) -> int:
    """Return the number of the first column with one of the `accepted` names."""
    names = _names_in(header)
    for number, cell in enumerate(names):
        if cell in accepted:
            return number
    raise UserCorpusError(
        f"{name}, row {header.number}: no column {' or '.join(accepted)} among {', '.join(names)}; "
        "add it or rename one"
    )


def _names_in(header: Row) -> list[str]:
    return [squeeze(header.cell(column)).lower() for column in range(len(header.cells))]


def _columns_without_header(sample: Sequence[Row], name: str) -> Columns:
    if mode(len(row.cells) for row in sample) != 2:
        first = ", ".join(cell[:30] for cell in sample[0].cells[:12])
        raise UserCorpusError(f"{name}, row {sample[0].number}: cannot tell the columns of {first}; {EXPECTED}")
    hits = [sum(squeeze(row.cell(column)) in PLAIN for row in sample) for column in (0, 1)]
    label = int(hits[1] > hits[0])
    return Columns(label, (1 - label,), 2, str(label + 1), PLAIN)


def _workbook_rows(file: File) -> Iterator[Row]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which hold no text
            workbook = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True)
        with closing(workbook):
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # some programs write a wrong size, which would hide cells
                rows = _numbered(["" if cell is None else str(cell) for cell in row] for row in sheet.values)
                if first := next(rows, None):
                    yield from chain([first], rows)
                    return
    except Exception as error:  # openpyxl passes on whatever zipfile and the XML parser raise
        raise UserCorpusError(f"{file.name} is a broken workbook: {error}; download or save it again") from error


def _delimited_rows(file: File, text: str) -> Iterator[Row]:
    if "\t" in text.lstrip("\r\n").split("\n", 1)[0]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from _numbered(reader)
    except csv.Error as error:
        raise UserCorpusError(
            f"{file.name}, line {reader.line_num}: {error}; put double quotes around cells with commas or "
            "quotes, and double the quotes inside"
        ) from error


def _numbered(rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield Row(number, cells)
