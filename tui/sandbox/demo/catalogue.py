"""The catalogue: products and SKUs as documents, and which of them sell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.orders.times import to_api
from tui.sandbox.identifiers import IdentifierMint

from .draw import Weighted
from .goods import GOODS, Goods
from .seasons import MINUTE_MS

Document = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Article:
    """What can lie in a basket: a product, and its SKU where it has variants."""

    product: Document
    sku: Document | None

    @property
    def price(self) -> int:
        """The price of one piece, in minor units; a SKU's own price goes before its product's."""
        price: int = (self.sku or self.product)["price"]
        return price


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything on sale. ``selling`` gives articles as often as they are bought."""

    products: list[Document]
    skus: list[Document]
    articles: list[Article]
    selling: Weighted[Article]


def iso(at_ms: int) -> str:
    """Unix milliseconds as the API writes a time."""
    return to_api(_EPOCH + timedelta(milliseconds=at_ms))


def stock(mint: IdentifierMint, opening_ms: int) -> Catalogue:
    """Put the goods into the catalogue, one after the other in the hours before the shop opens."""
    products: list[Document] = []
    skus: list[Document] = []
    selling: list[tuple[Article, int]] = []
    at_ms = opening_ms - (len(GOODS) + 1) * 7 * MINUTE_MS
    for rank, goods in enumerate(GOODS):
        at_ms += 7 * MINUTE_MS
        product = _product(goods, mint, at_ms)
        products.append(product)
        variants = [
            _sku(goods, product, number, mint, at_ms + 9_000 * (number + 1))
            for number in range(len(goods.variants))
        ]
        skus.extend(variants)
        of_product = [Article(product, sku) for sku in variants] or [Article(product, None)]
        selling.extend((article, 1 + 9_000 // (8 + rank) ** 2 // len(of_product)) for article in of_product)
    return Catalogue(products, skus, [article for article, _ in selling], Weighted(selling))


def _product(goods: Goods, mint: IdentifierMint, at_ms: int) -> Document:
    product = {
        "id": mint.timed("prod_", at_ms),
        "source_id": goods.source_id,
        "name": goods.name,
        "price": goods.price,
        "attributes": ["variant"],
        "metadata": {"category": goods.category, "fragile": goods.category in ("cups", "kettles")},
        "created_at": iso(at_ms),
        "object": "product",
    }
    if not goods.variants:
        del product["attributes"]
    return product


def _sku(goods: Goods, product: Document, number: int, mint: IdentifierMint, at_ms: int) -> Document:
    code, name, price = goods.variants[number]
    return {
        "id": mint.timed("sku_", at_ms),
        "source_id": f"{goods.source_id.upper()}-{code}",
        "product_id": product["id"],
        "sku": f"{goods.name}, {name}",
        "price": price,
        "metadata": {"variant": name},
        "created_at": iso(at_ms),
        "object": "sku",
    }
