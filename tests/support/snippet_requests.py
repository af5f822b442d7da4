"""Requests of every operation of the adapter, for the tests of snippets."""

from __future__ import annotations

from typing import Any

from tui.voucherify.snippets import SnippetRequest

HOSTILE = (
    "he said \"hi\" $HOME ${x} #{1+1} #$x `id` $(id) \\ \\u0022 \\\\ ' '' \n\r\t\0\x7f é 😀 \u2028 </script> "
    '{$x} %s !! ?> */ \\" \\'
)
"""A text that would end a literal or act in one of the languages."""

ORDER: dict[str, Any] = {
    "source_id": "snippet-1",
    "amount": 1200,
    "items": [
        {"product_id": "prod_1", "quantity": 2, "price": 600, "metadata": {"__proto__": {"a": 1}, "n": []}},
        {"source_id": "sku-1", "related_object": "sku", "quantity": 1, "price": 0, "sku": {"sku": HOSTILE}},
    ],
    "customer": {
        "source_id": "customer-1",
        "name": HOSTILE,
        "birthdate": "1990-01-31",
        "address": {"city": "Łódź"},
    },
    "referrer": {"source_id": "referrer-1", "address": {"line_1": "1"}},
    "metadata": {HOSTILE: HOSTILE, "true": True, "half": 1.5, "nothing": None, "empty": {}, "": [None]},
}
"""An order that holds of everything something."""

EXPORT = {
    "parameters": {
        "order": "-created_at",
        "fields": ["id", "total_amount"],
        "filters": {"junction": "and", "status": {"conditions": {"$is": ["PAID"]}}},
    }
}

REQUESTS: dict[str, SnippetRequest] = {
    "list_orders": SnippetRequest(
        "GET", "/v1/orders", query=(("limit", "3"), ("page", "1"), ("order", "-created_at"))
    ),
    "get_order": SnippetRequest("GET", "/v1/orders/source-1"),
    "create_order": SnippetRequest("POST", "/v1/orders", body=ORDER),
    "update_order": SnippetRequest("PUT", "/v1/orders/source-1", body={"status": "PAID"}),
    "import_orders": SnippetRequest(
        "POST", "/v1/orders/import", body=[{"source_id": "i-1", "amount": 5}, ORDER]
    ),
    "create_order_export": SnippetRequest("POST", "/v1/orders/export", body=EXPORT),
    "list_exports": SnippetRequest(
        "GET", "/v1/exports", query=(("limit", "5"), ("page", "1"), ("order", "status"))
    ),
    "get_export": SnippetRequest("GET", "/v1/exports/{export}"),
    "download_export": SnippetRequest("GET", "/v1/exports/{export}", export_token=True),
    "list_async_actions": SnippetRequest(
        "GET", "/v1/async-actions", query=(("limit", "5"), ("end_date", "2026-01-31T14:05:00.000Z"))
    ),
    "get_async_action": SnippetRequest("GET", "/v1/async-actions/{action}"),
    "delete_export": SnippetRequest("DELETE", "/v1/exports/{export}"),
}
"""One request an operation; ``{export}`` and ``{action}`` stand for ids of the sandbox."""
