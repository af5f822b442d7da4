"""The file of an import: its format, its private copy, changes since, and its unpacked bytes."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast, get_args

from tui.files.private_copy import SourceError, copy_privately
from tui.jobs.importing.import_errors import ImportRefused, UnreadableFile, file_read_error

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
    """A file, and the hash that shows changes. ``size`` in bytes on disk, ``mtime`` in nanoseconds.

    ``path`` is what the user named, ``copy`` the private copy of it that was checked and is sent.
    """

    path: Path
    format: Format
    sha256: str
    size: int
    mtime: int
    copy: Path | None = None

    @property
    def content(self) -> Path:
        """Where the bytes are read from: the private copy, since ``path`` may change at any time."""
        return self.copy or self.path

    @property
    def is_stream(self) -> bool:
        """Whether the bytes came from a pipe, so that there is no original to compare with."""
        return self.mtime == 0

    @property
    def short_hash(self) -> str:
        """The part of the hash that names the file in identifiers."""
        return self.sha256[:8]


def inspect_file(path: Path, as_format: Format | None = None) -> ImportFile:
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
        raise file_read_error(path, error) from None
    return ImportFile(path, as_format or detect_format(path), sha256, stat.st_size, stat.st_mtime_ns)


def copy_file(
    path: Path,
    copy: Path,
    as_format: Format | None = None,
    *,
    source: Path | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> ImportFile:
    """Take a private copy of a file, and look at it as ``identify`` does. Blocks.

    ``source`` is what the user named, where ``path`` only holds what was read from that pipe.

    Raises:
        ImportRefused: it cannot be read, or is empty.
        CopyStopped: ``is_stopped`` said so.
        OSError: the copy cannot be written.
    """
    path = path.expanduser().absolute()
    try:
        facts = copy_privately(path, copy, is_stopped=is_stopped)
    except SourceError as error:
        raise file_read_error(source or path, OSError(error.errno, error.strerror)) from None
    named = source or path
    mtime = 0 if source is not None else facts.mtime
    return ImportFile(named, as_format or detect_format(copy, named), facts.sha256, facts.size, mtime, copy)


def is_unchanged(file: ImportFile) -> bool:
    """Whether the file that the user named is, to the byte, the one that was looked at. Blocks."""
    try:
        return (
            file.path.stat().st_size == file.size
            and inspect_file(file.path, file.format).sha256 == file.sha256
        )
    except (OSError, ImportRefused):
        return False


def has_original_changed(file: ImportFile) -> bool:
    """Whether the original of a private copy is there and holds something else by now. Blocks."""
    if file.copy is None or file.is_stream:
        return False
    try:
        stat = file.path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) != (file.size, file.mtime) and not is_unchanged(file)


@contextmanager
def open_unpacked(path: Path) -> Iterator[BinaryIO]:
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
            except (EOFError, zlib.error, OSError) as error:
                raise UnreadableFile(f"the gzip file is broken ({error})") from None


def detect_format(path: Path, named: Path | None = None) -> Format:
    """The format of a file, by its content, then by its name; ``named`` is that of the original.

    Raises:
        ImportRefused: it is empty.
    """
    named = named or path
    with open_unpacked(path) as file:
        start = file.read(64 * 1024).removeprefix(_BOM).lstrip()
    if kind := _other_kind(start):
        what = "Unpack it" if "packed" in kind or "archive" in kind else "Save it as CSV"
        raise ImportRefused(f"{named.name} is {kind}", hint=f"{what} and import that file.")
    if not start:
        raise ImportRefused(f"{named} is empty")
    if start.startswith(_PARQUET):
        return "parquet"
    if start.startswith(b"["):
        return "json"
    if start.startswith(b"{"):
        return "jsonl"
    known = [_SUFFIXES[suffix] for suffix in reversed(named.suffixes) if suffix in _SUFFIXES]
    return known[0] if known else "csv"


def _other_kind(start: bytes) -> str | None:
    """What a file is that holds no rows of text; ``None`` for one that may."""
    kind = next((kind for magic, kind in _OTHER_FILES if start.startswith(magic)), None)
    if kind == "a zip archive":
        return next((found for part, found in _ARCHIVES if part in start), kind)
    return kind
