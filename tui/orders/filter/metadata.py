"""Metadata values as the filter language sees them: texts, numbers and times, nested or in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})\Z", re.ASCII)
_DEPTH = 32
"""How deep nested metadata is looked into; deeper values are not seen."""


def value_at(metadata: Mapping[str, Any] | None, key: str) -> Any:
    """The value of a key, else at the dotted path of that name; ``None`` when there is none."""
    if not metadata:
        return None
    if key in metadata:
        return metadata[key]
    found: Any = metadata
    for part in key.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def scalars(value: Any) -> Iterator[Any]:
    """The value itself, or the elements of a list; objects and null hold nothing to compare with."""
    for element in value if isinstance(value, list) else (value,):
        if element is not None and not isinstance(element, dict | list):
            yield element


def scalar_text(value: Any) -> str:
    """A value as a person would write it in a filter: ``true``, ``10``, ``2.5``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def leaves(value: Any, depth: int = _DEPTH) -> list[str]:
    """Every text, number and truth value inside an object or a list (or nothing), as text."""
    found: list[str] = []
    for element in value.values() if isinstance(value, dict) else value or ():
        if isinstance(element, str):
            found.append(element)
        elif isinstance(element, dict | list):
            found += leaves(element, depth - 1) if depth else ()
        elif element is not None:
            found.append(scalar_text(element))
    return found


def number(value: Any) -> Decimal | None:
    """A value as a number: numbers, and texts that are nothing but a number."""
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.match(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    read = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return read if read.is_finite() else None
