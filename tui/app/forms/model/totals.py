"""What the order's sums would be: for a receipt beside the form (``docs/voucherify-api.md#amounts``)."""

from __future__ import annotations

from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal
from tui.orders.changes.item_amounts import items_amount

DISCOUNTS = ("discount_amount", "items_discount_amount", "total_discount_amount")


def with_totals(document: ApiDocument, base: ApiDocument | None) -> ApiDocument:
    """The document with its amount and totals as the service would work them out, in minor units.

    Discounts of a redeemed order came from its redemption, so they stay until a discount or an item changes.
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
    if _whole(made.get("amount")):
        off = made.get(DISCOUNTS[2], 0)
        made["total_amount"] = made["amount"] - (off if _whole(off) else 0)
    return made


def line_amount(item: Any) -> int | None:
    """Price times quantity of a line, in minor units; ``None`` when one is not known."""
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
    of_items = [amount for amount in given if _whole(amount)]
    found: ApiDocument = {}
    if _whole(document.get("discount_amount")):
        found[DISCOUNTS[0]] = document["discount_amount"]
    if of_items:
        found[DISCOUNTS[1]] = sum(of_items)
    if found:
        found[DISCOUNTS[2]] = sum(found.values())
    return found


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
