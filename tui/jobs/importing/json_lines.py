"""JSON Lines: one order a line. A broken line spoils that line only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from tui.orders.request import FieldFault
from tui.orders.strict_json import JsonError, read_json

from .json_array import row_of
from .rows import LONGEST, Row, UnreadableFile

_AS_ARRAY = "Write one order a line, or a JSON array of orders."


def read_json_lines(file: BinaryIO) -> Iterator[Row]:
    """Read one order a line; empty lines are passed over.

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
            yield _broken(number, "is longer than any order can be", "")
            continue
        if stripped := line.strip():
            yield _row(number, stripped)


def _one_object(file: BinaryIO) -> Row | None:
    """The row of a file that holds one object over several lines; ``None`` for any other file."""
    text = file.read(LONGEST + 1)
    file.seek(0)
    first = text.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip()
    if not first.startswith(b"{") or first.endswith(b"}"):
        return None
    if len(text) > LONGEST:
        raise UnreadableFile("an object begins here that goes on over several lines", hint=_AS_ARRAY)
    try:
        return row_of(1, read_json(text), text.decode("utf-8-sig"))
    except JsonError:
        return None


def _row(number: int, line: bytes) -> Row:
    try:
        return row_of(number, read_json(line), line.decode("utf-8"))
    except JsonError as error:
        return _broken(number, error.reason, line.decode("utf-8", "replace"))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long only the beginning, which is longer than ``LONGEST``."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)
            if not line:
                return


def _broken(number: int, message: str, text: str) -> Row:
    return Row(number, None, (FieldFault("", message),), text)
