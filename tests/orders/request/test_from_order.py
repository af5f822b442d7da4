"""From an answered order to what can be given back to the API."""

from __future__ import annotations

from tui.orders.request import OrderRequest, find_request_faults, request_item, template_of

ANSWER = {
    "id": "ord_1",
    "source_id": "web-1",
    "created_at": "2026-01-31T14:05:00.000Z",
    "updated_at": None,
    "status": "PAID",
    "amount": 200,
    "total_amount": 200,
    "items": [
        {
            "object": "order_item",
            "source_id": "tea",
            "product_id": "prod_1",
            "quantity": 2,
            "price": 100,
            "amount": 200,
            "subtotal_amount": 200,
            "product": {"id": "prod_1", "name": "Tea", "price": None},
        }
    ],
    "metadata": {"gift": None},
    "customer": {"id": "cust_1", "object": "customer"},
    "customer_id": "cust_1",
    "referrer_id": None,
    "object": "order",
    "redemptions": {},
}


def test_a_template_makes_another_order_like_this_one() -> None:
    """Identity and what the service makes are gone; the rest can be sent as it is."""
    template = template_of(ANSWER)
    assert template == {
        "amount": 200,
        "items": [
            {
                "source_id": "tea",
                "product_id": "prod_1",
                "quantity": 2,
                "price": 100,
                "amount": 200,
                "product": {"id": "prod_1", "name": "Tea"},
                "related_object": "product",
            }
        ],
        "metadata": {"gift": None},
        "customer": {"id": "cust_1"},
    }
    assert find_request_faults(template, OrderRequest) == ()


def test_an_embedded_product_of_another_id_is_left_out() -> None:
    """After the line was given another product, the old product's name and price no longer hold."""
    item = {"product_id": "prod_2", "product": {"id": "prod_1", "name": "Tea"}, "sku": {"object": "sku"}}
    assert request_item(item) == {"product_id": "prod_2"}


def test_a_source_id_says_what_it_names() -> None:
    """The related object is read off the item where the answer left it out."""
    assert request_item({"source_id": "s", "sku_id": "sku_1"})["related_object"] == "sku"
    assert "related_object" not in request_item({"source_id": "s"})
