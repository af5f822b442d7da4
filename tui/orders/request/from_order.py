"""Request bodies made from an order: copies, overlays, and the writable part of a document."""

from __future__ import annotations

import copy
from typing import Any

from tui.orders.api_object import ApiDocument

from .models import ItemRequest, OrderRequest

_OF_THIS_ORDER = frozenset({"id", "source_id", "created_at", "referrer_id"})


def template_of(document: ApiDocument) -> ApiDocument:
    """A create document that makes another order like this one: no identity, nothing the service makes.

    Customer and referrer are named by their ids; the new order's status is left to be chosen.
    """
    made = {
        name: copy.deepcopy(value)
        for name, value in document.items()
        if name
        not in OrderRequest.service_made | _OF_THIS_ORDER | {"items", "customer", "referrer", "status"}
        and value is not None
    }
    if isinstance(document.get("items"), list):
        made["items"] = request_items(document["items"])
    for person in ("customer", "referrer"):
        if identifier := document.get(f"{person}_id"):
            made[person] = {"id": identifier}
    return made


def request_items(items: list[Any]) -> list[Any]:
    """Items of an answer in the form that create and update take; values that are not objects stay."""
    return [request_item(item) if isinstance(item, dict) else item for item in items]


def request_item(item: ApiDocument) -> ApiDocument:
    """An answered item as a request: no service-made fields, no stale product, no nulls.

    A ``source_id`` gets the ``related_object`` it needs, read off what the item points to. A product or SKU
    that is embedded for another id than the item's is left out: it describes what stood there before.
    """
    made = {
        name: copy.deepcopy(value)
        for name, value in item.items()
        if name not in ItemRequest.service_made and value is not None
    }
    for kind in ("product", "sku"):
        embedded = made.get(kind)
        if not isinstance(embedded, dict):
            continue
        embedded = {name: value for name, value in embedded.items() if value is not None and name != "object"}
        made[kind] = embedded
        named = made.get(f"{kind}_id")
        if not embedded or (named and embedded.get("id") and embedded["id"] != named):
            del made[kind]
    if made.get("source_id") and "related_object" not in made:
        if "sku_id" in made or "sku" in made:
            made["related_object"] = "sku"
        elif "product_id" in made or "product" in made:
            made["related_object"] = "product"
    return made


def overlay_document(base: ApiDocument, given: ApiDocument) -> ApiDocument:
    """The order with the given fields; metadata keys that are not given stay, everything else is replaced."""
    made = copy.deepcopy({**base, **given})
    if isinstance(base.get("metadata"), dict) and isinstance(given.get("metadata"), dict):
        made["metadata"] = copy.deepcopy({**base["metadata"], **given["metadata"]})
    return made


def writable(document: ApiDocument) -> ApiDocument:
    """What of an order can be given to the API: for a diff that shows only what a request can change."""
    made: dict[str, Any] = {
        name: value for name, value in document.items() if name not in OrderRequest.service_made | {"id"}
    }
    if isinstance(made.get("items"), list):
        made["items"] = request_items(made["items"])
    return made
