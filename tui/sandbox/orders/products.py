"""Products and SKUs of items, looked up and overridden.

See ``docs/voucherify-api.md#order-requests``, ``#amounts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tui.orders.times import format_api_time
from tui.sandbox.clock import to_ms
from tui.sandbox.identifiers import IdentifierGenerator
from tui.sandbox.wire import Document


class Products(Protocol):
    """Where products, or SKUs, are found."""

    def by_id(self, identifier: str) -> Document | None:
        """The one with this id."""

    def by_source_id(self, source_id: str) -> Document | None:
        """The one with this source_id."""


class WritableProducts(Products, Protocol):
    """The store of products, or of SKUs."""

    def put(self, document: Document) -> None:
        """Add or replace one."""


@dataclass(frozen=True, slots=True)
class ItemProduct:
    """What the catalogue holds for an item."""

    product: Document | None = None
    sku: Document | None = None


def find(item: Document, products: Products, skus: Products) -> ItemProduct:
    """Find the product or SKU of an item; ``source_id`` with ``related_object`` goes before the ids."""
    product = _find(item, "product", products)
    sku = _find(item, "sku", skus)
    if product is None and sku is not None and sku.get("product_id"):
        product = products.by_id(sku["product_id"])
    return ItemProduct(product, sku)


def names(item: Document, kind: str) -> tuple[str | None, str | None]:
    """The id and the source_id by which an item names its product or SKU (``kind``)."""
    embedded = item.get(kind, {})
    if item.get("related_object") == kind and "source_id" in item:
        return None, item["source_id"]
    return item.get(f"{kind}_id", embedded.get("id")), embedded.get("source_id")


def _find(item: Document, kind: str, shelf: Products) -> Document | None:
    identifier, source_id = names(item, kind)
    found = shelf.by_id(identifier) if identifier is not None else None
    if found is None and source_id is not None:
        found = shelf.by_source_id(source_id)
    return found


class ProductOverrides:
    """Applies ``override: true``: the item's own data goes into the catalogue.

    An entry that does not exist yet is made only if it has a source_id.
    """

    def __init__(self, products: WritableProducts, skus: WritableProducts, mint: IdentifierGenerator) -> None:
        self._products = products
        self._skus = skus
        self._mint = mint

    def apply(self, item: Document, at: datetime) -> None:
        """Write what one item of an order overrides."""
        product = _find(item, "product", self._products)
        if item.get("product", {}).get("override"):
            product = self._product(item, product, at)
        if item.get("sku", {}).get("override"):
            self._sku(item, product, at)

    def _product(self, item: Document, current: Document | None, at: datetime) -> Document | None:
        source_id = names(item, "product")[1]
        if current is None:
            if source_id is None:
                return None
            made = self._mint.timed("prod_", to_ms(at))
            current = {
                "id": made,
                "source_id": source_id,
                "created_at": format_api_time(at),
                "object": "product",
            }
        document = _overwritten(current, item["product"], ("name", "price", "metadata"))
        self._products.put(document)
        return document

    def _sku(self, item: Document, product: Document | None, at: datetime) -> None:
        current = _find(item, "sku", self._skus)
        source_id = names(item, "sku")[1]
        if current is None:
            if source_id is None:
                return
            made = self._mint.timed("sku_", to_ms(at))
            current = {"id": made, "source_id": source_id, "created_at": format_api_time(at), "object": "sku"}
        document = _overwritten(current, item["sku"], ("sku", "price", "metadata"))
        if product is not None:
            document["product_id"] = product["id"]
        self._skus.put(document)


def _overwritten(current: Document, given: Document, fields: tuple[str, ...]) -> Document:
    return {**current, **{name: given[name] for name in fields if name in given}}
