"""The file of an import: what it is, whether it is still the same, and its bytes."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast, get_args

from .rows import ImportRefused, UnreadableFile, not_read

Format = Literal["json", "jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)

_OTHER_FILES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"<", "a web page or XML"),
    (b"{\\rtf", "a text document"),
    (b"BZh", "packed by bzip2"),
    (b"\xfd7zXZ\0", "packed by xz"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd"),
    (b"7z\xbc\xaf", "packed by 7-Zip"),
    (b"Rar!", "packed by RAR"),
)
"""What files of other kinds begin with."""

_ARCHIVES = (
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"xl/", "an Excel workbook"),
    (b"[Content_Types].xml", "an Excel workbook or another Office document"),
)
"""What tells spreadsheets from other zip archives, near their beginning."""

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_PARQUET = b"PAR1"
_SUFFIXES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file, and what tells it from a changed one. ``size`` in bytes on disk, ``mtime`` in nanoseconds."""

    path: Path
    format: Format
    sha256: str
    size: int
    mtime: int

    @property
    def short_hash(self) -> str:
        """The part of the hash that names the file in identifiers."""
        return self.sha256[:8]


def identify(path: Path, as_format: Format | None = None) -> ImportFile:
    """Look at a file: its format (by content, then by name) and its hash.

    Raises:
        ImportRefused: it cannot be read, or is empty.
    """
    path = path.expanduser().absolute()
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        stat = path.stat()
    except OSError as error:
        raise not_read(path, error) from None
    return ImportFile(path, as_format or format_of(path), sha256, stat.st_size, stat.st_mtime_ns)


def still_the_same(file: ImportFile) -> bool:
    """Whether the file on disk is, to the byte, the one that was looked at."""
    try:
        return (
            file.path.stat().st_size == file.size and identify(file.path, file.format).sha256 == file.sha256
        )
    except (OSError, ImportRefused):
        return False


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked when it is gzip.

    Raises:
        UnreadableFile: the gzip stream is broken.
    """
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked, io.BufferedReader(unpacked) as buffered:
            try:
                yield cast("BinaryIO", buffered)
            except (EOFError, gzip.BadGzipFile, OSError) as error:
                raise UnreadableFile(f"the gzip file is broken ({error})") from None


def format_of(path: Path) -> Format:
    """The format of a file, by its content, then by its name.

    Raises:
        ImportRefused: it is empty.
    """
    with opened(path) as file:
        start = file.read(64 * 1024).removeprefix(_BOM).lstrip()
    if kind := _other_kind(start):
        what = "Unpack it" if "packed" in kind or "archive" in kind else "Save it as CSV"
        raise ImportRefused(f"{path.name} is {kind}", hint=f"{what} and import that file.")
    if not start:
        raise ImportRefused(f"{path} is empty")
    if start.startswith(_PARQUET):
        return "parquet"
    if start.startswith(b"["):
        return "json"
    if start.startswith(b"{"):
        return "jsonl"
    named = [_SUFFIXES[suffix] for suffix in reversed(path.suffixes) if suffix in _SUFFIXES]
    return named[0] if named else "csv"


def _other_kind(start: bytes) -> str | None:
    """What a file is that holds no rows of text; ``None`` for one that may."""
    kind = next((kind for magic, kind in _OTHER_FILES if start.startswith(magic)), None)
    if kind == "a zip archive":
        return next((found for part, found in _ARCHIVES if part in start), kind)
    return kind
