"""What a refused request says, and which orders it may mean."""

from __future__ import annotations

from typing import Any

import pytest

from tui.jobs.importing.sending.refusals import read_refusal, suspected_orders
from tui.voucherify.errors import ApiError, InvalidRequest

ORDERS: list[dict[str, Any]] = [
    {"status": "PAID", "items": [{"initial_quantity": 1}], "amount": 5},
    {"status": "LOST", "items": [{"initial_quantity": 0}], "amount": "5"},
    {"metadata": {"when": "yesterday"}, "customer": []},
    {"items": [{}, {}, {}], "created_at": "soon"},
]


@pytest.mark.parametrize(
    ("details", "meant"),
    [
        ("Property .items[0].initial_quantity cannot be lower than 1", [1]),
        ("Property .status must be equal to one of the allowed values [ CREATED, PAID ]", [1]),
        ("Property .amount must be integer", [1]),
        ("Property .customer must be object", [2]),
        ("Property .customer must be object,null", [2]),
        ("Property .items must NOT have more than 2 items", [3]),
        ("Property .created_at cannot be recognized as a ISO-8601 compliant date", [3]),
        ("Property .items[0] must have required property 'initial_quantity'", [3]),
        ("Property .amount must be <= 4", [0, 1]),
        ("Property .metadata.when sounds wrong", [2]),
        ("Property .nowhere must be string", []),
        ("Something else entirely", []),
    ],
)
def test_the_words_of_the_service_find_the_rows(details: str, meant: list[int]) -> None:
    """A field that is named and said to be wrong in some way narrows the chunk to those that are."""
    assert suspected_orders(read_refusal(InvalidRequest(400, details=details)), ORDERS) == meant


def test_a_refusal_that_fits_all_rows_tells_nothing() -> None:
    """Then the chunk is cut in halves instead."""
    refusal = read_refusal(InvalidRequest(400, details="Property .amount must be string"))
    assert suspected_orders(refusal, [{"amount": 1}, {"amount": 2}]) == []


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        (InvalidRequest(400, details="Payload must NOT have more than 500 items"), 500),
        (ApiError(413, message="Payload Too Large"), None),
    ],
)
def test_a_request_that_is_too_large_is_known(error: ApiError, limit: int | None) -> None:
    """With the number of orders that are taken, where it is said."""
    refusal = read_refusal(error)
    assert (refusal.too_many, refusal.limit) == (True, limit)


def test_too_many_items_of_one_order_is_not_a_chunk_too_large() -> None:
    """The limit of items is a fault of one order."""
    error = InvalidRequest(400, details="Property .items must NOT have more than 500 items")
    assert not read_refusal(error).too_many
