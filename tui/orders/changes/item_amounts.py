"""Updates amounts that are computed from prices and quantities.

The API does not check explicit amounts (``docs/voucherify-api.md#amounts``). So when a quantity changes and
the old amount is sent along, the order keeps a sum that no longer holds. An amount that was equal to its
parts before the edit, and was not edited itself, is computed again here; any other amount stays.
"""

from __future__ import annotations

import copy
from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.json_values import ABSENT, json_equal

from .item_matching import match_items


def update_amounts(base: ApiDocument, edited: ApiDocument) -> ApiDocument:
    """The edited document with the amounts that follow from its items; a copy, in minor units."""
    made = copy.deepcopy(edited)
    old, new = base.get("items"), made.get("items")
    if not isinstance(old, list) or not isinstance(new, list) or json_equal(old, new):
        return made
    for before, after in match_items(old, new):
        if before is not None and after is not None:
            _follow_item(old[before], new[after])
    followed = json_equal(base.get("amount", ABSENT), items_amount(old))
    if (
        followed
        and json_equal(base.get("amount"), made.get("amount"))
        and (total := items_amount(new)) is not None
    ):
        made["amount"] = total
    return made


def _follow_item(before: Any, after: Any) -> None:
    if not isinstance(before, dict) or not isinstance(after, dict) or "amount" not in after:
        return
    if "amount" not in before:
        return
    was, now = price_times_quantity(before), price_times_quantity(after)
    if (
        now is not None
        and json_equal(before.get("amount"), was)
        and json_equal(after["amount"], before["amount"])
    ):
        after["amount"] = now


def items_amount(items: list[Any]) -> int | None:
    """What the items add up to in minor units; ``None`` when there are none or one's amount is unknown."""
    amounts = [_amount(item) for item in items]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if amounts and len(known) == len(amounts) else None


def _amount(item: Any) -> int | None:
    if not isinstance(item, dict):
        return None
    amount = item.get("amount")
    return amount if _whole(amount) else price_times_quantity(item)


def price_times_quantity(item: ApiDocument) -> int | None:
    """Price times quantity in minor units; ``None`` when one of them is not known."""
    price, quantity = item.get("price"), item.get("quantity")
    if isinstance(price, int) and isinstance(quantity, int) and _whole(price) and _whole(quantity):
        return price * quantity
    return None


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
