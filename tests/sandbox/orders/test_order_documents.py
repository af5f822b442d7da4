"""The laws of an order's document, for any current order and any request."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.orders.order_documents import OrderPeople, build_items, new_order, write_order
from tui.sandbox.policies import Policies

POLICIES = Policies()
amounts = st.integers(0, 10_000)
items = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "amount": amounts,
            "price": amounts,
            "quantity": st.integers(0, 9),
            "discount_amount": amounts,
        },
    ),
    max_size=4,
)
requests = st.fixed_dictionaries(
    {},
    optional={
        "amount": amounts,
        "discount_amount": amounts,
        "items": items,
        "metadata": st.dictionaries(st.sampled_from("abc"), st.none() | st.integers(), max_size=3),
        "status": st.sampled_from(["PAID", "CANCELED"]),
        "source_id": st.none() | st.text(max_size=3),
    },
)


class EmptyShelf:
    """A catalogue without anything in it."""

    def by_id(self, identifier: str) -> None:
        """Find nothing."""

    def by_source_id(self, source_id: str) -> None:
        """Find nothing."""


def write(current: dict[str, Any], request: dict[str, Any], policies: Policies = POLICIES) -> dict[str, Any]:
    """Lay a request over an order."""
    built = (
        build_items(request["items"], EmptyShelf(), EmptyShelf(), policies) if "items" in request else None
    )
    return write_order(current, request, items=built, links=OrderPeople({}), policies=policies)


FRESH = new_order("ord_1", "2026-01-01T00:00:00.000Z")


@given(first=requests, second=requests)
def test_the_total_is_the_amount_less_the_discounts(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Whatever is written, total_amount = amount - total_discount_amount, and both are there or neither."""
    for order in (write(FRESH, first), write(write(FRESH, first), second)):
        assert ("amount" in order) == ("total_amount" in order)
        if "amount" in order:
            assert order["total_amount"] == order["amount"] - order.get("total_discount_amount", 0)
        parts = [order[name] for name in ("discount_amount", "items_discount_amount") if name in order]
        assert order.get("total_discount_amount") == (sum(parts) if parts else None)


@given(first=requests, second=requests)
def test_only_what_is_sent_changes(first: dict[str, Any], second: dict[str, Any]) -> None:
    """An unsent field is as it was; a sent one is as sent; amounts follow amounts only."""
    before = write(FRESH, first)
    after = write(before, second)
    for field in ("source_id", "status", "discount_amount"):
        assert after.get(field) == second.get(field, before.get(field))
    assert after.get("metadata") == (
        {**before.get("metadata", {}), **second["metadata"]}
        if "metadata" in second
        else before.get("metadata")
    )
    if "amount" in second:
        assert after["amount"] == second["amount"]
    if not {"amount", "items", "discount_amount"} & set(second):
        for field in ("amount", "total_amount", "items", "total_discount_amount"):
            assert after.get(field) == before.get(field)


@given(request=requests)
def test_a_missing_amount_is_the_sum_of_items(request: dict[str, Any]) -> None:
    """Only if every item has one, and only if none was sent."""
    order = write(FRESH, request)
    sums = [item.get("amount") for item in order.get("items", [])]
    if "amount" not in request:
        assert order.get("amount") == (sum(sums) if sums and None not in sums else None)


@given(request=requests)
def test_writing_the_same_again_changes_nothing(request: dict[str, Any]) -> None:
    """An update that repeats itself is the same order."""
    once = write(FRESH, request)
    assert write(once, request) == once


def test_totals_of_a_redeemed_order_stay_until_its_amounts_change() -> None:
    """Applied amounts and redemptions are not touched by a change of status."""
    redeemed = {
        **FRESH, "amount": 1000, "total_discount_amount": 300, "total_amount": 700,
        "total_applied_discount_amount": 300, "redemptions": {"r_1": {}},
    }  # fmt: skip
    paid = write(redeemed, {"status": "PAID"})
    assert {**redeemed, "status": "PAID"} == paid
    assert write(redeemed, {"amount": 2000})["total_amount"] == 1700


def test_partly_priced_items_are_one_policy() -> None:
    """Unknown by default; the sum of what is known with the other policy."""
    request = {"items": [{"amount": 5}, {"quantity": 1}]}
    assert "amount" not in write(FRESH, request)
    assert write(FRESH, request, Policies(partly_priced_items="sum_known"))["amount"] == 5


def test_items_by_position_are_one_policy() -> None:
    """The other policy lays items over those in the same place."""
    from tui.sandbox.orders.order_documents import merge_by_position

    merged = merge_by_position([{"a": 1}, {"b": 2}], [{"a": 3}])
    assert merged == [{"a": 3}, {"b": 2}]
