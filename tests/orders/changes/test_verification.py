"""Whether an answer is what was meant, and whether an update was carried out at all."""

from __future__ import annotations

import pytest

from tests.support.order_documents import Document
from tui.orders.changes import compare_answer, expected_document, server_made_changes, verify_update

BASE: Document = {
    "id": "ord_1",
    "source_id": "web-1",
    "created_at": "2026-01-31T14:05:00.000Z",
    "updated_at": None,
    "status": "CREATED",
    "amount": 100,
    "total_amount": 100,
    "metadata": {"a": 1},
    "customer": {"id": "cust_1", "object": "customer"},
    "customer_id": "cust_1",
    "referrer_id": None,
    "object": "order",
}
OTHER_CUSTOMER: Document = {"customer": {"id": "cust_2", "object": "customer"}, "customer_id": "cust_2"}
LATER = "2026-01-31T14:06:00.000Z"


def paths(changes: list[object]) -> list[object]:
    """Where the changes are."""
    return [change.path for change in changes]  # type: ignore[attr-defined]  # changes of either kind


def test_what_the_service_fills_in_is_no_difference() -> None:
    """A create's answer has ids, times, totals, subtotals and products that nobody sent."""
    body = {
        "source_id": "web-2",
        "items": [{"product_id": "p", "quantity": 2, "price": 50, "metadata": {"gift": True}}],
        "customer": {"source_id": "c-1", "name": "Zoë"},
    }
    item = {**body["items"][0], "amount": 100, "subtotal_amount": 100, "object": "order_item"}  # type: ignore[dict-item]  # a dict by construction
    answer = {**BASE, "source_id": "web-2", "items": [{**item, "product": {"id": "p", "name": "Tea"}}]}
    del answer["metadata"]
    assert compare_answer(expected_document({}, body), answer) == []
    told = paths(server_made_changes(expected_document({}, body), answer))
    assert ("id",) in told
    assert ("items", 0, "subtotal_amount") in told


@pytest.mark.parametrize(
    ("body", "answered", "differing"),
    [
        ({"amount": 5}, {"amount": 5, "total_amount": 5}, []),
        ({"amount": 5}, {"amount": 6}, [("amount",)]),
        ({"status": "PAID"}, {"status": "PAID", "amount": 7}, [("amount",)]),
        ({"items": [{"price": 1, "quantity": 2}]}, {"amount": 2, "items": [{"price": 1, "quantity": 2}]}, []),
        ({"items": [{"quantity": 2}]}, {"items": [{"quantity": 3}]}, [("items", 0, "quantity")]),
        ({"items": [{"quantity": 2}]}, {"items": [{"quantity": 2}, {"quantity": 1}]}, [("items", 1)]),
        ({"items": [{"metadata": {"x": 1}}]}, {"items": [{"metadata": {}}]}, [("items", 0, "metadata", "x")]),
        ({"metadata": {"b": 1}}, {"metadata": {"a": 1, "b": 1}}, [("metadata", "a")]),
        ({"metadata": {"a": None}}, {"metadata": {}}, [("metadata", "a")]),
        ({"customer": {"id": "cust_2"}}, {"customer": {"id": "cust_2"}, "customer_id": "cust_2"}, []),
        ({"customer": {"id": "cust_2"}}, {}, [("customer", "id")]),
        ({"customer": {"id": "cust_1", "email": "a@b.c"}}, {}, []),
        ({"customer": {"source_id": "c-2"}}, {"customer": {"id": "cust_2"}, "customer_id": "cust_2"}, []),
        ({"referrer_id": "r"}, {"referrer_id": "r", "referrer": {"id": "r", "object": "customer"}}, []),
        ({"referrer_id": "r"}, {}, [("referrer_id",), ("referrer",)]),
        ({"source_id": None}, {"source_id": "web-1"}, [("source_id",)]),
    ],
)
def test_real_differences_are_told(body: Document, answered: Document, differing: list[object]) -> None:
    """Only fields that are not as they were meant, not what follows from them."""
    answer = {**BASE, "updated_at": LATER, **answered}
    assert sorted(map(str, paths(compare_answer(expected_document(BASE, body), answer)))) == sorted(
        map(str, differing)
    )  # type: ignore[arg-type]  # lists of changes


@pytest.mark.parametrize(
    ("body", "now", "verdict"),
    [
        ({"amount": 5}, {}, "not done"),
        ({"amount": 5}, {"redemptions": {"r_1": {}}}, "not done"),
        ({"amount": 5}, {"updated_at": LATER, "amount": 5}, "done"),
        ({"amount": 5}, {"updated_at": LATER, "amount": 5, "status": "PAID"}, "done"),
        ({"amount": 5}, {"updated_at": LATER, "status": "PAID"}, "conflict"),
        ({"amount": 5}, {"updated_at": LATER, "amount": 6}, "conflict"),
        ({"amount": 5}, {"updated_at": LATER}, "conflict"),
        ({"amount": 5, "status": "PAID"}, {"updated_at": LATER, "amount": 5}, "conflict"),
        ({"metadata": {"b": 2}}, {"updated_at": LATER, "metadata": {"a": 1, "b": 2}}, "done"),
        ({"metadata": {"b": 2}}, {"updated_at": LATER, "metadata": {"b": 2}}, "done"),
        ({"metadata": {"b": 2}}, {"updated_at": LATER, "metadata": {"c": 1, "b": 2}}, "conflict"),
        ({"customer": {"source_id": "c"}}, {"updated_at": LATER, **OTHER_CUSTOMER}, "done"),
        ({"customer": {"source_id": "c"}}, {"updated_at": LATER}, "conflict"),
        ({"customer": {"id": "cust_1", "email": "a@b.c"}}, {"updated_at": LATER}, "conflict"),
    ],
)
def test_the_order_tells_what_became_of_an_update(body: Document, now: Document, verdict: str) -> None:
    """Untouched is not done; as meant is done; anything else is for a person to look at."""
    assert verify_update(BASE, body, {**BASE, **now}) == verdict


def test_without_times_the_whole_order_is_compared() -> None:
    """An answer that lacks ``updated_at`` is untouched only when nothing at all differs."""
    base = {"id": "ord_1", "amount": 1}
    assert verify_update(base, {"amount": 2}, dict(base)) == "not done"
    assert verify_update(base, {"amount": 2}, {**base, "status": "PAID"}) == "conflict"
    assert verify_update(base, {"amount": 2}, {**base, "amount": 2}) == "done"
