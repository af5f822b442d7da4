"""Copying an order, or parts of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tui.actions.printing.formats import json_text
from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.panels.detail.summary_rows import hiding_fact
from tui.orders.order import Order
from tui.orders.paths import format_path, value_at
from tui.terminal.visible import hidden_characters, hidden_places, visible


def copy_chooser(order: Order, marks: Collection[str]) -> Chooser:
    """The parts of the order under the cursor, or of the marked ones, that can be copied."""
    choices = [Choice("id", "id", visible(order.id, limit=40)), Choice("json", "JSON", "the whole order")]
    if order.source_id:
        choices.insert(1, Choice("source_id", "source_id", visible(order.source_id, limit=40)))
    if hiding := hiding_fact(order.raw):
        choices.append(Choice("hidden", "value as escaped JSON", visible(hiding.text)))
    if marks:
        choices.append(Choice("marked", f"ids of the {len(marks):,} marked", "one a line"))
    return Chooser("Copy", choices)


def copied_value(what: str, order: Order, marks: Collection[str]) -> str:
    """The text of a choice; escaped where it holds characters that act or hide."""
    if what == "json":
        return as_json(order.raw)
    if what == "hidden":
        return as_json(_hiding_values(order.raw))
    if what == "marked":
        return "\n".join(_unhidden(key) for key in sorted(marks))
    return _unhidden(order.id if what == "id" else order.source_id or "")


def as_json(document: object) -> str:
    """A document as JSON, with escapes for the characters that act or hide."""
    return json_text(document, indent=2)


def _hiding_values(document: object) -> Any:
    """The only value with hidden characters, or all of them by path, which names such keys."""
    places = list(hidden_places(document))
    if len(places) == 1 and not places[0].in_key:
        return value_at(document, places[0].path)
    return {format_path(place.path): value_at(document, place.path) for place in places}


def _unhidden(value: str) -> str:
    """The value itself, or as a JSON string when it holds characters that act or hide."""
    return json_text(value) if hidden_characters(value) else value
