from __future__ import annotations

from tui.orders.times import parse_time
from tui.sandbox.demo import Shop


def test_the_catalogue_is_whole(shop: Shop) -> None:
    """Some forty products; each SKU belongs to one; prices are positive minor units."""
    products = {product["id"]: product for product in shop.products}
    assert 35 <= len(products) <= 50
    for sku in shop.skus:
        assert list(sku) == [
            "id",
            "source_id",
            "product_id",
            "sku",
            "price",
            "metadata",
            "created_at",
            "object",
        ]
        assert sku["sku"].startswith(products[sku["product_id"]]["name"])
    assert all(document["price"] > 0 for document in shop.products + shop.skus)


def test_source_ids_of_goods_are_unique(shop: Shop) -> None:
    """A source id names one product or one SKU."""
    sources = [document["source_id"] for document in shop.products + shop.skus]
    assert len(sources) == len(set(sources))


def test_attributes_are_absent_without_variants(shop: Shop) -> None:
    """A product has attributes exactly when it has SKUs."""
    with_skus = {sku["product_id"] for sku in shop.skus}
    for product in shop.products:
        assert ("attributes" in product) == (product["id"] in with_skus)


def test_goods_are_older_than_orders(shop: Shop) -> None:
    """The shelves were full before the first order came."""
    first = parse_time(shop.orders[0]["created_at"])
    assert all(parse_time(document["created_at"]) < first for document in shop.products + shop.skus)


def test_what_is_popular_sells(shop: Shop) -> None:
    """The house blend is bought far more often than the espresso machine."""
    sold = [
        item.get("product", {}).get("name", "") for order in shop.orders for item in order.get("items", [])
    ]
    assert sold.count("House Blend No. 4") > 10 * sold.count("Espresso Machine “Piccola”") > 0
