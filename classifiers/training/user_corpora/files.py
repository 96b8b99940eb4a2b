"""The files of a corpus: one alone, those of a folder, and those inside zip archives."""

import io
import logging
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

# What is read from a folder or an archive; a file that is given by itself may have any name.
READABLE = frozenset({".xlsx", ".csv", ".tsv", ".json", ".zip"})
ZIPPED = frozenset({".xlsx", ".zip"})
ZIP_MAGIC = b"PK\x03\x04"
OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0"
# What computers leave behind in folders and archives: hidden files, Macs' twins, Excel's locks.
LITTER = (".", "__MACOSX", "~$")
UTF8_NAME_FLAG = 0x800

logger = logging.getLogger(__name__)


class UserCorpusError(ValueError):
    """A corpus brought by a user that cannot be read; the message names file, row and column, and the remedy."""


class File(NamedTuple):
    """A file's content, and its path, through any archives that it is in."""

    name: str
    data: bytes

    @property
    def is_zipped(self) -> bool:
        """Whether this is a zip archive; of those, `files_in` yields only workbooks."""
        return self.data.startswith(ZIP_MAGIC)


def files_in(path: Path) -> Iterator[File]:
    """Yield the file at `path`, or the readable ones of a folder or zip, archives within archives unpacked.

    Raises UserCorpusError, naming the file, for one that is missing, empty or broken, an old .xls, and a folder
    or archive with nothing to read.
    """
    try:
        if path.is_dir():
            found = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
            yield from _readable_of(str(path), {name: file.read_bytes for name, file in found.items()})
        else:
            yield from _unpacked(File(str(path), path.read_bytes()))
    except OSError as error:
        raise UserCorpusError(f"cannot read {error.filename or path}: {error.strerror}") from error


def decode(file: File) -> str:
    """Return a file's text, UTF-8 or CP949. Raises UserCorpusError if it is neither or blank."""
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = file.data.decode("cp949")
        except UnicodeDecodeError:
            raise UserCorpusError(
                f"{file.name} is neither UTF-8 (byte {error.start}) nor CP949; save it as UTF-8"
            ) from error
    if not text.strip():
        raise UserCorpusError(f"{file.name} is empty; download or export it again")
    return text


def _unpacked(file: File) -> Iterator[File]:
    if not file.data:
        raise UserCorpusError(f"{file.name} is empty; download or export it again")
    if file.data.startswith(OLD_OFFICE_MAGIC):
        raise UserCorpusError(f"{file.name} is an old .xls or has a password; save it as .xlsx without one")
    if not file.is_zipped and PurePosixPath(file.name).suffix.lower() not in ZIPPED:
        yield file
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
    except zipfile.BadZipFile as error:
        raise UserCorpusError(f"{file.name} is broken: {error}; download or export it again") from error
    with archive:
        if "[Content_Types].xml" in archive.namelist():  # an Office file
            yield file
        else:
            members = {_name_of(info): info for info in archive.infolist() if not info.is_dir()}
            readers = {name: partial(_extract, archive, info, file) for name, info in members.items()}
            yield from _readable_of(file.name, readers)


def _readable_of(place: str, readers: Mapping[str, Callable[[], bytes]]) -> Iterator[File]:
    """Yield what is readable among the contents, `readers` by name, of the folder or archive `place`."""
    names = [
        name for name in sorted(readers) if not any(part.startswith(LITTER) for part in PurePosixPath(name).parts)
    ]
    readable = [name for name in names if PurePosixPath(name).suffix.lower() in READABLE]
    if not readable:
        raise UserCorpusError(
            f"{place} holds no {', '.join(sorted(READABLE))} file, only: {', '.join(names) or 'nothing'}"
        )
    if others := sorted(set(names) - set(readable)):
        logger.warning("%s: not read, by their names no corpus: %s", place, ", ".join(others))
    for name in readable:
        yield from _unpacked(File(f"{place}/{name}", readers[name]()))


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: File) -> bytes:
    try:
        return archive.read(info)
    except Exception as error:  # zipfile passes on whatever the decompressors raise
        raise UserCorpusError(
            f"cannot unpack {_name_of(info)} of {file.name}: {error}; download it again, or unpack it yourself "
            "and give the folder"
        ) from error


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name, repaired where Python read Korean bytes without UTF-8 flag as code page 437."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAME_FLAG:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name)
