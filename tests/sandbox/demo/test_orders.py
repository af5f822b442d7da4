from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.orders.order import STATUSES, Order
from tui.orders.order_totals import order_totals
from tui.sandbox.demo import Shop, generate

KEYS = [
    "id",
    "source_id",
    "created_at",
    "updated_at",
    "status",
    "amount",
    "discount_amount",
    "items_discount_amount",
    "total_discount_amount",
    "total_amount",
    "items",
    "metadata",
    "customer",
    "referrer",
    "customer_id",
    "referrer_id",
    "object",
    "redemptions",
]
"""The order in which the API was seen to send them."""

ALWAYS = {"id", "source_id", "created_at", "updated_at", "status", "customer_id", "referrer_id", "object"}
DISCOUNTS = {"discount_amount", "items_discount_amount", "total_discount_amount"}

Document = dict[str, Any]


def check_amounts(order: Document) -> None:
    """The laws of amounts, for one order (``docs/voucherify-api.md#amounts``)."""
    items = order.get("items", [])
    shown = DISCOUNTS & order.keys()
    assert ("amount" in order) == ("total_amount" in order)
    if "amount" not in order:
        assert not shown
        return
    off = order.get("discount_amount", 0) + order.get("items_discount_amount", 0)
    assert order["amount"] > 0
    assert order["total_amount"] == order["amount"] - off >= 0
    assert order.get("items_discount_amount", 0) == sum(item.get("discount_amount", 0) for item in items)
    assert not shown or order["total_discount_amount"] == off
    assert all(order[name] > 0 for name in shown)
    for item in items:
        if "amount" in item:
            assert item["amount"] == item["price"] * item["quantity"]
            assert item["subtotal_amount"] == item["amount"] - item.get("discount_amount", 0)


def check_shape(order: Document) -> None:
    """Keys in the observed order, absent where the API leaves them out.

    See ``docs/voucherify-api.md#order-responses``.
    """
    assert list(order) == [key for key in KEYS if key in order]
    assert order.keys() >= ALWAYS
    assert order["status"] in STATUSES
    for role in ("customer", "referrer"):
        found = order[f"{role}_id"]
        assert order.get(role) == ({"id": found, "object": "customer"} if found else None)
        assert (role in order) == (found is not None)
    for item in order.get("items", [{"object": "order_item"}]):
        assert item["object"] == "order_item"


def check_redemptions(order: Document) -> None:
    """An order that redeemed was paid; rolled back, it is cancelled and has no discount any more."""
    if "redemptions" not in order:
        return
    ((own, entry),) = order["redemptions"].items()
    stacked = entry["related_object_type"] == "redemption"
    assert (entry["related_object_id"] == own) == stacked == ("stacked" in entry)
    assert "metadata" in order
    if "rollback_id" in entry:
        assert order["status"] == "CANCELED"
        assert not DISCOUNTS & order.keys()
        assert len(entry.get("rollback_stacked", [])) == len(entry.get("stacked", []))
    else:
        assert "total_discount_amount" in order
        assert order["status"] != "CREATED"


@settings(max_examples=40, deadline=None)
@given(count=st.integers(0, 120), seed=st.integers())
def test_every_order_keeps_the_laws_of_the_api(count: int, seed: int) -> None:
    """Whatever the seed: shape, amounts and redemptions are as the API answers them."""
    for order in generate(count=count, seed=seed, until=datetime(2025, 12, 2, 8, tzinfo=UTC)).orders:
        check_shape(order)
        check_amounts(order)
        check_redemptions(order)


def test_the_usual_shop_keeps_the_laws_of_the_api(shop: Shop) -> None:
    """So does every order of the shop that a newcomer sees."""
    for order in shop.orders:
        check_shape(order)
        check_amounts(order)
        check_redemptions(order)


def test_orders_are_read_without_problems(shop: Shop) -> None:
    """The models find nothing odd, and only a handful of orders do not add up, on purpose."""
    read = [Order.read(order) for order in shop.orders]
    off = [order for order in read if order_totals(order).mismatches]
    assert not [order.problems for order in read if order.problems]
    assert 5 <= len(off) <= 10
    assert all(order_totals(order).mismatches[0].startswith("items add up to") for order in off)


def test_rarities_are_there_and_rare(shop: Shop) -> None:
    """Every kind of order that a client must be able to show is in the usual shop."""
    orders = shop.orders
    share = {
        "no items, an amount": sum("amount" in o and "items" not in o for o in orders),
        "no amount": sum("amount" not in o for o in orders),
        "forty items": sum(len(o.get("items", [])) == 40 for o in orders),
        "unknown product": sum(
            list(i) == ["product_id", "quantity", "object"] for o in orders for i in o.get("items", [])
        ),
        "no metadata": sum("metadata" not in o for o in orders),
        "empty metadata": sum(o.get("metadata") == {} for o in orders),
        "referrer": sum("referrer" in o for o in orders),
        "nobody": sum(o["customer_id"] is None for o in orders),
        "no source id": sum(o["source_id"] is None for o in orders),
        "never updated": sum(o["updated_at"] is None for o in orders),
    }
    assert all(2 <= found <= len(orders) / 3 for found in share.values()), share


def test_discounts_come_at_every_level(shop: Shop) -> None:
    """Discounts of items, of the order, and of both are each in dozens of orders."""
    levels = [tuple(sorted((DISCOUNTS - {"total_discount_amount"}) & order.keys())) for order in shop.orders]
    for level in (
        ("discount_amount",),
        ("items_discount_amount",),
        ("discount_amount", "items_discount_amount"),
    ):
        assert levels.count(level) >= 24


def test_discounts_come_with_and_without_redemptions(shop: Shop) -> None:
    """Some discounts were redeemed, some were given by hand."""
    discounted = [order for order in shop.orders if "total_discount_amount" in order]
    redeemed = sum("redemptions" in order for order in discounted)
    assert 50 <= redeemed <= len(discounted) - 50


def test_redemptions_come_in_every_kind(shop: Shop) -> None:
    """Vouchers, promotion tiers and stacks; each kind also rolled back."""
    entries = [entry for order in shop.orders for entry in order.get("redemptions", {}).values()]
    for kind in ("voucher", "promotion_tier", "redemption"):
        of_kind = [entry for entry in entries if entry["related_object_type"] == kind]
        assert 1 <= sum("rollback_id" in entry for entry in of_kind) < len(of_kind) / 2


def test_the_first_page_shows_something_of_everything(shop: Shop) -> None:
    """Among the hundred newest orders there are the rarities a newcomer would look for."""
    newest = shop.orders[-100:]
    assert any(len(order.get("items", [])) == 40 for order in newest)
    assert any(order_totals(Order.read(order)).mismatches for order in newest)
    assert any("rollback_id" in e for order in newest for e in order.get("redemptions", {}).values())
    assert any("note" in order.get("metadata", {}) for order in newest)
