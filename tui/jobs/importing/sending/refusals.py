"""Reads a refused request: the service's message, and the orders that it may mean.

The service refuses a whole request for one bad order and names the field, but not the row
(``docs/voucherify-api.md#imports``): the rows that fit its words are looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tui.orders.paths import Path, PathError, parse_path
from tui.orders.times import parse_time
from tui.voucherify.errors import ApiError

_Test = Callable[[bool, Any], bool]

_TOO_MANY = re.compile(r"must (?:NOT|not) have (?:more|fewer) than (\d+) (?:items|elements|orders)")
_PROPERTY = re.compile(r"Property \.?(?P<path>\S+) (?P<rest>.+)", re.DOTALL)
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "array": list,
    "boolean": bool,
    "null": type(None),
}


@dataclass(frozen=True, slots=True)
class ImportRefusal:
    """A refused request. ``limit`` is the number of orders that the service allows.

    ``path`` is the field that it names and ``rest`` the message about it.
    """

    message: str
    too_many: bool = False
    limit: int | None = None
    path: Path | None = None
    rest: str = ""


def read_refusal(error: ApiError) -> ImportRefusal:
    """Understand an answer of 400 or 413."""
    details = error.details or ""
    message = details or error.message or f"HTTP {error.status}"
    named = _PROPERTY.match(details)
    if named:
        try:
            return ImportRefusal(message, path=parse_path(named["path"]), rest=named["rest"])
        except PathError:
            return ImportRefusal(message)
    counted = _TOO_MANY.search(details) or _TOO_MANY.search(error.message)
    if counted or error.status == 413:
        return ImportRefusal(message, too_many=True, limit=int(counted[1]) if counted else None)
    return ImportRefusal(message)


def suspected_orders(refusal: ImportRefusal, documents: Sequence[dict[str, Any]]) -> list[int]:
    """The positions of the orders that the refusal may mean; empty when the message does not show them."""
    if refusal.path is None:
        return []
    violates = _violation(refusal.rest)
    found = []
    for position, document in enumerate(documents):
        present, value = _at(document, refusal.path)
        if present if violates is None else violates(present, value):
            found.append(position)
    return found if len(found) < len(documents) else []


def _violation(rest: str) -> _Test | None:
    """A test of (whether the field is there, its value) for the words of the validator."""
    for words, make in _WORDS:
        if found := words.match(rest):
            return make(found[1])
    return None


def _not_allowed(listed: str) -> _Test:
    allowed = {value.strip() for value in listed.split(",")}
    return lambda there, value: there and str(value) not in allowed


def _below(least: str) -> _Test:
    return lambda there, value: there and not (_is_number(value) and value >= float(least))


def _above(most: str) -> _Test:
    return lambda there, value: there and not (_is_number(value) and value <= float(most))


def _longer(most: str) -> _Test:
    return lambda there, value: there and isinstance(value, list) and len(value) > int(most)


def _without(name: str) -> _Test:
    return lambda there, value: there and isinstance(value, dict) and name not in value


def _no_time(_: str) -> _Test:
    return lambda there, value: there and not (isinstance(value, str) and parse_time(value))


def _of_another_type(listed: str) -> _Test:
    kinds = [kind for kind in listed.split(",") if kind in _TYPES]
    return lambda there, value: there and not any(_is_a(value, kind) for kind in kinds)


_WORDS: tuple[tuple[re.Pattern[str], Callable[[str], _Test]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"must be equal to one of the allowed values \[ (.*) \]", _not_allowed),
        (rf"(?:cannot be lower than|must be >=) {_NUMBER}", _below),
        (rf"(?:cannot be higher than|must be <=) {_NUMBER}", _above),
        (r"must NOT have more than (\d+) items", _longer),
        (r"(?:must|should) have required property '(.+)'", _without),
        (r"(cannot be recognized as a ISO-8601)", _no_time),
        (rf"(?:must|should) be ((?:(?:{'|'.join(_TYPES)}),?)+)$", _of_another_type),
    )
)


def _is_a(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(document: Any, path: Path) -> tuple[bool, Any]:
    value = document
    for part in path:
        in_list = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if in_list or (isinstance(value, dict) and part in value):
            value = value[part]
        else:
            return False, None
    return True, value
