"""Sound answers of the service, for tests that are about something else."""

from __future__ import annotations

from typing import Any

ORDER: dict[str, Any] = {
    "id": "ord_0d1e2f3a4b5c6d7e8f",
    "source_id": None,
    "created_at": "2026-01-31T14:05:09.123Z",
    "updated_at": None,
    "status": "CREATED",
    "amount": 10000,
    "total_amount": 10000,
    "customer_id": None,
    "referrer_id": None,
    "object": "order",
}
PAGE: dict[str, Any] = {"object": "list", "data_ref": "orders", "orders": [ORDER], "total": 1}
EXPORT: dict[str, Any] = {
    "id": "exp_1",
    "object": "export",
    "created_at": "2026-01-31T14:05:09.123Z",
    "status": "DONE",
    "channel": "API",
    "exported_object": "order",
    "parameters": {},
    "result": None,
    "user_id": None,
}
ACTION: dict[str, Any] = {
    "id": "aa_1",
    "type": "ORDERS.IMPORT",
    "status": "DONE",
    "progress": 100,
    "object": "async_action",
    "result": {"done_count": 1, "failed_count": 0, "failed": []},
}
NOT_FOUND: dict[str, Any] = {
    "code": 404,
    "key": "not_found",
    "message": "Resource not found",
    "details": "Cannot find order with id x",
    "request_id": "v-0baa1ad023d0656a84",
    "resource_id": "x",
    "resource_type": "order",
}


def export_at(url: str) -> dict[str, Any]:
    """An export that is done, with its file at the URL."""
    return {**EXPORT, "result": {"url": url}}
