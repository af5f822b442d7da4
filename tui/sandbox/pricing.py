"""What orders and items cost: integers in minor units, sent amounts always kept (2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .wire import Document

_DISCOUNTS = ("discount_amount", "items_discount_amount", "total_discount_amount")


def price_item(item: Document, catalogue_price: float | None) -> Document:
    """Give an item its ``price``, ``amount`` and ``subtotal_amount`` where they can be known.

    ``amount`` is price times quantity unless sent, ``subtotal_amount`` the amount less the discount.
    ``catalogue_price`` counts only if the item has no price of its own, and only if it is whole.
    """
    priced = dict(item)
    if "price" not in priced and catalogue_price is not None and float(catalogue_price).is_integer():
        priced["price"] = int(catalogue_price)
    if "amount" not in priced and "price" in priced and "quantity" in priced:
        priced["amount"] = priced["price"] * priced["quantity"]
    if "amount" in priced:
        priced["subtotal_amount"] = priced["amount"] - priced.get("discount_amount", 0)
    return priced


def items_amount(items: Iterable[Document], partly: Literal["unknown", "sum_known"]) -> int | None:
    """What the items add up to; ``None`` if there are none, or if some have no amount and that matters."""
    amounts: list[int | None] = [item.get("amount") for item in items]
    known = [amount for amount in amounts if amount is not None]
    if not known or (partly == "unknown" and len(known) < len(amounts)):
        return None
    return sum(known)


def discounts(order: Document) -> Document:
    """The discount fields of an order, from its own discount and those of its items; empty without any."""
    of_items = [i["discount_amount"] for i in order.get("items", ()) if "discount_amount" in i]
    found: Document = {}
    if "discount_amount" in order:
        found["discount_amount"] = order["discount_amount"]
    if of_items:
        found["items_discount_amount"] = sum(of_items)
    if found:
        found["total_discount_amount"] = sum(found.values())
    return found


def total_up(order: Document, *, discounts_changed: bool) -> Document:
    """Bring the totals of an order in line: ``total_amount = amount - total_discount_amount``.

    The discount totals are computed anew only when a discount or an item changed: those of a redeemed order
    came from its redemption.
    """
    totalled = dict(order)
    if discounts_changed:
        for name in _DISCOUNTS:
            totalled.pop(name, None)
        totalled.update(discounts(order))
    totalled.pop("total_amount", None)
    if "amount" in totalled:
        totalled["total_amount"] = totalled["amount"] - totalled.get("total_discount_amount", 0)
    return totalled
