"""All metadata of an order as texts, for conditions that name no key."""

from __future__ import annotations

from typing import Any

from tui.orders.exported_text import exported_text, meaning_of

_DEPTH = 32
"""How deep nested metadata is looked into; deeper values are not seen."""


def leaves(metadata: Any) -> list[str]:
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
