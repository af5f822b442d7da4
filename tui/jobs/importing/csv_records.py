"""The records of a CSV, each with the line it begins on, whatever the encoding."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .dialect import PLAIN, Dialect
from .rows import LONGEST, UnreadableFile

_BLOCK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record; ``line`` counts from 1."""

    line: int
    cells: list[str]


class Records:
    """The records that are not empty.

    Raises:
        UnreadableFile: the quoting or the encoding breaks.
    """

    def __init__(self, file: BinaryIO, dialect: Dialect) -> None:
        csv.field_size_limit(LONGEST)
        self._lines = 0
        self._reader = csv.reader(self._decoded(file, dialect), delimiter=dialect.delimiter, strict=True)

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> Record:
        while True:
            line = self._lines + 1
            try:
                cells = next(self._reader)
            except csv.Error as error:
                raise UnreadableFile(f"this is not CSV: {error}", line) from None
            if cells:
                return Record(line, cells)

    def _decoded(self, file: BinaryIO, dialect: Dialect) -> Iterator[str]:
        if dialect.plain_line_ends:
            return self._by_line(file, dialect)
        return self._by_block(file, dialect)

    def _by_line(self, file: BinaryIO, dialect: Dialect) -> Iterator[str]:
        decode, codec = codecs.getdecoder(dialect.codec), dialect.codec
        while line := file.readline(LONGEST + 1):
            self._lines += 1
            if self._lines == 1 and codec == "utf-8":
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) > LONGEST:
                raise UnreadableFile("the line is longer than any order can be", self._lines)
            try:
                yield decode(line, "strict")[0]
            except UnicodeError as error:
                raise self._undecodable(error, dialect) from None

    def _by_block(self, file: BinaryIO, dialect: Dialect) -> Iterator[str]:
        """Where a line end is not the byte that it is in ASCII, as in UTF-16."""
        decoder = codecs.getincrementaldecoder(dialect.codec)("strict")
        rest, ended = "", False
        while not ended:
            block = file.read(_BLOCK)
            ended = not block
            try:
                rest += decoder.decode(block, ended)
            except UnicodeError as error:
                self._lines += 1
                raise self._undecodable(error, dialect) from None
            *lines, rest = rest.split("\n")
            for line in lines:
                self._lines += 1
                yield line + "\n"
            if len(rest) > LONGEST:
                raise UnreadableFile("the line is longer than any order can be", self._lines + 1)
        if rest:
            self._lines += 1
            yield rest

    def _undecodable(self, error: UnicodeError, dialect: Dialect) -> UnreadableFile:
        at = "the text is"
        if isinstance(error, UnicodeDecodeError) and dialect.plain_line_ends:
            at = f"byte {error.start + 1} is"
        hint = "Save the file as UTF-8, or say which encoding it has."
        return UnreadableFile(f"{at} not {dialect.encoding.upper()}", self._lines, hint=hint)


def read_header(file: BinaryIO, dialect: Dialect = PLAIN) -> tuple[str, ...]:
    """The names of the columns; empty for an empty file."""
    first = next(Records(file, dialect), None)
    return tuple(first.cells) if first else ()
