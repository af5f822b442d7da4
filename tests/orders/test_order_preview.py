"""A sketch shows in the dashboard's columns what an order does."""

from typing import Any, cast

import pytest

from tui.orders.columns import DEFAULT_COLUMNS, OrderPreview, column
from tui.orders.order import Order

DOCUMENT = {
    "id": "ord_1",
    "status": "PAID",
    "customer_id": "cust_1",
    "items": [{}, {}],
    "amount": 1250,
    "total_amount": 1000,
    "created_at": "2026-01-31T14:05:09.123Z",
}


@pytest.mark.parametrize(
    "document", [DOCUMENT, {"id": "ord_2"}, {"id": "ord_3", "items": [], "amount": None}]
)
def test_its_cells_are_those_of_the_order(document: dict[str, Any]) -> None:
    """Whatever the document lacks."""
    sketch, order = cast("Order", OrderPreview(document)), Order.read(document)
    for name in DEFAULT_COLUMNS:
        assert column(name).text(sketch) == column(name).text(order)
