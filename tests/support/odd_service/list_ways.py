"""Ways to list orders: totals, pages, ids, repeated rows, orders that move while they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .exchange import Answer, Document, Exchange, Reply
from .ways import Way

LIST = frozenset({"list"})
ABSENT = object()


def _stated(make: Callable[[Exchange, int], Any]) -> Callable[[Answer, Exchange], Reply]:
    def change(answer: Answer, exchange: Exchange) -> Reply:
        document = answer.document
        total = make(exchange, len(document["orders"]))
        if total is ABSENT:
            del document["total"]
        else:
            document["total"] = total
        return answer.of(document)

    return change


TOTALS: dict[str, Callable[[Exchange, int], Any]] = {
    "total absent": lambda exchange, rows: ABSENT,
    "total null": lambda exchange, rows: None,
    "total text": lambda exchange, rows: "230",
    "total 0": lambda exchange, rows: 0,
    "total negative": lambda exchange, rows: -5,
    "total true": lambda exchange, rows: True,
    "total a fraction": lambda exchange, rows: 2.5,
    "total too small": lambda exchange, rows: 7,
    "total of the page": lambda exchange, rows: rows,
    "total too large": lambda exchange, rows: 1_000_000,
    "total beyond numbers": lambda exchange, rows: 10**30,
    "total a list": lambda exchange, rows: [230],
    "total changing": lambda exchange, rows: 230 + exchange.number,
    "total one less": lambda exchange, rows: 229,
    "total one more": lambda exchange, rows: 231,
}


def _paged(rows: Callable[[Exchange, list[Document]], list[Document]]) -> Callable[[Exchange], Reply]:
    def instead(exchange: Exchange) -> Reply:
        listed = exchange.listed()
        found = rows(exchange, listed)
        document = {"object": "list", "data_ref": "orders", "orders": found, "total": len(listed)}
        return Answer(200, {"Content-Type": "application/json"}, b"").of(document)

    return instead


def _page(listed: list[Document], page: int, size: int, shift: int = 0) -> list[Document]:
    start = max((page - 1) * size + shift, 0)
    return listed[start : start + size]


PAGES: dict[str, Callable[[Exchange, list[Document]], list[Document]]] = {
    "pages of 50": lambda e, listed: _page(listed, e.page, min(e.limit, 50)),
    "pages of 10": lambda e, listed: _page(listed, e.page, min(e.limit, 10)),
    "pages of 50 at offsets of 100": lambda e, listed: _page(listed, e.page, e.limit)[:50],
    "everything on each page": lambda e, listed: listed,
    "the same page always": lambda e, listed: _page(listed, 1, e.limit),
    "page 2 empty": lambda e, listed: [] if e.page == 2 else _page(listed, e.page, e.limit),
    "page 2 empty once": lambda e, listed: [] if e.number == 2 else _page(listed, e.page, e.limit),
    "only page 1 has rows": lambda e, listed: _page(listed, e.page, e.limit) if e.page == 1 else [],
    "no rows but a total": lambda e, listed: [],
    "pages overlap by one": lambda e, listed: _page(listed, e.page, e.limit, 1 - e.page),
    "pages skip one": lambda e, listed: _page(listed, e.page, e.limit, e.page - 1),
    "the last row of each page missing": lambda e, listed: _page(listed, e.page, e.limit)[:-1],
    "rows twice on the page": lambda e, listed: [
        row for row in _page(listed, e.page, e.limit // 2 or 1) for _ in range(2)
    ],
    "pages backwards": lambda e, listed: _page(listed, e.page, e.limit)[::-1],
    "pages in no order": lambda e, listed: _page(
        sorted(listed, key=lambda o: o["id"][::-1]), e.page, e.limit
    ),
    "an order comes while reading": lambda e, listed: _page(
        [{**listed[0], "id": f"ord_new{n}"} for n in range(e.number - 1, 0, -1)] + listed, e.page, e.limit
    ),
    "orders come to the front while reading": lambda e, listed: _page(
        listed[-e.number :] + listed[: -e.number], e.page, e.limit
    ),
    "an order goes while reading": lambda e, listed: _page(listed[e.number - 1 :], e.page, e.limit),
}


def _rows(change: Callable[[Document, int], Any]) -> Callable[[Answer, Exchange], Reply]:
    def made(answer: Answer, exchange: Exchange) -> Reply:
        del exchange
        document = answer.document
        document["orders"] = [change(row, at) for at, row in enumerate(document["orders"])]
        return answer.of(document)

    return made


def without(name: str) -> Callable[[Document, int], Document]:
    """The row without a member."""
    return lambda row, at: {key: value for key, value in row.items() if key != name}


IDS: dict[str, Callable[[Document, int], Any]] = {
    "ids absent": without("id"),
    "ids null": lambda row, at: {**row, "id": None},
    "ids numbers": lambda row, at: {**row, "id": at},
    "ids empty": lambda row, at: {**row, "id": ""},
    "ids all the same": lambda row, at: {**row, "id": "ord_same"},
    "ids in pairs": lambda row, at: {**row, "id": f"ord_pair{at // 2}"},
    "ids lists": lambda row, at: {**row, "id": [row["id"]]},
    "ids that act": lambda row, at: {**row, "id": f"\x1b[2J{row['id']}\r\n"},
    "ids very long": lambda row, at: {**row, "id": row["id"] + "x" * 5000},
    "ids half characters": lambda row, at: {**row, "id": f"\ud800{row['id']}"},
    "rows without anything": lambda row, at: {},
}


def _shaped(change: Callable[[Document], Any]) -> Callable[[Answer, Exchange], Reply]:
    return lambda answer, exchange: answer.of(change(answer.document))


SHAPES: dict[str, Callable[[Document], Any]] = {
    "orders absent": lambda d: {"object": "list", "total": d["total"]},
    "orders null": lambda d: {**d, "orders": None},
    "orders an object": lambda d: {**d, "orders": {"0": d["orders"]}},
    "orders text": lambda d: {**d, "orders": "none"},
    "a row null": lambda d: {**d, "orders": [*d["orders"], None]},
    "a row a number": lambda d: {**d, "orders": [5, *d["orders"]]},
    "a list of ids": lambda d: {**d, "orders": [order["id"] for order in d["orders"]]},
    "an array": lambda d: d["orders"],
    "inside data": lambda d: {"data": d},
    "an empty object": lambda d: {},
    "more members": lambda d: {**d, "next": None, "has_more": "maybe", "page": {"n": [1]}},
}

LIST_WAYS = (
    *(Way(name, LIST, _stated(make)) for name, make in TOTALS.items()),
    *(
        Way(name, LIST, instead=_paged(rows), hides=name == "an order goes while reading")
        for name, rows in PAGES.items()
    ),
    *(Way(name, LIST, _rows(change)) for name, change in IDS.items()),
    *(Way(name, LIST, _shaped(change)) for name, change in SHAPES.items()),
)
