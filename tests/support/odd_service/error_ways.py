"""Ways to refuse: every field of an error's body in every kind of value."""

from __future__ import annotations

import json
from typing import Any

from .exchange import Answer, Exchange, Kind, Reply
from .field_ways import VALUES, put
from .ways import Way

CONCERNED: frozenset[Kind] = frozenset({"list", "get", "update", "import", "export", "export_job", "action"})

ERROR = {
    "code": 400,
    "key": "invalid_payload",
    "message": "Invalid payload",
    "details": "Property .amount must be integer",
    "request_id": "v-0baa1ad023d0656a84",
    "resource_id": "ord_1",
    "resource_type": "order",
}
FIELDS = ("code", "key", "message", "details", "request_id")
STATUSES = (400, 404, 409, 500)


def _refusing(status: int, field: str, value: Any) -> Way:
    body = json.dumps(put({**ERROR, "code": status}, field, value)).encode()

    def answer(exchange: Exchange) -> Reply:
        del exchange
        return Answer(status, {"Content-Type": "application/json"}, body)

    return Way("", CONCERNED, instead=answer)


ERROR_WAYS = tuple(
    Way(f"{status}: {field} {name}", CONCERNED, instead=_refusing(status, field, value).instead)
    for status in STATUSES
    for field in FIELDS
    for name, value in VALUES.items()
)
