"""Copying an order, or parts of it."""

from __future__ import annotations

import json
from collections.abc import Collection

from tui.app.dialogs.chooser import Choice, Chooser
from tui.orders.order import Order
from tui.terminal.visible import hidden_characters, visible


def copy_chooser(order: Order, marks: Collection[str]) -> Chooser:
    """What of the order under the cursor, or of the marked ones, can be copied."""
    choices = [Choice("id", "id", visible(order.id, limit=40)), Choice("json", "JSON", "the whole order")]
    if order.source_id:
        choices.insert(1, Choice("source_id", "source_id", visible(order.source_id, limit=40)))
    if marks:
        choices.append(Choice("marked", f"ids of the {len(marks):,} marked", "one a line"))
    return Chooser("Copy", choices)


def copied_value(what: str, order: Order, marks: Collection[str]) -> str:
    """The text of a choice; escaped where it holds characters that act or hide."""
    if what == "json":
        return as_json(order.raw)
    if what == "marked":
        return "\n".join(_unhidden(key) for key in sorted(marks))
    return _unhidden(order.id if what == "id" else order.source_id or "")


def as_json(document: object) -> str:
    """A document as JSON; escaped to ASCII when it holds characters that act or hide."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    unsafe = hidden_characters(text.replace("\n", ""))
    return json.dumps(document, indent=2, ensure_ascii=True) if unsafe else text


def _unhidden(value: str) -> str:
    """The value itself, or as a JSON string when it holds characters that act or hide."""
    return json.dumps(value) if hidden_characters(value) else value
