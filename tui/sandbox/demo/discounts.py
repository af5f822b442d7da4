"""Discounts of an order: on its items, on the whole, or on both (``voucherify-api.md`` 2.3)."""

from __future__ import annotations

from typing import Any, Literal

from .draw import Draw, Weighted

Item = dict[str, Any]
Level = Literal["items", "order", "both"]

_PERCENTS = Weighted(((10, 5), (15, 3), (20, 2), (25, 1)))
_FIXED = (300, 500, 1000)


def take_off(draw: Draw, level: Level, amount: int, items: list[Item]) -> dict[str, int]:
    """Discount the order; the amounts to show, in the order in which the API shows them.

    Items that are discounted get ``discount_amount`` and a smaller ``subtotal_amount``. An order without
    priced items can only be discounted as a whole.

    Args:
        draw: where chance comes from.
        level: what is discounted.
        amount: the order's amount, in minor units.
        items: the order's items, changed in place.
    """
    off_items = _off_items(draw, items) if level != "order" else 0
    off_order = _off_order(draw, amount - off_items) if level != "items" or not off_items else 0
    shown = {"discount_amount": off_order, "items_discount_amount": off_items}
    return {name: off for name, off in shown.items() if off} | {
        "total_discount_amount": off_order + off_items
    }


def _off_items(draw: Draw, items: list[Item]) -> int:
    percent, every_item = _PERCENTS.pick(draw), draw.chance(60)
    chosen = items if every_item or not items else [draw.pick(items)]
    total = 0
    for at, item in enumerate(items):
        if any(item is one for one in chosen) and item.get("amount"):
            off = item["amount"] * percent // 100
            items[at] = _discounted(item, off)
            total += off
    return total


def _off_order(draw: Draw, amount: int) -> int:
    if draw.chance(60):
        return max(1, amount * _PERCENTS.pick(draw) // 100)
    return min(amount, draw.pick(_FIXED))


def _discounted(item: Item, off: int) -> Item:
    """The item with its discount where the API shows it: after the amount."""
    shown: Item = {}
    for name, value in item.items():
        shown[name] = value
        if name == "amount":
            shown["discount_amount"] = off
    shown["subtotal_amount"] = item["amount"] - off
    return shown
