"""The lines of an order in a form: adding, removing, putting in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tui.orders.changes import ABSENT
from tui.orders.paths import Path

from .places import put, take_out
from .state import FormState

NEW_ITEM = {"quantity": 1}


def items_of(state: FormState) -> list[Any]:
    """The lines, as they stand."""
    items = state.document.get("items")
    return items if isinstance(items, list) else []


def add_item(state: FormState) -> tuple[FormState, int]:
    """A new line at the end, and its place."""
    items = items_of(state)
    return replace(state, document=put(state.document, ("items",), [*items, dict(NEW_ITEM)])), len(items)


def duplicate_item(state: FormState, place: int) -> FormState:
    """The same line once more, right below."""
    items = items_of(state)
    added = [*items[: place + 1], items[place], *items[place + 1 :]]
    return _renumbered(state, added, lambda at: at + 1 if at > place else at)


def remove_item(state: FormState, place: int) -> FormState:
    """The lines without one. A new order without lines has no ``items``; an order that had some gets none."""
    items = items_of(state)
    left = [*items[:place], *items[place + 1 :]]
    made = _renumbered(state, left, lambda at: None if at == place else at - 1 if at > place else at)
    if not left and state.origin.get("items", ABSENT) in (ABSENT, None):
        return replace(made, document=take_out(made.document, ("items",)))
    return made


def move_item(state: FormState, place: int, step: int) -> tuple[FormState, int]:
    """A line one place up or down, and where it is then; unchanged at an end."""
    items, other = list(items_of(state)), place + step
    if not (0 <= place < len(items) and 0 <= other < len(items)):
        return state, place
    items[place], items[other] = items[other], items[place]
    return _renumbered(state, items, lambda at: {place: other, other: place}.get(at, at)), other


def _renumbered(state: FormState, items: list[Any], place_of: Callable[[int], int | None]) -> FormState:
    """The state with other lines; texts that could not be read go with their line."""
    typed = {}
    for path, text in state.typed.items():
        moved = _moved(path, place_of)
        if moved is not None:
            typed[moved] = text
    return replace(state, document=put(state.document, ("items",), items), typed=MappingProxyType(typed))


def _moved(path: Path, place_of: Callable[[int], int | None]) -> Path | None:
    if len(path) < 2 or path[0] != "items" or not isinstance(path[1], int):
        return path
    place = place_of(path[1])
    return None if place is None else (path[0], place, *path[2:])
