"""A partial document, as a file or an upsert gives one, laid over the whole order."""

from __future__ import annotations

import copy
from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.request import request_items
from tui.orders.request.models import OrderRequest


def overlay(base: ApiDocument, given: ApiDocument) -> ApiDocument:
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
