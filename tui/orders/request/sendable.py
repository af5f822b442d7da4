"""Whether a document can be sent as JSON at all: the check that comes before any model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.orders.paths import Path, format_path
from tui.orders.privacy.mask import looks_masked
from tui.orders.strict_json import MAX_DEPTH, number_fault, text_fault

from .faults import FieldFault, shown_value

_MASK = "is masked, so it is not the value; take it again without masks"


def unsendable(document: Any, path: Path = ()) -> Iterator[FieldFault]:
    """Everything in the document that ``read_json`` would refuse, and what is no JSON value or is masked."""
    if isinstance(document, dict | list) and len(path) >= MAX_DEPTH:
        yield FieldFault(format_path(path), f"is nested deeper than {MAX_DEPTH} levels")
    elif isinstance(document, dict):
        for key, value in document.items():
            if not isinstance(key, str):
                yield FieldFault(format_path(path), "has a key that is not text", shown_value(key))
                continue
            if fault := text_fault(key):
                yield FieldFault(format_path(path), f"has a key that {fault}", shown_value(key))
            yield from unsendable(value, (*path, key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            yield from unsendable(value, (*path, position))
    elif (message := _fault_of(document)) is not None:
        yield FieldFault(format_path(path), message, shown_value(document))


def _fault_of(value: Any) -> str | None:
    if isinstance(value, str):
        return text_fault(value) or (_MASK if looks_masked(value) else None)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return number_fault(value)
    return "must be text, a number, true, false, null, a list or an object"
