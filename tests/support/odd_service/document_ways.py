"""Ways to fill orders, exports and jobs: members absent, null, or of another type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .exchange import Answer, Document, Exchange, Kind, Reply
from .list_ways import without
from .ways import ONE_ORDER, ORDERS, Way

_DEEP: Any = 1
for _ in range(60):
    _DEEP = {"a": [_DEEP]}

ORDER_VALUES: dict[str, Document] = {
    "amount true": {"amount": True},
    "amount a fraction": {"amount": 12000.5},
    "amount text": {"amount": "12000"},
    "amount words": {"amount": "a lot"},
    "amount null": {"amount": None},
    "amount beyond numbers": {"amount": 10**30},
    "amount negative": {"amount": -1},
    "amount a list": {"amount": [1]},
    "total_amount an object": {"total_amount": {"value": 1}},
    "status a number": {"status": 5},
    "status null": {"status": None},
    "status unheard of": {"status": "LOST"},
    "created_at words": {"created_at": "yesterday"},
    "created_at a number": {"created_at": 1700000000},
    "created_at null": {"created_at": None},
    "updated_at words": {"updated_at": "0000-00-00"},
    "items an object": {"items": {"0": {}}},
    "items null": {"items": None},
    "items of null": {"items": [None]},
    "items of texts": {"items": ["x"]},
    "items with odd members": {"items": [{"quantity": "two", "price": True, "product": 5}]},
    "metadata a list": {"metadata": [1]},
    "metadata text": {"metadata": "x"},
    "metadata null": {"metadata": None},
    "metadata deep": {"metadata": _DEEP},
    "metadata with nulls": {"metadata": {"a": None, "b": {"c": [None]}}},
    "customer text": {"customer": "Ana"},
    "customer_id a number": {"customer_id": 5},
    "redemptions a list": {"redemptions": [{}]},
    "redemptions of null": {"redemptions": {"r_1": None}},
    "source_id a number": {"source_id": 17},
    "members unheard of": {"loyalty": {"points": [1, None]}, "": "", "\ud800": "\udfff"},
    "texts that act": {"source_id": "\x1b]0;x\x07\u202e", "metadata": {"\x1b[2J": "\x00"}},
}

ONE_ORDER_VALUES: dict[str, Callable[[Document, Exchange], Any]] = {
    "id absent": lambda order, exchange: without("id")(order, 0),
    "id null": lambda order, exchange: {**order, "id": None},
    "id a number": lambda order, exchange: {**order, "id": 17},
    "another order": lambda order, exchange: {**order, "id": "ord_other", "source_id": "other", "amount": 1},
    "in a list": lambda order, exchange: [order],
    "null": lambda order, exchange: None,
    "a text": lambda order, exchange: "done",
    "an empty object": lambda order, exchange: {},
}

EXPORT_JOB: frozenset[Kind] = frozenset({"export_job"})
EXPORT_VALUES: dict[str, Document] = {
    "result null": {"result": None},
    "result text": {"result": "done"},
    "result a list": {"result": []},
    "url a number": {"result": {"url": 5}},
    "url elsewhere": {"result": {"url": "https://elsewhere.example/v1/exports/x?token=t"}},
    "url relative": {"result": {"url": "/v1/exports/x?token=t"}},
    "status null": {"status": None},
    "status a number": {"status": 4},
    "status ERROR": {"status": "ERROR", "result": None},
    "id null": {"id": None},
    "parameters null": {"parameters": None},
    "parameters a list": {"parameters": ["id"]},
    "exported_object null": {"exported_object": None},
    "created_at words": {"created_at": "now"},
}

ACTION_VALUES: dict[str, Document] = {
    "id a number": {"id": 5},
    "status null": {"status": None},
    "result null": {"result": None},
    "result text": {"result": "done"},
    "result a list": {"result": []},
    "result empty": {"result": {}},
    "failed null": {"result": {"done_count": 5, "failed": None}},
    "failed an object": {"result": {"failed": {"0": "no"}}},
    "done_count text": {"result": {"done_count": "all", "failed": []}},
    "done_count too large": {"result": {"done_count": 10**9, "failed": []}},
    "done_count negative": {"result": {"done_count": -1, "failed": []}},
    "progress text": {"progress": "50 %"},
    "progress too large": {"progress": 500},
    "status FAILED": {"status": "FAILED", "result": None},
}


def _filled(values: Document) -> Callable[[Answer, Exchange], Reply]:
    def change(answer: Answer, exchange: Exchange) -> Reply:
        if answer.status != 200:
            return answer
        document = answer.document
        if exchange.kind == "list":
            orders = [
                {**order, **values} if at % 3 == 0 else order for at, order in enumerate(document["orders"])
            ]
            return answer.of({**document, "orders": orders})
        return answer.of({**document, **values})

    return change


def _one(change: Callable[[Document, Exchange], Any]) -> Callable[[Answer, Exchange], Reply]:
    def made(answer: Answer, exchange: Exchange) -> Reply:
        return answer if answer.status != 200 else answer.of(change(answer.document, exchange))

    return made


def _done(values: Document) -> Callable[[Answer, Exchange], Reply]:
    """Where a job is over."""

    def change(answer: Answer, exchange: Exchange) -> Reply:
        del exchange
        document = answer.document
        return answer if document.get("status") != "DONE" else answer.of({**document, **values})

    return change


def _listed(change: Callable[[Document], Any]) -> Callable[[Answer, Exchange], Reply]:
    return lambda answer, exchange: answer.of(change(answer.document))


_EXPORTS: dict[str, Callable[[Document], Any]] = {
    "exports without a total": lambda d: {"exports": d["exports"]},
    "exports null": lambda d: {**d, "exports": None},
    "exports with odd rows": lambda d: {
        **d,
        "exports": [*d["exports"], {}, {"id": 5, "created_at": 5, "parameters": []}],
    },
}

_ACTIONS: dict[str, Callable[[Document], Any]] = {
    "has_more absent": lambda d: {"async_actions": d["async_actions"]},
    "has_more text": lambda d: {**d, "has_more": "yes"},
    "async_actions null": lambda d: {**d, "async_actions": None},
    "async_actions with odd rows": lambda d: {
        **d,
        "async_actions": [*d["async_actions"], {}, {"id": None, "progress": True, "type": 5}],
    },
}

DOCUMENT_WAYS = (
    *(Way(name, ORDERS, _filled(values)) for name, values in ORDER_VALUES.items()),
    *(Way(f"one order: {name}", ONE_ORDER, _one(change)) for name, change in ONE_ORDER_VALUES.items()),
    *(
        Way(f"export: {name}", frozenset({"export_job"}), _done(values or {}))
        for name, values in EXPORT_VALUES.items()
    ),
    Way("export: the answer has no id", frozenset({"export"}), _filled({"id": None})),
    Way("import: the answer has no job", frozenset({"import"}), _one(lambda d, e: {"async_action_id": None})),
    Way("import: the answer is empty", frozenset({"import"}), _one(lambda d, e: {})),
    *(Way(f"job: {name}", frozenset({"action"}), _done(values)) for name, values in ACTION_VALUES.items()),
    *(Way(name, frozenset({"exports"}), _listed(change)) for name, change in _EXPORTS.items()),
    *(Way(name, frozenset({"actions"}), _listed(change)) for name, change in _ACTIONS.items()),
)
