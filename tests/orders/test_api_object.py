"""Objects of the API are read whatever their keys and values hold."""

from __future__ import annotations

import pytest

from tui.orders.order import Order


@pytest.mark.parametrize(
    "document",
    [
        {"\ud800": 1},
        {"\ud800": 1, "amount": "x"},
        {"metadata": {"\udfff": 1}},
        {"items": [{"product": {"\udfff": 1}, "quantity": 2}]},
        {"status": "\ud800"},
    ],
)
def test_half_characters_lose_no_order(document: dict[str, object]) -> None:
    """A lone surrogate in a key or a value costs nothing but itself: the order and its document stay."""
    order = Order.read({"id": "ord_1", **document})
    assert order.id == "ord_1"
    assert order.raw == {"id": "ord_1", **document}


def test_a_key_that_is_no_text_is_named_as_a_problem() -> None:
    """The faulty key is told beside the faulty value, and sound fields are read."""
    order = Order.read({"id": "ord_1", "\ud800": 1, "amount": "x", "total_amount": 5})
    assert (order.id, order.amount, order.total_amount) == ("ord_1", None, 5)
    assert [problem.partition(":")[0] for problem in order.problems] == ["a key", "amount"]
