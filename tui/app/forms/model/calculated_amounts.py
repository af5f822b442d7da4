"""Amounts that the form calculates from others: of items, their sum, discounts and the total."""

from __future__ import annotations

from typing import Any, NamedTuple

from tui.orders.amounts import DECIMALS, format_amount
from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal
from tui.orders.changes.item_amounts import items_amount
from tui.orders.paths import Path, value_at

DISCOUNTS = ("discount_amount", "items_discount_amount", "total_discount_amount")


def with_totals(document: ApiDocument, base: ApiDocument | None) -> ApiDocument:
    """The document with its amount and totals as the service would calculate them, in minor units.

    The discounts of a redeemed order come from its redemption, so they stay until a discount or item changes.
    """
    made = dict(document)
    items = made.get("items")
    lines: list[Any] = items if isinstance(items, list) else []
    if "amount" not in made and (total := items_amount(lines)) is not None:
        made["amount"] = total
    if base is None or _discounts_changed(base, document):
        for name in DISCOUNTS[1:]:
            made.pop(name, None)
        made.update(_discounts(made, lines))
    made.pop("total_amount", None)
    if _is_integer(made.get("amount")):
        off = made.get(DISCOUNTS[2], 0)
        made["total_amount"] = made["amount"] - (off if _is_integer(off) else 0)
    return made


def line_amount(item: Any) -> int | None:
    """Price times quantity of an item, in minor units; ``None`` if one is missing."""
    if not isinstance(item, dict):
        return None
    return items_amount([{name: item[name] for name in ("price", "quantity") if name in item}])


def _discounts_changed(base: ApiDocument, document: ApiDocument) -> bool:
    return any(
        not json_equal(base.get(name, ABSENT), document.get(name, ABSENT))
        for name in ("discount_amount", "items")
    )


def _discounts(document: ApiDocument, lines: list[Any]) -> ApiDocument:
    given = [line.get("discount_amount") for line in lines if isinstance(line, dict)]
    of_items = [amount for amount in given if _is_integer(amount)]
    found: ApiDocument = {}
    if _is_integer(document.get("discount_amount")):
        found[DISCOUNTS[0]] = document["discount_amount"]
    if of_items:
        found[DISCOUNTS[1]] = sum(of_items)
    if found:
        found[DISCOUNTS[2]] = sum(found.values())
    return found


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class Calculation(NamedTuple):
    """A calculated amount in minor units and how it was calculated; ``None`` if a part is missing."""

    amount: int | None
    words: str


def calculation(document: ApiDocument, path: Path, *, decimals: int = DECIMALS) -> Calculation | None:
    """How the amount at a path is calculated; ``None`` for amounts that are always typed."""
    if path == ("amount",):
        return _order_calculation(document.get("items"))
    if len(path) == 3 and path[0] == "items" and path[2] == "amount":
        return _item_calculation(value_at(document, path[:2]), decimals)
    return None


def _order_calculation(items: object) -> Calculation:
    lines = items if isinstance(items, list) else []
    if not lines:
        return Calculation(None, "there are no items to add up")
    total = items_amount(lines)
    text = "the item" if len(lines) == 1 else f"the {len(lines):,} items"
    return Calculation(total, f"sum of {text}" if total is not None else f"{text}: not all have an amount")


def _item_calculation(item: object, decimals: int) -> Calculation:
    if not isinstance(item, dict):
        return Calculation(None, "")
    amount = line_amount(item)
    if amount is None:
        return Calculation(None, "quantity × price, once both are known")
    return Calculation(amount, f"{item['quantity']:,} × {format_amount(item['price'], decimals=decimals)}")
