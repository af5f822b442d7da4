"""What is said beside a document, since the document cannot say it."""

from __future__ import annotations

from tui.app.widgets.line import Line, Piece
from tui.orders.order import Order


def metadata_note(order: Order) -> list[Line]:
    """Why there is no metadata to show, if there is none."""
    if not order.has("metadata"):
        return [_note("No metadata was sent.")]
    held = order.raw["metadata"]
    if held is None:
        return [_note("The metadata is null.")]
    if not isinstance(held, dict):
        return [Line((Piece("! The metadata is not an object; see 6 JSON.", "warning"),))]
    return [] if held else [_note("The metadata is empty: {}")]


def absent_note(order: Order) -> list[Line]:
    """Which known fields were not sent, since a tree of what came cannot show them."""
    absent = [name for name in Order.model_fields if not order.has(name)]
    return [Line(), _note("not sent: " + ", ".join(absent))] if absent else []


def _note(text: str) -> Line:
    return Line((Piece(text, "muted"),))
