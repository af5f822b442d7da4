"""Putting values into a document and taking them out, sharing what stays the same.

A form keeps every earlier state for undo, so an edit makes new holders only on its own way.
"""

from __future__ import annotations

from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT
from tui.orders.paths import Path


def value_at(document: Any, path: Path) -> Any:
    """The value at a path, or ``ABSENT``."""
    value = document
    for part in path:
        inside = part in value if isinstance(value, dict) else False
        if isinstance(value, list) and isinstance(part, int):
            inside = 0 <= part < len(value)
        if not inside:
            return ABSENT
        value = value[part]
    return value


def put(document: Any, path: Path, value: Any) -> Any:
    """The document with a value at a path; objects on the way are made where there are none."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(document, list) and isinstance(part, int):
        inner = document[part] if part < len(document) else None
        return [*document[:part], put(inner, rest, value), *document[part + 1 :]]
    holder: ApiDocument = document if isinstance(document, dict) else {}
    return {**holder, str(part): put(holder.get(str(part)), rest, value)}


def take_out(document: Any, path: Path) -> Any:
    """The document without what stands at a path; the same document when nothing stands there."""
    if value_at(document, path) is ABSENT:
        return document
    part, rest = path[0], path[1:]
    if rest:
        return put(document, (part,), take_out(document[part], rest))
    if isinstance(document, list):
        return [value for place, value in enumerate(document) if place != part]
    return {key: value for key, value in document.items() if key != part}
