"""Documents whose field names are not text."""

from __future__ import annotations

from tui.orders.order import Order


def test_a_lone_surrogate_in_a_field_name_never_loses_the_order() -> None:
    """JSON may name a field by a lone surrogate; the order is read, the name is noted, the raw stays."""
    document = {"id": "ord_1", "\ud800": 1, "metadata": {"\udfff": 2}, "source_id": "a\ud800"}
    order = Order.read(document)
    assert order.id == "ord_1"
    assert order.raw is document
    assert order.problems
