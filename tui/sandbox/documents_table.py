"""Tables of documents that are found by id or by source_id."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Literal

from .wire import Document, decode, encode

ListOrder = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
NullsAre = Literal["smallest", "largest"]


def sqlite_text(text: str | None) -> str | bytes | None:
    """A text as SQLite can hold it: one with lone surrogates goes as bytes, and equals only itself."""
    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


class DocumentsTable:
    """Customers, products or SKUs, within one transaction."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    def by_id(self, identifier: str) -> Document | None:
        """The document with this id."""
        return self._first("id", identifier)

    def by_source_id(self, source_id: str) -> Document | None:
        """The document with this source_id."""
        return self._first("source_id", source_id)

    def put(self, document: Document) -> None:
        """Store the document, in the place of the one with its id if there is one."""
        self.put_all([document])

    def put_all(self, documents: Iterable[Document]) -> None:
        """Store many documents."""
        names = self._columns()
        updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        # The names are constants of this module, the values are bound.
        statement = (
            f"INSERT INTO {self._name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            f" ON CONFLICT (id) DO UPDATE SET {updates}"
        )
        self._connection.executemany(statement, map(self._row, documents))

    def _columns(self) -> tuple[str, ...]:
        return ("id", "source_id", "document")

    def _row(self, document: Document) -> tuple[Any, ...]:
        return (sqlite_text(document["id"]), sqlite_text(document.get("source_id")), encode(document))

    def _first(self, name: str, value: str) -> Document | None:
        statement = f"SELECT document FROM {self._name} WHERE {name} = ?"  # noqa: S608 - names are constants
        row = self._connection.execute(statement, (sqlite_text(value),)).fetchone()
        found: Document | None = decode(row[0]) if row else None
        return found


class StoredOrders(DocumentsTable):
    """The orders, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection, "orders")

    def count(self) -> int:
        """How many orders there are."""
        found: int = self._connection.execute("SELECT count(*) FROM orders").fetchone()[0]
        return found

    def page(self, order: ListOrder, *, limit: int, offset: int, nulls: NullsAre) -> list[str]:
        """The JSON texts of one page; equal times are in the order of their ids, in the same direction."""
        field = order.lstrip("-")
        direction = "DESC" if order.startswith("-") else "ASC"
        last = (nulls == "largest") == (direction == "ASC")
        placed = "" if field == "created_at" else f"NULLS {'LAST' if last else 'FIRST'}"
        rows = self._connection.execute(
            f"SELECT document FROM orders ORDER BY {field} {direction} {placed}, id {direction}"  # noqa: S608
            " LIMIT ? OFFSET ?",  # what is put in above is one of two names
            (limit, offset),
        )
        return [row[0] for row in rows]

    def all(self) -> Iterable[Document]:
        """Every order, in no particular order."""
        for (text,) in self._connection.execute("SELECT document FROM orders"):
            yield decode(text)

    def remember(self, kind: str, document: Document, applied_at: str) -> None:
        """Add a write to the history."""
        self._connection.execute(
            "INSERT INTO order_history (order_id, applied_at, kind, document) VALUES (?, ?, ?, ?)",
            (sqlite_text(document["id"]), applied_at, kind, encode(document)),
        )

    def history(self, order_id: str) -> list[tuple[str, str, Document]]:
        """The writes to an order, oldest first: kind, time, document after it."""
        rows = self._connection.execute(
            "SELECT kind, applied_at, document FROM order_history WHERE order_id = ? ORDER BY sequence",
            (sqlite_text(order_id),),
        )
        return [(kind, applied_at, decode(text)) for kind, applied_at, text in rows]

    def _columns(self) -> tuple[str, ...]:
        return (*super()._columns(), "created_at", "updated_at")

    def _row(self, document: Document) -> tuple[Any, ...]:
        return (*super()._row(document), document["created_at"], document.get("updated_at"))
