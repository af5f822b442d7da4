"""How the amounts of an order add up, and where they do not (``docs/voucherify-api.md#amounts``)."""

from __future__ import annotations

from dataclasses import dataclass

from .amounts import format_amount
from .order import Order, OrderItem


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """The amounts of an order, all in minor units; ``None`` where neither sent nor computable.

    ``mismatches`` are sentences about sums that do not add up. The API does not check explicit amounts,
    so a mismatch is a property of the order, not an error of the answer.
    """

    items_amount: int | None
    amount: int | None
    items_discount: int | None
    order_discount: int | None
    total_discount: int | None
    total: int | None
    mismatches: tuple[str, ...]


def order_totals(order: Order) -> OrderTotals:
    """Compare the amounts of the order with the sums of its parts."""
    amounts = [item_amount(item) for item in order.items]
    items_amount = sum(a for a in amounts if a is not None) if amounts and None not in amounts else None
    items_discount = order.items_discount_amount
    summed_discount = sum(item.discount_amount or 0 for item in order.items)
    total_discount = order.total_discount_amount
    mismatches = []
    if items_amount is not None and order.amount is not None and items_amount != order.amount:
        mismatches.append(_differs("items add up to", items_amount, "the order's amount is", order.amount))
    if items_discount is not None and summed_discount != items_discount and summed_discount:
        mismatches.append(
            _differs(
                "discounts of items add up to", summed_discount, "items_discount_amount is", items_discount
            )
        )
    if total_discount is not None:
        parts = (order.discount_amount or 0) + (items_discount or 0)
        if parts != total_discount:
            mismatches.append(
                _differs(
                    "order and item discounts add up to", parts, "total_discount_amount is", total_discount
                )
            )
    if order.amount is not None and order.total_amount is not None:
        expected = order.amount - (total_discount or 0)
        if expected != order.total_amount:
            mismatches.append(
                _differs("amount less discounts is", expected, "total_amount is", order.total_amount)
            )
    return OrderTotals(
        items_amount=items_amount,
        amount=order.amount,
        items_discount=items_discount,
        order_discount=order.discount_amount,
        total_discount=total_discount,
        total=order.total_amount,
        mismatches=tuple(mismatches),
    )


def item_amount(item: OrderItem) -> int | None:
    """An item's amount: as sent, else price times quantity, else unknown."""
    if item.amount is not None:
        return item.amount
    if item.price is not None and item.quantity is not None:
        return item.price * item.quantity
    return None


def _differs(first: str, one: int, second: str, other: int) -> str:
    return f"{first} {format_amount(one)}, {second} {format_amount(other)}"
