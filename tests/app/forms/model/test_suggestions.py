"""Values of loaded orders, gathered and matched; sums as the service would work them out."""

from __future__ import annotations

from typing import Any

from tui.app.forms.model.calculated_amounts import with_totals
from tui.app.forms.model.suggestions import collect_suggestions, matches
from tui.orders.order import Order

ITEMS: list[dict[str, Any]] = [
    {"product_id": "prod_1", "price": 1250, "product": {"name": "Cup"}},
    {"sku_id": "sku_1", "sku": {"sku": "Cup, red", "source_id": "red"}},
]


def test_values_come_often_seen_first_with_what_they_are() -> None:
    """Products with name and price, customers, metadata keys and their texts; nothing with hidden marks."""
    first = {"id": "a", "items": ITEMS, "customer_id": "cust_1", "metadata": {"k": "x", "b\x00": "y"}}
    second = {"id": "b", "items": ITEMS[:1], "customer_id": "cust_2", "metadata": {"k": "z", "n": 1}}
    seen = collect_suggestions([Order.read(first), Order.read(second), Order.read({**second, "id": "c"})])
    assert seen.values["products"] == (("prod_1", "Cup  12.50"),)
    assert seen.values["skus"] == (("sku_1", "Cup, red"),)
    assert [value.text for value in seen.values["customers"]] == ["cust_2", "cust_1"]
    assert [key.text for key in seen.metadata_keys] == ["k", "n"]
    assert [value.text for value in seen.metadata_values["k"]] == ["z", "x"]


def test_matches_begin_with_what_is_typed_then_hold_it() -> None:
    """Also in the name beside it; a value that is typed whole is not offered."""
    seen = collect_suggestions([Order.read({"id": "a", "items": ITEMS})])
    assert [value.text for value in matches(seen.values["products"], "cup")] == ["prod_1"]
    assert matches(seen.values["products"], "PROD_1") == []
    assert matches(seen.values["products"], "x") == []


def test_totals_follow_the_discounts() -> None:
    """Amount less both discounts; those of a redemption stay until a discount or an item changes."""
    document = {"discount_amount": 100, "items": [{"price": 500, "quantity": 2, "discount_amount": 50}]}
    made = with_totals(document, None)
    assert (made["amount"], made["total_discount_amount"], made["total_amount"]) == (1000, 150, 850)
    redeemed = {"amount": 1000, "total_discount_amount": 300}
    assert with_totals({**redeemed, "amount": 2000}, redeemed)["total_amount"] == 1700
