"""Order items as the API answers them (``docs/voucherify-api.md#order-responses``)."""

from __future__ import annotations

from typing import Any

from .products import Article, Catalogue
from .seeded_random import SeededRandom, WeightedChoice

Item = dict[str, Any]

WHOLESALE_ITEMS = 40

_LINES = WeightedChoice(((1, 46), (2, 27), (3, 13), (4, 7), (5, 4), (6, 2), (9, 1)))
_QUANTITIES = WeightedChoice(((1, 74), (2, 17), (3, 5), (4, 2), (6, 1), (12, 1)))
_EXTRAS = (("Gift wrapping", 350), ("Express delivery", 990), ("Engraving", 1200))


def usual_items(draw: SeededRandom, catalogue: Catalogue, *, by_source_id: bool) -> list[Item]:
    """A usual basket, each article once.

    Args:
        draw: where chance comes from.
        catalogue: what is on sale.
        by_source_id: the shop named the articles by ``source_id`` and ``related_object``, not by id.
    """
    articles: dict[int, Article] = {}
    for _ in range(_LINES.pick(draw)):
        article = catalogue.selling.pick(draw)
        articles[id(article)] = article
    items = [
        _item(article, _affordable(_QUANTITIES.pick(draw), article, 20_000), by_source_id)
        for article in articles.values()
    ]
    if draw.chance(6):
        items.append(_extra(*draw.pick(_EXTRAS)))
    return items


def wholesale_items(draw: SeededRandom, catalogue: Catalogue) -> list[Item]:
    """The basket of a café that restocks: forty different articles, several of each."""
    first, articles = draw.below(len(catalogue.articles)), catalogue.articles
    return [
        _item(article, _affordable(draw.between(2, 12), article, 60_000), by_source_id=False)
        for article in (articles[(first + number) % len(articles)] for number in range(WHOLESALE_ITEMS))
    ]


def unlisted_item(draw: SeededRandom) -> list[Item]:
    """A product that the catalogue does not know: echoed as it was sent, without price or amount."""
    number = draw.text("0123456789abcdef", 18)
    return [{"product_id": f"prod_{number}", "quantity": draw.between(1, 3), "object": "order_item"}]


def items_total(items: list[Item]) -> int:
    """What the items cost before discounts, in minor units."""
    return sum(item["amount"] for item in items)


def _affordable(quantity: int, article: Article, limit: int) -> int:
    """A quantity of the article for at most ``limit`` minor units, at least one."""
    return min(quantity, max(1, limit // article.price))


def _item(article: Article, quantity: int, by_source_id: bool) -> Item:
    product, sku, price = article.product, article.sku, article.price
    item: Item = {"object": "order_item"}
    if by_source_id:
        item["source_id"] = (sku or product)["source_id"]
        item["related_object"] = "sku" if sku else "product"
    if sku or not by_source_id:
        item["product_id"] = product["id"]
    if sku and not by_source_id:
        item["sku_id"] = sku["id"]
    amount = price * quantity
    item |= {"quantity": quantity, "amount": amount, "price": price, "subtotal_amount": amount}
    item["product"] = _in_full(product, "name") if by_source_id else _in_short(product, "name")
    if sku:
        item["sku"] = _in_full(sku, "sku") if by_source_id else _in_short(sku, "sku")
    return item


def _in_full(known: Item, name: str) -> Item:
    return {
        "id": known["id"],
        "source_id": known["source_id"],
        name: known[name],
        "metadata": dict(known["metadata"]),
        "price": known["price"],
    }


def _in_short(known: Item, name: str) -> Item:
    return {name: known[name], "price": known["price"]}


def _extra(name: str, price: int) -> Item:
    """A line that names no product of the catalogue."""
    return {
        "object": "order_item",
        "quantity": 1,
        "amount": price,
        "price": price,
        "subtotal_amount": price,
        "product": {"name": name},
    }
