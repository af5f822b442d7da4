"""The items of an order's answer, from those of a request (``voucherify-api.md`` 1.3, 2.3). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .catalogue import Found, Shelf, find
from .policies import Policies
from .pricing import price_item
from .wire import Document

_ORDER = (
    "id", "source_id", "related_object", "product_id", "sku_id", "quantity", "discount_quantity",
    "initial_quantity", "amount", "discount_amount", "applied_discount_amount", "initial_amount", "price",
    "subtotal_amount", "product", "sku", "object", "metadata",
)  # fmt: skip
_SENT = frozenset(_ORDER) - {"id", "object", "subtotal_amount", "applied_discount_amount"}
_PRODUCT = ("id", "source_id", "name", "metadata", "price")
_SKU = ("id", "source_id", "sku", "metadata", "price")


def build_items(
    requested: Iterable[Document], products: Shelf, skus: Shelf, policies: Policies
) -> list[Document]:
    """The items as they are answered: priced, with what the catalogue knows of them.

    An unknown product is echoed without an error, an absent key stays absent.
    """
    return [_build_item(item, find(item, products, skus), policies) for item in requested]


def merge_by_position(current: list[Document], requested: list[Document]) -> list[Document]:
    """The requested items laid over those in the same place; what follows them stays."""
    laid = [{**old, **new} for old, new in zip(current, requested, strict=False)]
    return laid + requested[len(current) :] + current[len(requested) :]


def _build_item(item: Document, found: Found, policies: Policies) -> Document:
    built = {name: value for name, value in item.items() if name in _SENT}
    by_source = "source_id" in item and "related_object" in item
    product = _embedded(item.get("product"), found.product, _PRODUCT, whole=by_source)
    sku = _embedded(item.get("sku"), found.sku, _SKU, whole=by_source)
    for name, value in (("product", product), ("sku", sku)):
        if value is None:
            built.pop(name, None)
        else:
            built[name] = value
    if found.sku is not None and found.product is not None and "product_id" not in built:
        built["product_id"] = found.product["id"]
    built = price_item(built, _catalogue_price(item, found, policies))
    built["object"] = "order_item"
    return {name: built[name] for name in _ORDER if name in built}


def _embedded(
    given: Document | None, stored: Document | None, fields: tuple[str, ...], *, whole: bool
) -> Document | None:
    """What the item carries of its product or SKU: all when found by source_id, name and price by id."""
    if stored is None:
        return None if given is None else {name: given[name] for name in fields if name in given}
    shown = fields if whole else tuple(name for name in fields if name in ("name", "sku", "price"))
    known = {name: stored[name] for name in shown if stored.get(name) is not None}
    payload = {n: v for n, v in (given or {}).items() if n in fields and n not in ("id", "source_id")}
    merged = {**known, **payload}
    return {name: merged[name] for name in fields if name in merged}


def _catalogue_price(item: Document, found: Found, policies: Policies) -> float | None:
    """The SKU's price goes before the product's, a payload's before the stored one."""
    sources = [item.get("sku"), item.get("product")]
    if policies.stored_price == "used":
        sources += [found.sku, found.product]
    prices = (source.get("price") for source in sources if source)
    return next((price for price in prices if price is not None), None)
