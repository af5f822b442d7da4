"""Request models: what the API takes, absent apart from null, refused in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from tui.orders.request import (
    OrderImportRequest,
    OrderRequest,
    OrderUpdateRequest,
    find_request_faults,
    read_request,
)

FULL = {
    "id": "ord_1",
    "source_id": "web-1",
    "status": "PAID",
    "amount": 12550,
    "initial_amount": 12550,
    "discount_amount": 0,
    "items": [
        {"product_id": "prod_1", "quantity": 2, "price": 100, "amount": 200, "metadata": {"gift": True}},
        {"source_id": "sku-9", "related_object": "sku", "quantity": 1, "initial_quantity": 1},
        {"amount": 900, "product": {"source_id": "p", "override": True, "name": "Tea", "price": 9.5}},
    ],
    "metadata": {"tags": ["a"], "nested": {"deep": [1, None]}},
    "customer": {"source_id": "c-1", "birthdate": "1990-02-28", "address": {"city": "Łódź"}},
    "referrer": {"id": "cust_1", "address": None},
    "referrer_id": None,
    "created_at": "2026-01-31T14:05:00.000Z",
}


@pytest.mark.parametrize("document", [{}, FULL, {"source_id": None, "referrer_id": None}, {"items": []}])
def test_a_body_is_what_was_given(document: dict[str, Any]) -> None:
    """Nothing is filled in and nothing is dropped; a given null stays a null."""
    assert read_request(document, OrderRequest).request.to_body() == document


def test_unknown_fields_are_kept_and_reported() -> None:
    """The API ignores them, so they are warnings with the likeliest right name, not faults."""
    reading = read_request(
        {
            "curency": "EUR",
            "stattus": "PAID",
            "items": [{"quantty": 1}],
            "updated_at": "x",
            "customer_id": "c",
        },
        OrderRequest,
    )
    assert reading.request.to_body()["stattus"] == "PAID"
    assert [str(warning) for warning in reading.warnings] == [
        "curency is unknown to the API, which ignores it",
        "stattus is unknown to the API, which ignores it; did you mean “status”?",
        "updated_at is set by the service, which ignores a value in the request",
        "customer_id is ignored by the API; name the customer by customer.id",
        "items[0].quantty is unknown to the API, which ignores it; did you mean “quantity”?",
    ]


def test_an_update_takes_no_id_and_an_import_no_time() -> None:
    """Each body knows which fields its endpoint does not take."""
    update = read_request({"id": "ord_1", "status": "PAID"}, OrderUpdateRequest)
    imported = read_request({"id": "ord_1", "created_at": "2026-01-31T14:05:00Z"}, OrderImportRequest)
    assert [warning.path for warning in update.warnings] == ["id"]
    assert [warning.path for warning in imported.warnings] == ["created_at"]


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"amount": -1}, "amount must not be negative (it is -1)"),
        ({"amount": True}, "amount must be a whole number (it is true)"),
        ({"amount": "100"}, 'amount must be a whole number (it is "100")'),
        ({"amount": 12.5}, "amount must be a whole number (it is 12.5)"),
        ({"amount": 2**53}, "amount must be at most 9,007,199,254,740,991 (it is 9007199254740992)"),
        ({"amount": None}, "amount must not be null; leave the field out instead"),
        ({"status": "SHIPPED"}, 'status must be one of CREATED, PAID, CANCELED, FULFILLED (it is "SHIPPED")'),
        ({"items": [{}] * 501}, "items must have at most 500 entries; there are 501"),
        ({"items": {}}, "items must be a list"),
        ({"items": [7]}, "items[0] must be an object (it is 7)"),
        ({"items": [{}, {"quantity": "2"}]}, 'items[1].quantity must be a whole number (it is "2")'),
        ({"items": [{"initial_quantity": 0}]}, "items[0].initial_quantity must be at least 1 (it is 0)"),
        (
            {"items": [{"source_id": "x"}]},
            "items[0].related_object must be product or sku when source_id is given",
        ),
        (
            {"items": [{"product": {"price": -1}}]},
            "items[0].product.price must not be negative (it is -1)",
        ),
        ({"items": [{"sku": {"price": "1"}}]}, 'items[0].sku.price must be a number (it is "1")'),
        (
            {"customer": {"birthdate": "1990-02-30"}},
            'customer.birthdate must be a date like 1990-01-31 (it is "1990-02-30")',
        ),
        (
            {"referrer": {"birthday": "19900228"}},
            'referrer.birthday must be a date like 1990-01-31 (it is "19900228")',
        ),
        ({"customer": {"address": {"city": 5}}}, "customer.address.city must be text (it is 5)"),
        ({"created_at": "2026"}, 'created_at must be a time like 2026-01-31T14:05:00.000Z (it is "2026")'),
        ({"source_id": " "}, 'source_id must not be empty (it is " ")'),
        (
            {"source_id": ".."},
            'source_id must be more than dots, which cannot be part of a URL (it is "..")',
        ),
        ({"metadata": []}, "metadata must be an object"),
        (
            {"items": [{"product": {"override": 1}}]},
            "items[0].product.override must be true or false (it is 1)",
        ),
    ],
)
def test_what_the_api_would_refuse_is_refused(document: dict[str, Any], fault: str) -> None:
    """One fault, with its place, what is right, and the value that came."""
    assert [str(found) for found in find_request_faults(document, OrderRequest)] == [fault]


def test_every_fault_is_told_at_once() -> None:
    """A person mends a form in one go."""
    faults = find_request_faults({"amount": -1, "status": "X", "items": [{"price": "1"}]}, OrderRequest)
    assert [fault.path for fault in faults] == ["status", "amount", "items[0].price"]
