"""Orders over HTTP: create, get, update, list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Caller
from tests.support.sandbox import an_order
from tui.sandbox.policies import Policies


async def test_a_plain_create_has_no_key_that_was_never_set(call: Caller) -> None:
    """Nothing is filled in: no metadata, items, redemptions, discounts; updated_at is null."""
    order = await call.create(amount=10000, source_id="s1")
    assert order == {
        "id": order["id"],
        "source_id": "s1",
        "created_at": "2026-03-14T12:00:00.000Z",
        "updated_at": None,
        "status": "CREATED",
        "amount": 10000,
        "total_amount": 10000,
        "customer_id": None,
        "referrer_id": None,
        "object": "order",
    }
    assert list(order)[:7] == [
        "id", "source_id", "created_at", "updated_at", "status", "amount", "total_amount",
    ]  # fmt: skip


async def test_an_empty_order_has_no_amounts(call: Caller) -> None:
    """An order without amount and items is taken, and has neither amount nor total."""
    order = await call.create()
    assert "amount" not in order
    assert "total_amount" not in order


async def test_an_order_is_read_by_id_and_by_source_id(call: Caller) -> None:
    """Either identifier finds it, even one with a slash or a letter of another script."""
    order = await call.create(source_id="shop/№ 1")
    for identifier in (order["id"], "shop%2F%E2%84%96%201"):
        answer = await call("GET", f"/v1/orders/{identifier}")
        assert answer.json() == order


async def test_an_unknown_order_is_not_found(call: Caller) -> None:
    """The body is the recorded one."""
    answer = await call("GET", "/v1/orders/ord_none")
    body = answer.json()
    assert answer.status_code == 404
    assert body.pop("request_id").startswith("v-")
    assert body == {
        "code": 404,
        "key": "not_found",
        "message": "Resource not found",
        "details": "Cannot find order with id ord_none",
        "resource_id": "ord_none",
        "resource_type": "order",
    }
    assert (await call("PUT", "/v1/orders/ord_none", {})).status_code == 404


async def test_an_update_changes_what_was_sent_only(call: Caller) -> None:
    """A new amount moves the total; items and status stay; updated_at is set."""
    order = await call.create(items=[{"amount": 900}], status="PAID")
    call.clock.advance(60)
    updated = (await call("PUT", f"/v1/orders/{order['id']}", {"amount": 30000})).json()
    assert updated == {
        **order,
        "amount": 30000,
        "total_amount": 30000,
        "updated_at": "2026-03-14T12:01:00.000Z",
    }


async def test_creating_an_order_again_updates_it(call: Caller) -> None:
    """POST with a known source_id or id is an upsert, and answers 200."""
    order = await call.create(source_id="again", amount=100, metadata={"a": 1})
    by_source = await call.create(source_id="again", metadata={"b": None})
    by_id = await call.create(id=order["id"], status="PAID")
    assert by_source["id"] == by_id["id"] == order["id"]
    assert by_id["metadata"] == {"a": 1, "b": None}
    assert by_id["amount"] == 100
    assert [write.kind for write in call.store.history(order["id"])] == ["create", "upsert", "upsert"]


async def test_a_source_id_belongs_to_one_order(call: Caller) -> None:
    """Taking another order's source_id is a conflict, and changes nothing."""
    holder = await call.create(source_id="taken")
    other = await call.create(source_id="other")
    answer = await call("PUT", f"/v1/orders/{other['id']}", {"source_id": "taken", "amount": 5})
    assert answer.status_code == 409
    assert answer.json()["details"] == f"Duplicated order exists with id {holder['id']}"
    assert (await call("GET", "/v1/orders/other")).json() == other


async def test_an_id_that_no_order_has_is_not_found(call: Caller) -> None:
    """POST with an unknown id does not create."""
    assert (await call("POST", "/v1/orders", {"id": "ord_new"})).status_code == 404
    assert (await call("GET", "/v1/orders")).json()["total"] == 0


async def test_null_clears_a_source_id(call: Caller) -> None:
    """source_id is nullable: null takes it away."""
    order = await call.create(source_id="gone")
    updated = (await call("PUT", "/v1/orders/gone", {"source_id": None})).json()
    assert updated["source_id"] is None
    assert updated["id"] == order["id"]


async def test_text_survives_whatever_it_holds(call: Caller) -> None:
    """Lone surrogates, controls and bidi marks come back as they were sent, in ids too."""
    hostile = "\ud800 \u202e \x1b[31m \x00 😀"
    order = await call.create(source_id=hostile, metadata={hostile: hostile})
    again = await call.create(source_id=hostile)
    assert order["source_id"] == again["source_id"] == hostile
    assert again["id"] == order["id"]
    assert again["metadata"] == {hostile: hostile}


async def test_the_list_is_newest_first_and_tells_the_total(call: Caller) -> None:
    """Without an order the newest come first; the total is of the project, not of the page."""
    call.store.load(orders=[an_order(n) for n in range(25)])
    body = (await call("GET", "/v1/orders")).json()
    assert list(body) == ["object", "data_ref", "orders", "total"]
    assert [order["source_id"] for order in body["orders"]] == [f"source-{n}" for n in range(24, 14, -1)]
    assert body["total"] == 25
    past = (await call("GET", "/v1/orders", params={"page": 100, "limit": 100})).json()
    assert past["orders"] == []


@pytest.mark.parametrize(
    ("params", "key", "details"),
    [
        ({"limit": 0}, "invalid_query_params", "Property .limit cannot be lower than 1"),
        ({"limit": 101}, "invalid_query_params", "Property .limit cannot be higher than 100"),
        ({"limit": "x"}, "invalid_query_params", "Property .limit must be integer"),
        ({"page": 101}, "page_over_limit", "Property .page cannot be higher than 100"),
        (
            {"order": "amount"},
            "invalid_query_params",
            (
                "Property .order must be equal to one of the allowed values"
                " [ created_at, -created_at, updated_at, -updated_at ]"
            ),
        ),
    ],
)
async def test_the_list_has_bounds(call: Caller, params: dict[str, Any], key: str, details: str) -> None:
    """Limit, page and order outside the contract are refused, saying what is right."""
    answer = await call("GET", "/v1/orders", params=params)
    assert answer.status_code == 400
    assert (answer.json()["key"], answer.json()["details"]) == (key, details)


async def test_parameters_that_are_not_known_are_ignored(call: Caller) -> None:
    """No filter exists on the list; what looks like one is no error and filters nothing."""
    call.store.load(orders=[an_order(1)])
    answer = await call("GET", "/v1/orders", params={"[created_at][after]": "2030-01-01", "status": "PAID"})
    assert answer.json()["total"] == 1


@pytest.mark.parametrize("options", [{"policies": Policies(page_above_limit="allow")}])
async def test_pages_above_the_limit_are_one_policy(call: Caller) -> None:
    """With the other policy page 101 is answered."""
    assert (await call("GET", "/v1/orders", params={"page": 101})).status_code == 200


async def test_a_created_at_that_was_sent_is_kept(call: Caller) -> None:
    """A create may say when the order was made, in any zone."""
    order = await call.create(created_at="2020-02-29T12:00:00+02:00")
    assert order["created_at"] == "2020-02-29T10:00:00.000Z"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"policies": Policies(metadata_on_update="merge")}, {"a": 1, "b": 2}),
        ({"policies": Policies(metadata_on_update="replace")}, {"b": 2}),
    ],
)
async def test_metadata_of_an_update_is_one_policy(call: Caller, expected: dict[str, int]) -> None:
    """Merged by default, replaced with the other policy."""
    order = await call.create(metadata={"a": 1})
    updated = (await call("PUT", f"/v1/orders/{order['id']}", {"metadata": {"b": 2}})).json()
    assert updated["metadata"] == expected
