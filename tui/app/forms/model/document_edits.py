"""Setting and removing values in a document without copying what stays the same.

The form keeps earlier states for undo, so an edit copies only the objects on its path.
"""

from __future__ import annotations

from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.json_values import ABSENT
from tui.orders.paths import Path, value_at


def with_value(document: Any, path: Path, value: Any) -> Any:
    """The document with a value at a path; missing objects on the path are created."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(document, list) and isinstance(part, int):
        inner = document[part] if part < len(document) else None
        return [*document[:part], with_value(inner, rest, value), *document[part + 1 :]]
    holder: ApiDocument = document if isinstance(document, dict) else {}
    return {**holder, str(part): with_value(holder.get(str(part)), rest, value)}


def without_value(document: Any, path: Path) -> Any:
    """The document without the value at a path; the same document if there is none."""
    if value_at(document, path) is ABSENT:
        return document
    part, rest = path[0], path[1:]
    if rest:
        return with_value(document, (part,), without_value(document[part], rest))
    if isinstance(document, list):
        return [value for place, value in enumerate(document) if place != part]
    return {key: value for key, value in document.items() if key != part}
