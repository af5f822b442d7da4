"""How the amounts of an order add up."""

from typing import Any

from tui.orders.order import Order
from tui.orders.order_totals import order_totals


def order(**fields: Any) -> Order:
    """An order with these fields."""
    return Order.read({"id": "ord_1", **fields})


def test_sums_that_hold_are_no_news() -> None:
    """Item amounts, both kinds of discount and the total agree: nothing is pointed out."""
    sums = order_totals(
        order(
            amount=6700,
            items=[{"amount": 3300, "discount_amount": 300}, {"price": 1700, "quantity": 2}],
            discount_amount=500,
            items_discount_amount=300,
            total_discount_amount=800,
            total_amount=5900,
        )
    )
    assert sums.items_amount == 6700
    assert sums.mismatches == ()


def test_an_explicit_amount_that_differs_from_its_items_is_pointed_out() -> None:
    """The API keeps it unchecked, so the reader is told."""
    sums = order_totals(order(amount=6000, items=[{"amount": 3300}, {"amount": 3400}], total_amount=6000))
    assert sums.mismatches == ("items add up to 67.00, the order's amount is 60.00",)


def test_an_item_without_any_price_makes_the_sum_unknown() -> None:
    """A partial sum is not shown as the sum."""
    sums = order_totals(order(amount=100, items=[{"amount": 50}, {"product_id": "prod_1", "quantity": 1}]))
    assert sums.items_amount is None
    assert sums.mismatches == ()


def test_a_total_that_does_not_follow_is_pointed_out() -> None:
    """Amount less discounts must be the total."""
    sums = order_totals(order(amount=1000, discount_amount=100, total_discount_amount=100, total_amount=950))
    assert sums.mismatches == ("amount less discounts is 9.00, total_amount is 9.50",)
