"""Reads JSON that a user gives: in a file, a field, a cell, an editor or on a command line.

What is accepted can be sent to the API and comes back unchanged; all else is refused with its position.
Answers of the API are read elsewhere, leniently.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from tui.orders.json_fault_finder import find_fault
from tui.orders.json_rules import (
    LONE_SURROGATE,
    JsonError,
    read_number,
    text_fault,
)

MAX_DEPTH = 32
"""Levels of objects and lists in one order; no order has more."""


_BOM = "\ufeff"
_LONG_NUMBER = re.compile(r"\d[\d.]{15}|\d[eE][-+\d]")
"""Where a number may be one that a double does not hold; a text may match too, which costs only time."""


def read_json(text: str | bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """Read one JSON value. A byte order mark before it is ignored, as Windows programs write one.

    It refuses repeated keys, NaN and Infinity, numbers that a double does not hold exactly (the API is
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
    raise find_fault(text, max_depth)


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
        return text.isascii() or not LONE_SURROGATE.search(text)
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
