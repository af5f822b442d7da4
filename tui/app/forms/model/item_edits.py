"""Edits of the list of items: add, duplicate, remove, move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tui.orders.changes import ABSENT
from tui.orders.paths import Path

from .document_edits import with_value, without_value
from .form_state import FormState

NEW_ITEM = {"quantity": 1}


def items_of(state: FormState) -> list[Any]:
    """The items of the document; empty if there are none."""
    items = state.document.get("items")
    return items if isinstance(items, list) else []


def add_item(state: FormState) -> tuple[FormState, int]:
    """Append an item; return its index too."""
    items = items_of(state)
    return replace(state, document=with_value(state.document, ("items",), [*items, dict(NEW_ITEM)])), len(
        items
    )


def duplicate_item(state: FormState, place: int) -> FormState:
    """Insert a copy of an item below it."""
    items = items_of(state)
    added = [*items[: place + 1], items[place], *items[place + 1 :]]
    return _renumbered(state, added, lambda at: at + 1 if at > place else at)


def remove_item(state: FormState, place: int) -> FormState:
    """Remove an item. A new order without items omits ``items``; an existing one sends an empty list."""
    items = items_of(state)
    left = [*items[:place], *items[place + 1 :]]
    made = _renumbered(state, left, lambda at: None if at == place else at - 1 if at > place else at)
    if not left and state.origin.get("items", ABSENT) in (ABSENT, None):
        return replace(made, document=without_value(made.document, ("items",)))
    return made


def move_item(state: FormState, place: int, step: int) -> tuple[FormState, int]:
    """Move an item up or down; return its new index too. At either end, nothing happens."""
    items, other = list(items_of(state)), place + step
    if not (0 <= place < len(items) and 0 <= other < len(items)):
        return state, place
    items[place], items[other] = items[other], items[place]
    return _renumbered(state, items, lambda at: {place: other, other: place}.get(at, at)), other


def _renumbered(state: FormState, items: list[Any], place_of: Callable[[int], int | None]) -> FormState:
    """The state with another list of items; invalid inputs move with their item."""
    typed = {}
    for path, text in state.typed.items():
        moved = _moved(path, place_of)
        if moved is not None:
            typed[moved] = text
    return replace(
        state, document=with_value(state.document, ("items",), items), typed=MappingProxyType(typed)
    )


def _moved(path: Path, place_of: Callable[[int], int | None]) -> Path | None:
    if len(path) < 2 or path[0] != "items" or not isinstance(path[1], int):
        return path
    place = place_of(path[1])
    return None if place is None else (path[0], place, *path[2:])
