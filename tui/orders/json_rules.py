"""Limits of the API for texts and numbers in JSON, and the error with the place of a fault."""

from __future__ import annotations

import math
import re
from decimal import Decimal

MAX_NUMBER_LENGTH = 400
"""Characters of a number. Python parses longer ones in quadratic time, and no double holds them."""
SURELY_EXACT = 15
"""Digits that a double always holds."""
NUL = "contains a NUL character, which the API does not store"
HALF_CHARACTER = "contains half a character (a lone surrogate), which cannot be sent"
TOO_LARGE = "is larger than any number the API can hold"
TOO_LONG = "has more digits than the API can hold (about 16)"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonError(ValueError):
    """The text is not JSON, or holds what cannot be sent. ``str()`` gives the message with its place.

    ``line`` and ``column`` count characters from 1. ``is_well_formed`` is whether other programs would read
    the text as JSON, such as an object that repeats a key.
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


def text_fault(text: str) -> str | None:
    """Why a text cannot be sent to the API; ``None`` when it can."""
    if "\0" in text:
        return NUL
    return HALF_CHARACTER if LONE_SURROGATE.search(text) else None


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
