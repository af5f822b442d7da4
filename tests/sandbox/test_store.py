"""The data in its file: transactions, pages, several processes."""

from __future__ import annotations

import contextlib
import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.sandbox import an_order
from tui.sandbox.store import Store, StoreUnusable
from tui.sandbox.wire import decode


def test_a_transaction_that_fails_leaves_nothing() -> None:
    """All or nothing, also for a part that is attempted."""
    with Store() as store:
        with pytest.raises(KeyError):
            store.load(orders=[an_order(1), {"no": "id"}])
        with store.writing() as transaction:
            transaction.orders.put(an_order(2))
            with contextlib.suppress(KeyError), transaction.attempt():
                transaction.orders.put(an_order(3))
                transaction.orders.put({"no": "id"})
        with store.reading() as transaction:
            assert [order["source_id"] for order in transaction.orders.all()] == ["source-2"]


def test_a_commit_that_fails_is_taken_back_and_the_store_lives_on() -> None:
    """A fault at the very end ends its own transaction, not all that come after it."""
    with Store() as store:
        with store.reading() as transaction:
            connection = transaction.connection
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("CREATE TABLE late (id TEXT REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED)")
        with pytest.raises(sqlite3.IntegrityError):
            put_what_cannot_be_committed(store)
        with store.writing() as transaction:
            assert transaction.orders.count() == 0


def test_a_transaction_that_sqlite_ended_tells_why() -> None:
    """The first fault is the one that is told, not that there is nothing to take back any more."""
    with Store() as store, pytest.raises(KeyError, match="first"):
        fail_after_sqlite_ended_the_transaction(store)


def put_what_cannot_be_committed(store: Store) -> None:
    """Write an order, and a reference to nothing that is checked at the end."""
    with store.writing() as transaction:
        transaction.orders.put(an_order(1))
        transaction.connection.execute("INSERT INTO late VALUES ('nobody')")


def fail_after_sqlite_ended_the_transaction(store: Store) -> None:
    """Do as SQLite does on a full disk."""
    with store.writing() as transaction:
        transaction.connection.execute("ROLLBACK")
        raise KeyError("first")


def test_a_file_keeps_its_data(tmp_path: Path) -> None:
    """What was loaded is there when the file is opened again."""
    path = tmp_path / "sandbox"
    with Store(path) as store:
        store.load(orders=[an_order(1)])
    with Store(path) as store, store.reading() as transaction:
        assert transaction.orders.by_source_id("source-1") == an_order(1)


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    """A text file, and a database of something else, are named as what they are not."""
    text, other = tmp_path / "text", tmp_path / "other"
    text.write_text("not a database at all, but long enough to look at" * 50)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    for path in (text, other):
        with pytest.raises(StoreUnusable, match="is not a sandbox file"):
            Store(path)
    with pytest.raises(StoreUnusable, match="cannot be opened"):
        Store(tmp_path / "none" / "sandbox")


def add_orders(path: str, first: int, count: int) -> None:
    """Write orders one transaction each, as another process does."""
    with Store(path) as store:
        for number in range(first, first + count):
            with store.writing() as transaction:
                transaction.orders.put(an_order(number))


def test_processes_write_to_one_file(tmp_path: Path) -> None:
    """Writers wait for one another: nothing is lost, nothing is refused as locked."""
    path = str(tmp_path / "sandbox")
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=add_orders, args=(path, first, 50)) for first in (0, 1000, 2000)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
        writer.close()
    with Store(path) as store, store.reading() as transaction:
        assert transaction.orders.count() == 150


@given(
    times=st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=30),
    limit=st.integers(1, 7),
    order=st.sampled_from(["created_at", "-created_at", "updated_at", "-updated_at"]),
    nulls=st.sampled_from(["smallest", "largest"]),
)
def test_pages_part_the_orders(
    times: list[tuple[int, int | None]], limit: int, order: str, nulls: str
) -> None:
    """Walking the pages meets each order once, in the order asked for, ties by id the same way."""
    orders = [
        an_order(number, created_at=f"t{created}", updated_at=None if updated is None else f"t{updated}")
        for number, (created, updated) in enumerate(times)
    ]
    with Store() as store:
        store.load(orders=orders)
        walked = []
        with store.reading() as transaction:
            for offset in range(0, len(orders) + limit, limit):
                page = transaction.orders.page(order, limit=limit, offset=offset, nulls=nulls)  # type: ignore[arg-type]
                walked += [decode(text) for text in page]
    field = order.lstrip("-")
    expected = sorted(
        orders,
        key=lambda o: ((o[field] is not None) == (nulls == "smallest"), o[field] or "", o["id"]),
        reverse=order.startswith("-"),
    )
    assert walked == expected


def test_deep_pages_use_an_index() -> None:
    """No page of the list is found by sorting all orders."""
    with Store() as store, store.reading() as transaction:
        for field in ("created_at", "updated_at"):
            for direction in ("ASC", "DESC"):
                plan = transaction.connection.execute(
                    "EXPLAIN QUERY PLAN SELECT document FROM orders"
                    f" ORDER BY {field} {direction}, id {direction}"
                ).fetchall()
                assert f"orders_by_{field}" in plan[0][3]
                assert not any("TEMP B-TREE" in row[3] for row in plan)
