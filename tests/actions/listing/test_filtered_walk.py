"""Reading the list from the end that a filter's own times make shorter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_orders import FakeClient, order_document
from tui.actions.listing.filtered_walk import Judge, PastBounds, walking_order
from tui.actions.listing.page_reader import Listing, OrdersWalk
from tui.orders.filter import parse
from tui.orders.order import Order

NOW = datetime(2026, 2, 2, tzinfo=UTC)
DAY = 24 * 60


def minutes(number: int) -> dict[str, Any]:
    """The order of that minute; ``number`` 600 is the newest of 601 within a day."""
    return order_document(number)


@pytest.mark.parametrize(
    ("text", "asked", "walked"),
    [
        ("created>=2026-01", "-created_at", "-created_at"),
        ("created<2026-01", "-created_at", "created_at"),
        ("created>=2026-01", "created_at", "-created_at"),
        ("created:2026-01", "-created_at", "-created_at"),
        ("created:2026-01", "created_at", "created_at"),
        ("updated>=2026-01", "-created_at", "-updated_at"),
        ("created>=2026-01 or status:paid", "-created_at", "-created_at"),
        ("status:paid", "updated_at", "updated_at"),
        ("-created>=2026-01", "-created_at", "-created_at"),
    ],
)
def test_the_walk_begins_at_the_end_that_is_bounded(text: str, asked: Any, walked: str) -> None:
    """The order asked for, where that ends early itself."""
    assert walking_order(parse(text, now=NOW), asked) == walked


async def read(client: FakeClient, text: str, order: Any) -> tuple[list[Order], int]:
    """The matches, and the calls that they took."""
    where = parse(text, now=NOW)
    found = await OrdersWalk(
        client,
        Listing(everything=True, order=order, matches=Judge(where), is_past=PastBounds(where, order)),
    ).read()
    assert found.exhausted
    return list(found.orders), found.calls


async def test_reading_stops_where_nothing_can_match_any_more() -> None:
    """A hundred calls were made where one was enough."""
    client = FakeClient([minutes(number) for number in range(2000)])
    orders, calls = await read(client, "created>=2026-02-01T23:00", "-created_at")
    assert (len(orders), calls) == (25, 1)
    orders, calls = await read(client, "created<2026-01-31T14:30", "created_at")
    assert (len(orders), calls) == (25, 1)


@given(
    first=st.integers(0, 400),
    last=st.integers(0, 400),
    order=st.sampled_from(["created_at", "-created_at", "updated_at", "-updated_at"]),
    field=st.sampled_from(["created", "updated"]),
    ignored=st.booleans(),
)
async def test_no_match_is_missed(first: int, last: int, order: Any, field: str, ignored: bool) -> None:
    """Whatever the bounds and the direction, with odd times, and where the order is ignored."""
    documents = [minutes(number) for number in range(401)]
    for number in range(0, 401, 7):
        documents[number]["updated_at"] = ["never", None, 5][number % 3]
    key = f"{field}_at"
    texts = [
        str(document[key])
        for document in documents
        if isinstance(document[key], str) and document[key] != "never"
    ]
    text = f"{field}>={texts[first % len(texts)]} {field}<={texts[last % len(texts)]}"

    class Client(FakeClient):
        """Ignores the order asked for, if it is a bad service."""

        async def list_orders(self, **asked: Any) -> Any:
            """A page."""
            if ignored:
                asked["order"] = "-created_at"
            return await super().list_orders(**asked)

    where = parse(text, now=NOW)
    orders, _ = await read(Client(documents), text, order)
    wanted = {document["id"] for document in documents if where.matches(Order.read(document))}
    assert {found.id for found in orders} == wanted
