"""Whether a document can be sent as JSON at all: the check that comes before any model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from tui.orders.paths import Path, format_path
from tui.orders.privacy.mask import looks_masked

from .faults import FieldFault, shown_value

DEEPEST = 32
"""Levels of objects and lists; no order has more."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def unsendable(document: Any, path: Path = ()) -> Iterator[FieldFault]:
    """Everything in the document that JSON cannot hold: half characters, infinities, foreign values."""
    if len(path) > DEEPEST:
        yield FieldFault(format_path(path), f"is nested deeper than {DEEPEST} levels")
    elif isinstance(document, dict):
        for key, value in document.items():
            if not isinstance(key, str):
                yield FieldFault(format_path(path), "has a key that is not text", shown_value(key))
                continue
            if _LONE_SURROGATE.search(key):
                yield FieldFault(
                    format_path(path), _HALF.replace("holds", "has a key with"), shown_value(key)
                )
            yield from unsendable(value, (*path, key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            yield from unsendable(value, (*path, position))
    elif (message := _fault_of(document)) is not None:
        yield FieldFault(format_path(path), message, shown_value(document))


_MASK = "is masked, so it is not the value; take it again without masks"
_HALF = "holds half a character (a lone surrogate) that cannot be sent"


def _fault_of(value: Any) -> str | None:
    if isinstance(value, str):
        if _LONE_SURROGATE.search(value):
            return _HALF
        return _MASK if looks_masked(value) else None
    if isinstance(value, float) and not math.isfinite(value):
        return "must be a number that JSON can hold"
    if value is None or isinstance(value, bool | int | float):
        return None
    return "must be text, a number, true, false, null, a list or an object"
