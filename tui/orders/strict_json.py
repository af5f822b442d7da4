"""The one reader of JSON that a user gives: in a file, a field, a cell, an editor or on a command line.

What is accepted can be sent to the API and comes back as it was; everything else is refused with its place.
Answers of the service are read elsewhere, and more leniently.
"""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any, NoReturn

MAX_DEPTH = 32
"""Levels of objects and lists in one order; no order has more."""

MAX_NUMBER_LENGTH = 400
"""Characters of a number. Python needs quadratic time for longer ones, and no double holds them."""

SURELY_EXACT = 15
"""Digits that a double always holds."""

NUL = "contains a NUL character, which the API does not store"
HALF_CHARACTER = "contains half a character (a lone surrogate), which cannot be sent"
TOO_LARGE = "is larger than any number the API can hold"
TOO_LONG = "has more digits than the API can hold (about 16)"

_BOM = "\ufeff"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_NUMBER = re.compile(r"\d[\d.]{15}|\d[eE][-+\d]")
"""Where a number may be one that a double does not hold; a text may match too, which costs only time."""


class JsonError(ValueError):
    """The text is not JSON, or holds what cannot be sent. ``str()`` gives the message with its place.

    ``line`` and ``column`` count characters from 1. ``is_well_formed`` tells a text that other programs
    would read as JSON, such as an object that repeats a key, from one that is something else altogether.
    """

    def __init__(self, message: str, line: int, column: int, *, is_well_formed: bool = False) -> None:
        place = f"line {line:,}, column {column:,}" if line > 1 else f"column {column:,}"
        super().__init__(f"{message} ({place})")
        self.message = message
        self.line = line
        self.column = column
        self.is_well_formed = is_well_formed

    @property
    def reason(self) -> str:
        """The error as a predicate: it completes "the file …" or "metadata …"."""
        return f"is not JSON that can be sent: {self}" if self.is_well_formed else f"is not JSON: {self}"


def read_json(text: str | bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """Read one JSON value. A byte order mark before it is ignored, as Windows programs write one.

    Refused are: repeated keys, NaN and Infinity, numbers that a double does not hold exactly (the API is
    JavaScript: 12345678901234567890 would come back as 12345678901234567000), NUL and half characters in
    texts, more than ``max_depth`` levels, and bytes that are not UTF-8.

    Raises:
        JsonError: with the place.
    """
    text = _decoded(text).removeprefix(_BOM)
    try:
        value = (_EXACT_DECODER if _LONG_NUMBER.search(text) else _DECODER).decode(text)
    except (ValueError, RecursionError):
        pass
    else:
        is_flat = text.count("{") + text.count("[") <= max_depth
        if (is_flat or not is_deeper(value, max_depth)) and _is_sendable_text(text, value):
            return value
    # The decoder is fast but does not know where it is when a rule is broken; a slower one finds the place.
    from .json_fault_finder import find_fault

    raise find_fault(text, max_depth)


def text_fault(text: str) -> str | None:
    """Why a text cannot be sent to the API; ``None`` when it can."""
    if "\0" in text:
        return NUL
    return HALF_CHARACTER if _LONE_SURROGATE.search(text) else None


def number_fault(number: float) -> str | None:
    """Why a number cannot be sent to the API and come back the same; ``None`` when it can."""
    if isinstance(number, float):
        return None if math.isfinite(number) else "must be a finite number"
    if abs(number) <= 2**53:
        return None
    try:
        return None if int(Decimal(repr(float(number)))) == number else TOO_LONG
    except OverflowError:
        return TOO_LARGE


def read_number(text: str) -> int | float:
    """The number that JSON's spelling of it means, as ``read_json`` reads it.

    Raises:
        ValueError: a double does not hold it exactly. The message completes "the number 1e999 …".
    """
    if len(text) > MAX_NUMBER_LENGTH:
        raise ValueError(f"has {len(text):,} characters, more than the API can hold")
    if text.isdigit() or text[1:].isdigit():
        number = int(text)
        if len(text) > SURELY_EXACT and (fault := number_fault(number)):
            raise ValueError(fault)
        return number
    return _read_decimal(text)


def is_deeper(value: Any, max_depth: int) -> bool:
    """Whether a JSON value has more levels of objects and lists than that."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(max_depth):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return bool(level)


def _read_decimal(text: str) -> float:
    number = float(text)
    if len(text) <= SURELY_EXACT and "e" not in text and "E" not in text:
        return number
    if math.isinf(number):
        raise ValueError(TOO_LARGE)
    try:
        is_exact = Decimal(text) == Decimal(repr(number))
    except ArithmeticError:
        is_exact = False  # An exponent that even Decimal refuses.
    if not is_exact:
        raise ValueError("is too close to zero for the API" if number == 0 else TOO_LONG)
    return number


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        raise JsonError("the bytes are not UTF-8 text", line, len(before) - before.rfind("\n")) from None


def _is_sendable_text(text: str, value: Any) -> bool:
    """Whether all texts in the value can be sent; only an escape or a raw half can make one that cannot."""
    if "\\u" not in text:
        return text.isascii() or not _LONE_SURROGATE.search(text)
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if text_fault(one):
                return False
        elif isinstance(one, dict):
            waiting += one.keys()
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return True


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key is repeated")
    return made


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_constant)
_EXACT_DECODER = json.JSONDecoder(
    object_pairs_hook=_once_each, parse_int=read_number, parse_float=read_number, parse_constant=_constant
)
