"""JSON arrays, read element by element, and JSON Lines: memory holds one order and a buffer, not the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.reading.row import LONGEST, ImportRow
from tui.orders.json_fault_finder import find_fault
from tui.orders.json_rules import JsonError
from tui.orders.request import FieldFault
from tui.orders.strict_json import MAX_DEPTH, read_json

CHUNK = 256 * 1024
"""Bytes read at once."""

_SPACE = " \t\r\n"
_OUTLINE = json.JSONDecoder(parse_int=len, parse_float=len)
"""Finds the end of a value; numbers are skipped, since Python refuses to read very long ones."""

_NEAR_THE_END = 16
"""An error this near to the end of the buffer may be no error: the rest was not read yet."""


def read_json_array(file: BinaryIO) -> Iterator[ImportRow]:
    """Read the elements of the array that the file holds.

    Raises:
        UnreadableFile: it is not such a file; rows before the break were handed on already.
    """
    scanner = _Scanner(file)
    scanner.expect("[", "the file must be a JSON array of orders")
    if scanner.peek() == "]":
        scanner.take()
    else:
        while True:
            yield scanner.element()
            if scanner.take() == "]":
                break
    if scanner.peek():
        raise scanner.broken("something follows the end of the array")


class _Scanner:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text = ""
        self._at = 0
        self._line = 1
        self._number = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not white space; empty at the end of the file."""
        while True:
            text, at = self._text, self._at
            end = len(text)
            while at < end and text[at] in _SPACE:
                at += 1
            self._pass_over(at)
            if at < end:
                return text[at]
            if not self._read_more():
                return ""

    def take(self) -> str:
        """The separator after an element: a comma, or the closing bracket."""
        sign = self.peek()
        if sign not in {",", "]"}:
            raise self.broken("a comma or ] was expected" if sign else "the file ends within the array")
        self._at += 1
        return sign

    def expect(self, sign: str, message: str) -> None:
        """Read a character that must come next."""
        if self.peek() != sign:
            raise self.broken(message)
        self._at += 1

    def element(self) -> ImportRow:
        """The next element of the array."""
        if not self.peek():
            raise self.broken("the file ends within the array")
        end = self._end_of_value()
        line, raw = self._line, self._text[self._at : end]
        self._pass_over(end)
        self._number += 1
        try:
            return json_row(line, read_json(raw), raw, self._number)
        except JsonError as error:
            return ImportRow(line, None, (FieldFault("", error.reason),), raw, self._number)

    def broken(self, message: str) -> UnreadableFile:
        """An error about the current position."""
        return UnreadableFile(message, self._line)

    def _end_of_value(self) -> int:
        """The end of the next value, valid or not; its content is read by ``read_json``."""
        step = CHUNK
        while True:
            try:
                _, end = _OUTLINE.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self._more_or_broken(error, step)
            except RecursionError:
                raise self.broken("an order here is nested too deeply") from None
            else:
                if end < len(self._text) or not self._read_more(step):
                    return end
            step *= 2

    def _more_or_broken(self, error: json.JSONDecodeError, step: int) -> None:
        cut_off = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR_THE_END
        if len(self._text) - self._at > LONGEST:
            raise self.broken("an order is longer than the limit")
        if not cut_off or not self._read_more(step):
            raise self._not_json() from None

    def _not_json(self) -> UnreadableFile:
        fault = find_fault(self._text[self._at :], MAX_DEPTH)
        return UnreadableFile(f"this {fault.reason}", self._line + fault.line - 1)

    def _pass_over(self, at: int) -> None:
        self._line += self._text.count("\n", self._at, at)
        self._at = at

    def _read_more(self, size: int | None = None) -> bool:
        if self._ended:
            return False
        read = self._file.read(size or CHUNK)
        self._ended = not read
        try:
            text = self._decode(read, self._ended)
        except UnicodeDecodeError:
            raise self.broken("the text is not UTF-8 from here on") from None
        self._text = self._text[self._at :] + text
        self._at = 0
        return bool(text) or not self._ended


def json_row(line: int, value: Any, raw: str, number: int = 0) -> ImportRow:
    """A row for one JSON value; what is not an object gets a fault."""
    if isinstance(value, dict):
        return ImportRow(line, value, (), raw, number)
    return ImportRow(line, None, (FieldFault("", "must be a JSON object", raw[:60]),), raw, number)


_AS_ARRAY = "Write one order a line, or a JSON array of orders."


def read_json_lines(file: BinaryIO) -> Iterator[ImportRow]:
    """Read one order per line; empty lines are skipped.

    A file that is one object over several lines, as programs print it for people, is one row: a line of it
    may look like an order.

    Raises:
        UnreadableFile: it begins with such an object, and is too long to be one.
    """
    if (whole := _one_object(file)) is not None:
        yield whole
        return
    for number, line in enumerate(_lines(file), 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 - the same line without its mark
        if len(line) > LONGEST:
            yield _broken(number, "is longer than the limit of an order", "")
            continue
        if stripped := line.strip():
            yield _row(number, stripped)


def _one_object(file: BinaryIO) -> ImportRow | None:
    """The row of a file that holds one object over several lines; ``None`` for any other file."""
    text = file.read(LONGEST + 1)
    file.seek(0)
    first = text.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip()
    if not first.startswith(b"{") or first.endswith(b"}"):
        return None
    if len(text) > LONGEST:
        raise UnreadableFile("an object that begins here continues on other lines", hint=_AS_ARRAY)
    try:
        return json_row(1, read_json(text), text.decode("utf-8-sig"))
    except JsonError:
        return None


def _row(number: int, line: bytes) -> ImportRow:
    try:
        return json_row(number, read_json(line), line.decode("utf-8"))
    except JsonError as error:
        return _broken(number, error.reason, line.decode("utf-8", "replace"))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines; a line that is too long is cut, but stays longer than ``LONGEST``."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)
            if not line:
                return


def _broken(number: int, message: str, text: str) -> ImportRow:
    return ImportRow(number, None, (FieldFault("", message),), text)
