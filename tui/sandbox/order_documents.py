"""The document of an order after a write, from the one before it (``voucherify-api.md`` 1.3, 2). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .policies import Policies
from .pricing import items_amount, total_up
from .wire import Document

_KEYS = (
    "id", "source_id", "created_at", "updated_at", "status", "amount", "initial_amount", "discount_amount",
    "items_discount_amount", "total_discount_amount", "applied_discount_amount",
    "items_applied_discount_amount", "total_applied_discount_amount", "total_amount", "items", "metadata",
    "customer", "referrer", "customer_id", "referrer_id", "object", "redemptions",
)  # fmt: skip
_COPIED = ("source_id", "status", "amount", "initial_amount", "discount_amount")
_PRICED = ("amount", "discount_amount", "items")


@dataclass(frozen=True, slots=True)
class Links:
    """Whom a write links the order to; a person that the request does not speak of is not in ``sent``."""

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
    current: Document, request: Document, *, items: list[Document] | None, links: Links, policies: Policies
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
