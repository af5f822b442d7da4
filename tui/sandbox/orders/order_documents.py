"""The document of an order after a write (``docs/voucherify-api.md#order-responses``, ``#orders``). Pure.

Amounts are integers in minor units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tui.orders.order_fields import ORDER_FIELDS
from tui.sandbox.orders.products import ItemProduct, Products, find
from tui.sandbox.policies import Policies
from tui.sandbox.wire import Document

_DISCOUNTS = ("discount_amount", "items_discount_amount", "total_discount_amount")


def price_item(item: Document, catalogue_price: float | None) -> Document:
    """Give an item its ``price``, ``amount`` and ``subtotal_amount`` where they can be known.

    ``amount`` is price times quantity unless sent, ``subtotal_amount`` the amount less the discount.
    ``catalogue_price`` counts only if the item has no price of its own, and only if it is whole.
    """
    priced = dict(item)
    if "price" not in priced and catalogue_price is not None and float(catalogue_price).is_integer():
        priced["price"] = int(catalogue_price)
    if "amount" not in priced and "price" in priced and "quantity" in priced:
        priced["amount"] = priced["price"] * priced["quantity"]
    if "amount" in priced:
        priced["subtotal_amount"] = priced["amount"] - priced.get("discount_amount", 0)
    return priced


def items_amount(items: Iterable[Document], partly: Literal["unknown", "sum_known"]) -> int | None:
    """What the items add up to; ``None`` if there are none, or if some have no amount and that matters."""
    amounts: list[int | None] = [item.get("amount") for item in items]
    known = [amount for amount in amounts if amount is not None]
    if not known or (partly == "unknown" and len(known) < len(amounts)):
        return None
    return sum(known)


def discounts(order: Document) -> Document:
    """The discount fields of an order, from its own discount and those of its items; empty without any."""
    of_items = [i["discount_amount"] for i in order.get("items", ()) if "discount_amount" in i]
    found: Document = {}
    if "discount_amount" in order:
        found["discount_amount"] = order["discount_amount"]
    if of_items:
        found["items_discount_amount"] = sum(of_items)
    if found:
        found["total_discount_amount"] = sum(found.values())
    return found


def total_up(order: Document, *, discounts_changed: bool) -> Document:
    """Bring the totals of an order in line: ``total_amount = amount - total_discount_amount``.

    The discount totals are computed again only when a discount or an item changed: those of a redeemed order
    came from its redemption.
    """
    totalled = dict(order)
    if discounts_changed:
        for name in _DISCOUNTS:
            totalled.pop(name, None)
        totalled.update(discounts(order))
    totalled.pop("total_amount", None)
    if "amount" in totalled:
        totalled["total_amount"] = totalled["amount"] - totalled.get("total_discount_amount", 0)
    return totalled


_ORDER = (
    "id", "source_id", "related_object", "product_id", "sku_id", "quantity", "discount_quantity",
    "initial_quantity", "amount", "discount_amount", "applied_discount_amount", "initial_amount", "price",
    "subtotal_amount", "product", "sku", "object", "metadata",
)  # fmt: skip
_SENT = frozenset(_ORDER) - {"id", "object", "subtotal_amount", "applied_discount_amount"}
_PRODUCT = ("id", "source_id", "name", "metadata", "price")
_SKU = ("id", "source_id", "sku", "metadata", "price")


def build_items(
    requested: Iterable[Document], products: Products, skus: Products, policies: Policies
) -> list[Document]:
    """The items as they are answered: priced, with what the catalogue knows of them.

    An unknown product is echoed without an error, an absent key stays absent.
    """
    return [_build_item(item, find(item, products, skus), policies) for item in requested]


def merge_by_position(current: list[Document], requested: list[Document]) -> list[Document]:
    """The requested items laid over those in the same place; what follows them stays."""
    laid = [{**old, **new} for old, new in zip(current, requested, strict=False)]
    return laid + requested[len(current) :] + current[len(requested) :]


def _build_item(item: Document, found: ItemProduct, policies: Policies) -> Document:
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


def _catalogue_price(item: Document, found: ItemProduct, policies: Policies) -> float | None:
    """The SKU's price goes before the product's, a payload's before the stored one."""
    sources = [item.get("sku"), item.get("product")]
    if policies.stored_price == "used":
        sources += [found.sku, found.product]
    prices = (source.get("price") for source in sources if source)
    return next((price for price in prices if price is not None), None)


_KEYS = tuple(field.name for field in ORDER_FIELDS)
_COPIED = ("source_id", "status", "amount", "initial_amount", "discount_amount")
_PRICED = ("amount", "discount_amount", "items")


@dataclass(frozen=True, slots=True)
class OrderPeople:
    """The persons that a write links the order to; ``sent`` lacks a person that is not in the request."""

    sent: dict[str, str | None]
    """``customer`` and ``referrer`` to the id of a customer, or to ``None`` to take the link away."""


def new_order(identifier: str, created_at: str) -> Document:
    """The order that a create starts from: everything that is always there, and nothing else."""
    return {
        "id": identifier,
        "source_id": None,
        "created_at": created_at,
        "updated_at": None,
        "status": "CREATED",
        "customer_id": None,
        "referrer_id": None,
        "object": "order",
    }


def write_order(
    current: Document,
    request: Document,
    *,
    items: list[Document] | None,
    links: OrderPeople,
    policies: Policies,
) -> Document:
    """Lay a request over an order: only what was sent changes, and the totals follow.

    Args:
        current: the order as it is, or ``new_order``.
        request: a checked request body.
        items: the items as they will be answered, or ``None`` if the request has none.
        links: the customer and referrer, resolved.
        policies: what the documentation leaves open.
    """
    order = {**current, **{name: request[name] for name in _COPIED if name in request}}
    if items is not None:
        order["items"] = items
    if "metadata" in request:
        kept = current.get("metadata", {}) if policies.metadata_on_update == "merge" else {}
        order["metadata"] = {**kept, **request["metadata"]}
    for person, identifier in links.sent.items():
        order[f"{person}_id"] = identifier
        order.pop(person, None)
        if identifier is not None:
            order[person] = {"id": identifier, "object": "customer"}
    order = _priced(order, request, items, policies)
    return _in_order(order)


def _priced(order: Document, request: Document, items: list[Document] | None, policies: Policies) -> Document:
    if not any(name in request for name in _PRICED):
        return order
    if "amount" not in request and items is not None:
        summed = items_amount(items, policies.partly_priced_items)
        if summed is not None:
            order = {**order, "amount": summed}
    return total_up(order, discounts_changed=items is not None or "discount_amount" in request)


def _in_order(order: Document) -> Document:
    """The keys as the service orders them; those it does not know (of loaded data) come last."""
    known = {name: order[name] for name in _KEYS if name in order}
    return {**known, **order}
