"""What a JSON value means: the meaning of the text that the service's CSV export holds for it.

An order that was listed has typed metadata, a cell of an exported file has text. Filters compare both, so a
value means the same in both: its exported text is read as a list or an object where it is JSON of that kind,
and as a number or a time where it is one. ``5`` and ``"5"`` are alike, and so are ``null``, ``""`` and
nothing at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

Meaning = str | list[Any] | dict[str, Any] | None
"""Text that is not empty, the elements of a list, the members of an object, or ``None``: no value."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,399})(?:\.\d{1,399})?(?:[eE][+-]?\d{1,4})?\Z", re.ASCII)


def exported_text(value: Any) -> str:
    """The text of a JSON value in an exported CSV; empty for no value.

    See ``docs/voucherify-api.md#export-files``.

    Numbers are written as JavaScript does, which the service runs on: ``5.0`` is ``5``. A lone surrogate
    cannot be written as UTF-8 and is U+FFFD.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() else _without_surrogates(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_text(value)
    return str(value) if isinstance(value, int) else json.dumps(value, separators=(",", ":"))


def meaning_of(value: Any) -> Meaning:
    """The meaning of a JSON value, which is the meaning of its exported text."""
    if isinstance(value, list | dict):
        return value
    text = exported_text(value)
    if text.startswith(("[", "{")):
        parsed = _parsed(text)
        return text if parsed is None else parsed
    return text or None


def number_of(text: str) -> Decimal | None:
    """The exact number that a text is, written as in JSON; ``007`` and ``+5`` are texts.

    Longer than 400 digits, or with an exponent of more than four, it stays a text.
    """
    return Decimal(text) if _NUMBER.match(text) else None


def metadata_meaning(metadata: Any, key: str) -> Meaning:
    """The meaning of a metadata key, else of the path with this name through nested objects."""
    if not isinstance(metadata, Mapping):
        return None
    found = meaning_of(metadata.get(key))
    if found is not None or "." not in key:
        return found
    head, *rest = key.split(".")
    found = meaning_of(metadata.get(head))
    for part in rest:
        if not isinstance(found, dict):
            return None
        found = meaning_of(found.get(part))
    return found


def comparable_texts(meaning: Meaning) -> list[str]:
    """What a comparison sees: the text, or the texts of a list's elements.

    Objects have nothing to compare, nor do lists and objects within a list.
    """
    if isinstance(meaning, str):
        return [meaning]
    if not isinstance(meaning, list):
        return []
    texts = (exported_text(element) for element in meaning if not isinstance(element, list | dict))
    return [text for text in texts if text]


def _parsed(text: str) -> list[Any] | dict[str, Any] | None:
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list | dict) else None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _float_text(value: float) -> str:
    if value == 0:
        return "0"
    if 1e-6 <= abs(value) < 1e21:
        return format(Decimal(repr(value)).normalize(), "f")
    mantissa, _, exponent = repr(value).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}" if exponent else mantissa


def _without_surrogates(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_DEPTH = 32
"""The depth to which nested metadata is read; deeper values are ignored."""


def metadata_texts(metadata: Any) -> list[str]:
    """The text of every value at any depth of an order's metadata."""
    if not isinstance(metadata, dict):
        return []
    found: list[str] = []
    for value in metadata.values():
        meaning = meaning_of(value)
        if isinstance(meaning, str):
            found.append(meaning)
        elif meaning is not None:
            _add_leaves(meaning, found, _DEPTH)
    return found


def _add_leaves(holder: list[Any] | dict[str, Any], found: list[str], depth: int) -> None:
    for element in holder.values() if isinstance(holder, dict) else holder:
        if isinstance(element, list | dict):
            if depth:
                _add_leaves(element, found, depth - 1)
        elif text := exported_text(element):
            found.append(text)
