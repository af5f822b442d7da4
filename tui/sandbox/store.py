"""A sandbox's data in one SQLite file, or in memory.

Several processes may have the same file open: writes take the file's lock at once (``BEGIN IMMEDIATE``)
and wait for one another, readers are never in the way (write-ahead log). Within a process one connection
serves one transaction at a time.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from tui.errors import OrdexError

from . import schema
from .documents_table import DocumentsTable, StoredOrders
from .wire import Document

BUSY_SECONDS = 30.0
"""How long a write waits for another process before it gives up."""

WriteKind = Literal["create", "update", "upsert", "import"]


class StoreUnusable(OrdexError):
    """The file cannot be used as a sandbox; the message gives the reason."""

    title = "The sandbox file cannot be used"


@dataclass(frozen=True, slots=True)
class AppliedWrite:
    """One write that was applied to an order, with the document that it left."""

    kind: WriteKind
    applied_at: str
    document: Document


class Transaction:
    """What can be read and written until the transaction ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.orders = StoredOrders(connection)
        self.customers = DocumentsTable(connection, "customers")
        self.products = DocumentsTable(connection, "products")
        self.skus = DocumentsTable(connection, "skus")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part that is rolled back alone when it raises."""
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            self.connection.execute("RELEASE attempt")


class Store:
    """The data of one sandbox.

    Args:
        path: the file, made if it does not exist; ``":memory:"`` keeps all in memory.

    Raises:
        StoreUnusable: the file is not a sandbox, or cannot be opened.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.path = str(path)
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise StoreUnusable(f"{self.path} cannot be opened: {error}") from None
        try:
            self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
            self._connection.execute("PRAGMA synchronous = NORMAL")
            schema.prepare(self._connection)
        except (sqlite3.Error, schema.UnknownVersion) as error:
            self._connection.close()
            raise StoreUnusable(f"{self.path} is not a sandbox file: {error}") from None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the data."""
        with self._transaction("BEGIN") as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that is applied as a whole, or not at all when it raises."""
        with self._transaction("BEGIN IMMEDIATE") as transaction:
            yield transaction

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Transaction]:
        with self._lock:
            self._connection.execute(begin)
            try:
                yield Transaction(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite ends the transaction by itself at some faults, a full disk for one; at others a
                # COMMIT that failed leaves it open, and no other could ever begin.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def load(
        self,
        customers: Iterable[Document] = (),
        products: Iterable[Document] = (),
        skus: Iterable[Document] = (),
        orders: Iterable[Document] = (),
    ) -> None:
        """Put in documents as the API would answer them, all or none; they have no history."""
        with self.writing() as transaction:
            transaction.customers.put_all(customers)
            transaction.products.put_all(products)
            transaction.skus.put_all(skus)
            transaction.orders.put_all(orders)

    def history(self, order_id: str) -> list[AppliedWrite]:
        """Every write that was applied to an order, oldest first."""
        with self.reading() as transaction:
            return [AppliedWrite(*entry) for entry in transaction.orders.history(order_id)]  # type: ignore[arg-type]  # the column holds kinds

    def close(self) -> None:
        """End the use of the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
