"""Amounts that are worked out from others, and how that is shown beside the field."""

from __future__ import annotations

from typing import NamedTuple

from tui.orders.amounts import DECIMALS, format_amount
from tui.orders.api_object import ApiDocument
from tui.orders.changes.item_amounts import items_amount
from tui.orders.paths import Path

from .places import value_at
from .totals import line_amount


class Calculation(NamedTuple):
    """What an amount is by itself, in minor units, and from what; ``None`` when it cannot be known here."""

    amount: int | None
    words: str


def calculation(document: ApiDocument, path: Path, *, decimals: int = DECIMALS) -> Calculation | None:
    """How the amount at a path is worked out; ``None`` for amounts that are only ever typed."""
    if path == ("amount",):
        return _of_order(document.get("items"))
    if len(path) == 3 and path[0] == "items" and path[2] == "amount":
        return _of_line(value_at(document, path[:2]), decimals)
    return None


def _of_order(items: object) -> Calculation:
    lines = items if isinstance(items, list) else []
    if not lines:
        return Calculation(None, "there are no items to sum up")
    total = items_amount(lines)
    said = "the item" if len(lines) == 1 else f"the {len(lines):,} items"
    return Calculation(total, f"sum of {said}" if total is not None else f"{said}: not all have an amount")


def _of_line(item: object, decimals: int) -> Calculation:
    if not isinstance(item, dict):
        return Calculation(None, "")
    amount = line_amount(item)
    if amount is None:
        return Calculation(None, "quantity × price, once both are known")
    return Calculation(amount, f"{item['quantity']:,} × {format_amount(item['price'], decimals=decimals)}")
