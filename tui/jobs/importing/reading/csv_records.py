"""The records of a CSV, each with the line it begins on, in any encoding."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect
from tui.jobs.importing.reading.row import LONGEST

_BLOCK = 64 * 1024
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(?P<sign>[^"\r\n])"?[,;\t]*\r?\n\Z', re.IGNORECASE)
"""The line by which spreadsheets tell each other the separator."""

_CSV_ERRORS = {
    "new-line character": "some lines end in CR alone, others in LF; save it with line ends of one kind",
    "unexpected end of data": "a quotation mark that opens a cell is not closed",
}
_NO_QUOTES = "If quotation marks do not enclose cells in this file, pass --no-quotes."


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record; ``line`` counts from 1."""

    line: int
    cells: list[str]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything, as in the rows that a spreadsheet emptied."""
        return not "".join(self.cells).strip()


class Records:
    """The records that are not empty lines; ``delimiter`` is what a ``sep=`` line says, else the dialect.

    Raises:
        UnreadableFile: the quoting or the encoding breaks.
    """

    def __init__(self, file: BinaryIO, dialect: Dialect) -> None:
        csv.field_size_limit(LONGEST)
        self._lines = 0
        self._dialect = dialect
        self._ahead = 0
        self.delimiter = dialect.delimiter
        lines = self._below_titles(self._decoded(file))
        self._reader = csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if dialect.quotes else csv.QUOTE_NONE,
            strict=True,
        )

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> Record:
        while True:
            line = self._lines + 1 - self._ahead
            self._ahead = 0
            try:
                cells = next(self._reader)
            except csv.Error as error:
                raise self._broken(str(error), line) from None
            if cells:
                return Record(line, cells)

    def _below_titles(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines from the titles on; the first is read here, since it may name the separator."""
        for _ in range(self._dialect.skip_lines):
            next(lines, None)
        first = next(lines, None)
        if first is not None and (named := _SEPARATOR_LINE.match(first)):
            self.delimiter = named["sign"]
            first = next(lines, None)
        self._ahead = 0 if first is None else 1
        return _chained(first, lines)

    def _broken(self, error: str, line: int) -> UnreadableFile:
        reason = next((said for part, said in _CSV_ERRORS.items() if part in error), error)
        hint = _NO_QUOTES if self._dialect.quotes and "line ends" not in reason else None
        return UnreadableFile(f"this is not CSV: {reason}", line, hint=hint)

    def _decoded(self, file: BinaryIO) -> Iterator[str]:
        start = file.read(_BLOCK)
        file.seek(0)
        if self._dialect.plain_line_ends and not (b"\r" in start[:-1] and b"\n" not in start):
            return self._by_line(file)
        return self._by_block(file)

    def _by_line(self, file: BinaryIO) -> Iterator[str]:
        codec = self._dialect.codec
        decode = codecs.getdecoder(codec)
        while line := file.readline(LONGEST + 1):
            self._lines += 1
            if self._lines == 1:
                line = self._first_line(line)
            if len(line) > LONGEST:
                raise UnreadableFile("the line is longer than the limit of an order", self._lines)
            try:
                yield decode(line, "strict")[0]
            except UnicodeError as error:
                raise self._undecodable(error) from None

    def _first_line(self, line: bytes) -> bytes:
        if b"\0" in line:
            encoding = "utf-16-be" if line.startswith(b"\0") else "utf-16-le"
            raise UnreadableFile(
                f"the text is not {self._dialect.encoding.upper()} but seems to be UTF-16",
                hint=f"Pass --encoding {encoding}.",
            )
        return line.removeprefix(codecs.BOM_UTF8) if self._dialect.codec == "utf-8" else line

    def _by_block(self, file: BinaryIO) -> Iterator[str]:
        """Where a line end is not the byte LF, as in UTF-16 and in files with CR alone."""
        decoder = codecs.getincrementaldecoder(self._dialect.codec)("strict")
        rest, ended, line_end = "", False, ""
        while not ended:
            block = file.read(_BLOCK)
            ended = not block
            try:
                rest += decoder.decode(block, ended)
            except UnicodeError as error:
                self._lines += 1
                raise self._undecodable(error) from None
            if not line_end:
                rest = rest.removeprefix("\ufeff")
                line_end = "\r" if "\r" in rest[:-1] and "\n" not in rest else "\n"
            *lines, rest = rest.split(line_end)
            for line in lines:
                self._lines += 1
                yield line + "\n"
            if len(rest) > LONGEST:
                raise UnreadableFile("the line is longer than the limit of an order", self._lines + 1)
        if rest:
            self._lines += 1
            yield rest

    def _undecodable(self, error: UnicodeError) -> UnreadableFile:
        at = "the text is"
        if isinstance(error, UnicodeDecodeError) and self._dialect.plain_line_ends:
            at = f"byte {error.start + 1} is"
        hint = "Save the file as UTF-8, or set its encoding."
        return UnreadableFile(f"{at} not {self._dialect.encoding.upper()}", self._lines, hint=hint)


def _chained(first: str | None, others: Iterator[str]) -> Iterator[str]:
    if first is not None:
        yield first
    yield from others


def read_header(file: BinaryIO, dialect: Dialect = DEFAULT_DIALECT) -> tuple[str, ...]:
    """The names of the columns; empty for an empty file."""
    first = next(Records(file, dialect), None)
    return tuple(first.cells) if first else ()
