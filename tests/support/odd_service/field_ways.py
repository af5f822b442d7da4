"""Ways to fill one field of an answer, for every field that the API documents and every kind of value."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from .exchange import Answer, Document, Exchange, Kind, Reply
from .ways import ONE_ORDER, Way

ABSENT: Any = object()

_NESTED: Any = 1
for _ in range(60):
    _NESTED = {"a": [_NESTED]}

VALUES: dict[str, Any] = {
    "absent": ABSENT,
    "null": None,
    "true": True,
    "a number": 7,
    "a negative number": -7,
    "a fraction": 0.5,
    "a huge number": 10**30,
    "a text": "x",
    "a text of a number": "12",
    "an empty text": "",
    "spaces": " \n\t",
    "an empty list": [],
    "a list": [1, None, {"a": 1}],
    "an empty object": {},
    "an object": {"id": 1, "a": None},
    "an enormous text": "x" * 100_000,
    "nested": _NESTED,
    "half a character": "\ud800",
    "control characters": "\x1b[2J\x00\r\u202e",
}

ORDER_FIELDS = (
    "source_id", "created_at", "updated_at", "status", "customer_id", "referrer_id", "object", "amount",
    "total_amount", "initial_amount", "discount_amount", "total_discount_amount", "items_discount_amount",
    "items", "items.0", "items.0.object", "items.0.quantity", "items.0.amount", "items.0.price",
    "items.0.product_id", "items.0.product", "items.0.product.name", "items.0.sku", "items.0.metadata",
    "metadata", "metadata.channel", "customer", "customer.id", "customer.object", "referrer",
    "redemptions", "redemptions.r_1", "redemptions.r_1.date", "redemptions.r_1.stacked",
    "redemptions.r_1.rollback_id",
)  # fmt: skip
"""Every field of an order except its id, as a path; a number is a place in a list."""

EXPORT_FIELDS = (
    "id", "object", "created_at", "status", "channel", "exported_object", "parameters", "parameters.order",
    "parameters.fields", "parameters.fields.0", "parameters.filters", "result", "result.url", "user_id",
)  # fmt: skip

ACTION_FIELDS = (
    "id", "type", "status", "operation_status", "created_at", "updated_at", "request_id", "processing_time",
    "progress", "object", "result", "result.message", "result.done_count", "result.failed_count",
    "result.failed", "result.failed.0", "result.failed.0.source_id", "result.failed.0.reason",
)  # fmt: skip

PAGE = 100
"""Rows that a page of a list has at most."""

FULL_ORDER: Document = {
    "items": [
        {
            "object": "order_item",
            "product_id": "prod_1",
            "quantity": 2,
            "price": 500,
            "amount": 1000,
            "product": {"id": "prod_1", "name": "Tea"},
            "sku": {"id": "sku_1", "sku": "Green"},
            "metadata": {"a": "b"},
        }
    ],
    "metadata": {"channel": "web"},
    "customer": {"id": "cust_1", "object": "customer"},
    "referrer": {"id": "cust_2", "object": "customer"},
    "redemptions": {"r_1": {"date": "2026-01-01T00:00:00.000Z", "stacked": ["r_2"]}},
}
"""What an order gets so that every field is there to be changed."""


def put(document: Document, path: str, value: Any) -> Document:
    """The document with another value at a path; without that member for ``ABSENT``."""
    made = copy.deepcopy(document)
    *holders, last = path.split(".")
    holder: Any = made
    for part in holders:
        inner = holder[int(part)] if part.isdigit() else holder.get(part)
        if not isinstance(inner, dict | list):
            inner = {}
            holder[part] = inner
        holder = inner
    place: Any = int(last) if last.isdigit() else last
    if isinstance(holder, list):
        holder[place:] = [value, *holder[place + 1 :]] if value is not ABSENT else holder[place + 1 :]
    elif value is ABSENT:
        holder.pop(place, None)
    else:
        holder[place] = value
    return made


def combinations(fields: tuple[str, ...]) -> Iterator[tuple[str, str, Any]]:
    """Each field with each kind of value: the name of both, the path, the value."""
    for path in fields:
        for name, value in VALUES.items():
            yield f"{path} {name}", path, value


def _one_order(path: str, value: Any) -> Callable[[Answer, Exchange], Reply]:
    def change(answer: Answer, exchange: Exchange) -> Reply:
        del exchange
        if answer.status != 200:
            return answer
        base = {**FULL_ORDER, **answer.document} if "." in path else answer.document
        return answer.of(put(base, path, value))

    return change


def _each_order(begin: int) -> Callable[[Answer, Exchange], Reply]:
    """Every order of a list with another field changed, from some combination on."""
    every = list(combinations(ORDER_FIELDS))

    def change(answer: Answer, exchange: Exchange) -> Reply:
        if answer.status != 200:
            return answer
        document = answer.document
        first = begin + (exchange.page - 1) * exchange.limit
        rows = [
            put({**FULL_ORDER, **row}, *every[(first + at) % len(every)][1:])
            for at, row in enumerate(document["orders"])
        ]
        return answer.of({**document, "orders": rows})

    return change


def _each_job(fields: tuple[str, ...], key: str, begin: int) -> Callable[[Answer, Exchange], Reply]:
    """A list of jobs in which each is the first one with another field changed."""
    every = list(combinations(fields))[begin : begin + PAGE]

    def change(answer: Answer, exchange: Exchange) -> Reply:
        del exchange
        if answer.status != 200 or not answer.document[key]:
            return answer
        document = answer.document
        row = document[key][0]
        return answer.of({**document, key: [put(row, path, value) for _, path, value in every]})

    return change


def _document(path: str, value: Any, when: str | None) -> Callable[[Answer, Exchange], Reply]:
    """Changes a field of a job; where ``when`` is given, only of a job with that status."""

    def change(answer: Answer, exchange: Exchange) -> Reply:
        del exchange
        if answer.status != 200 or (when and answer.document.get("status") != when):
            return answer
        base = answer.document
        if path.startswith("result.failed.0"):
            base = put(base, "result.failed", [{"source_id": "not-of-this", "reason": "no"}])
        return answer.of(put(base, path, value))

    return change


def _of(kind: Kind) -> frozenset[Kind]:
    return frozenset({kind})


LIST_FIELDS = tuple(field for field in ACTION_FIELDS if not field.startswith("result."))
"""The service lists async actions without results (``docs/voucherify-api.md``)."""

_JOB_LISTS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("exports", "exports", EXPORT_FIELDS),
    ("actions", "async_actions", LIST_FIELDS),
)

FIELD_WAYS = (
    *(
        Way(f"a field of each order, from {begin} on", _of("list"), _each_order(begin))
        for begin in range(0, len(ORDER_FIELDS) * len(VALUES), 2 * PAGE)
    ),
    *(
        Way(f"{kind}: a field of each job, from {begin} on", _of(kind), _each_job(fields, key, begin))
        for kind, key, fields in _JOB_LISTS
        for begin in range(0, len(fields) * len(VALUES), PAGE)
    ),
    *(
        Way(f"order: {name}", ONE_ORDER, _one_order(path, value))
        for name, path, value in combinations(ORDER_FIELDS)
    ),
    *(Way(f"order: id {name}", ONE_ORDER, _one_order("id", value)) for name, value in VALUES.items()),
    *(
        Way(f"new export: {name}", _of("export"), _document(path, value, None))
        for name, path, value in combinations(EXPORT_FIELDS)
        if path in {"id", "status", "parameters", "result"}
    ),
    *(
        Way(
            f"export: {name}",
            _of("export_job"),
            _document(path, value, "DONE"),
            lies=path == "exported_object" and isinstance(value, str),
        )
        for name, path, value in combinations(EXPORT_FIELDS)
    ),
    *(
        Way(f"import: async_action_id {name}", _of("import"), _document("async_action_id", value, None))
        for name, value in VALUES.items()
    ),
    *(
        Way(f"job: {name}", _of("action"), _document(path, value, "DONE"))
        for name, path, value in combinations(ACTION_FIELDS)
    ),
)
