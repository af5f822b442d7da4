"""What the sandbox keeps beside orders has limits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.support.sandbox import MovableClock
from tui.orders.times import format_api_time
from tui.sandbox.schema import prune_sandbox
from tui.sandbox.store import Store


def filled(path: Path, clock: MovableClock, writes: int = 10) -> Store:
    """A sandbox with one write a day until now, and an export of each day."""
    store = Store(path)
    with store.writing() as transaction:
        for day in range(writes, 0, -1):
            at = clock() - timedelta(days=day)
            order = {"id": "ord_1", "created_at": format_api_time(at), "amount": day}
            transaction.orders.put(order)
            transaction.connection.execute(
                "INSERT INTO order_history (order_id, applied_at, kind, document)"
                " VALUES (?, ?, 'update', '{}')",
                ("ord_1", format_api_time(at)),
            )
            transaction.connection.execute(
                "INSERT INTO exports (id, status, created_ms, finished_ms, exported_object, parameters,"
                " content) VALUES (?, 'DONE', 0, ?, 'order', '{}', 'x')",
                (f"exp_{day}", int(at.timestamp() * 1000)),
            )
    return store


def test_old_writes_and_files_go_and_orders_stay(tmp_path: Path) -> None:
    """The exports are still listed."""
    clock = MovableClock()
    path = tmp_path / "sandbox.sqlite3"
    with filled(path, clock) as store:
        before = clock() - timedelta(days=3, hours=12)
        assert prune_sandbox(path, before, least=0, most=100) == 7 + 7
        assert len(store.history("ord_1")) == 3
        with store.reading() as transaction:
            assert transaction.orders.count() == 1
            kept = transaction.connection.execute("SELECT count(*), count(content) FROM exports").fetchone()
        assert kept == (10, 3)


def test_the_newest_writes_stay_and_too_many_go(tmp_path: Path) -> None:
    """Whatever the clock says."""
    clock = MovableClock()
    path = tmp_path / "sandbox.sqlite3"
    with filled(path, clock) as store:
        prune_sandbox(path, clock() + timedelta(days=9000), least=4, most=100)
        assert len(store.history("ord_1")) == 4
        prune_sandbox(path, clock() - timedelta(days=9000), least=1, most=2)
        assert len(store.history("ord_1")) == 2


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """There is nothing to remove in it."""
    assert prune_sandbox(tmp_path / "none", MovableClock()(), least=0, most=0) == 0
    assert not (tmp_path / "none").exists()
