"""Items, catalogue, customers and amounts of written orders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Caller
from tui.sandbox.policies import Policies


async def test_an_unknown_product_is_echoed(call: Caller) -> None:
    """No error, no amount, no product: what was sent and what it is."""
    order = await call.create(items=[{"product_id": "prod_x", "quantity": 2}])
    assert order["items"] == [{"product_id": "prod_x", "quantity": 2, "object": "order_item"}]
    assert "amount" not in order


async def test_explicit_amounts_are_kept(call: Caller) -> None:
    """An amount that its parts contradict is stored as it is, on items and on the order."""
    order = await call.create(amount=6000, items=[{"price": 3000, "quantity": 1, "amount": 3300}])
    assert order["amount"] == order["total_amount"] == 6000
    assert order["items"][0]["amount"] == 3300


async def test_override_fills_the_catalogue_and_the_order(call: Caller) -> None:
    """The vendor's own example: prices from the payload, the SKU's before the product's."""
    order = await call.create(
        items=[
            {
                "source_id": "prod_1",
                "related_object": "product",
                "quantity": 2,
                "product": {"name": "Phone", "price": 60000, "override": True},
            },
            {
                "source_id": "Comic_1",
                "related_object": "sku",
                "quantity": 1,
                "product": {"source_id": "Books", "name": "Comics", "price": 2100, "override": True},
                "sku": {"sku": "Comics1", "source_id": "Comic_1", "price": 1700, "override": True},
            },
        ]
    )
    phone, comic = order["items"]
    assert order["amount"] == 121700
    assert phone["product"]["id"].startswith("prod_")
    assert {**phone["product"], "id": ""} == {
        "id": "",
        "source_id": "prod_1",
        "name": "Phone",
        "price": 60000,
    }
    assert comic["product_id"] == comic["product"]["id"]
    assert comic["sku"]["price"] == comic["amount"] == comic["subtotal_amount"] == 1700

    later = await call.create(items=[{"product_id": phone["product"]["id"], "quantity": 1}])
    assert later["items"][0]["product"] == {"name": "Phone", "price": 60000}
    assert later["amount"] == 60000


async def test_without_override_the_catalogue_stays(call: Caller) -> None:
    """Product data of a payload is for this order only."""
    item = {"source_id": "p", "related_object": "product", "quantity": 1}
    await call.create(items=[{**item, "product": {"name": "A", "price": 10, "override": True}}])
    other = await call.create(items=[{**item, "product": {"name": "B", "price": 99}}])
    later = await call.create(items=[item])
    assert other["items"][0]["product"]["name"] == "B"
    assert (later["items"][0]["product"]["name"], later["amount"]) == ("A", 10)


async def test_discounts_add_up(call: Caller) -> None:
    """Discounts of items and of the order make the total discount, and lessen the total."""
    order = await call.create(
        discount_amount=100,
        items=[{"price": 1000, "quantity": 2, "discount_amount": 300}, {"amount": 500}],
    )
    assert (order["amount"], order["discount_amount"], order["items_discount_amount"]) == (2500, 100, 300)
    assert (order["total_discount_amount"], order["total_amount"]) == (400, 2100)
    assert order["items"][0]["subtotal_amount"] == 1700
    updated = (await call("PUT", f"/v1/orders/{order['id']}", {"items": [{"amount": 50}]})).json()
    assert (updated["amount"], updated["total_discount_amount"], updated["total_amount"]) == (50, 100, -50)
    assert "items_discount_amount" not in updated


async def test_items_without_all_amounts_keep_the_amount(call: Caller) -> None:
    """New items that cannot be summed up leave the order's amount as it was."""
    order = await call.create(amount=700)
    updated = (
        await call("PUT", f"/v1/orders/{order['id']}", {"items": [{"amount": 50}, {"quantity": 1}]})
    ).json()
    assert updated["amount"] == 700


async def test_customers_are_upserted_and_linked(call: Caller) -> None:
    """Found by source_id or made; the order embeds the id and nothing else."""
    first = await call.create(customer={"source_id": "ada", "name": "Ada"})
    second = await call.create(
        customer={"source_id": "ada", "email": "a@b.c"}, referrer={"id": first["customer_id"]}
    )
    assert first["customer"] == {"id": first["customer_id"], "object": "customer"}
    assert second["customer_id"] == second["referrer_id"] == first["customer_id"]
    with call.store.reading() as transaction:
        ada = transaction.customers.by_source_id("ada")
    assert ada is not None
    assert (ada["name"], ada["email"]) == ("Ada", "a@b.c")


async def test_an_unknown_customer_id_is_not_found(call: Caller) -> None:
    """Nothing of the order is stored then."""
    for body in ({"customer": {"id": "cust_x"}}, {"referrer_id": "cust_x"}):
        answer = await call("POST", "/v1/orders", body)
        assert answer.json()["details"] == "Cannot find customer with id cust_x"
    assert (await call("GET", "/v1/orders")).json()["total"] == 0


async def test_a_referrer_can_be_taken_away(call: Caller) -> None:
    """referrer_id null unlinks, and the embedded referrer goes too."""
    order = await call.create(referrer={"name": "R"})
    updated = (await call("PUT", f"/v1/orders/{order['id']}", {"referrer_id": None})).json()
    assert updated["referrer_id"] is None
    assert "referrer" not in updated


@pytest.mark.parametrize(
    ("options", "body", "status"),
    [
        ({"policies": Policies(unknown_order_id="create")}, {"id": "ord_mine"}, 200),
        ({"policies": Policies(unknown_customer_id="create")}, {"customer": {"id": "cust_mine"}}, 200),
        ({"policies": Policies(amounts_below_zero="accept")}, {"amount": -5}, 200),
        ({"policies": Policies(source_id_alone="keep")}, {"items": [{"source_id": "x"}]}, 200),
        ({"policies": Policies(empty_customer="create")}, {"customer": {}}, 200),
    ],
)
async def test_what_is_undocumented_is_one_policy_each(
    call: Caller, body: dict[str, Any], status: int
) -> None:
    """The other choice of a policy changes the answer."""
    answer = await call("POST", "/v1/orders", body)
    assert answer.status_code == status
