"""Rows of an unknown outcome are looked up once, however often the process dies in between."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.fake_service import Crash
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.sending.row_lookup import (
    MOST_READ,
    ListPosition,
    LookupRecord,
    RowStates,
    look_up_rows,
)
from tui.orders.order import Order
from tui.voucherify.responses import OrdersOrder, OrdersPage


class DyingReader:
    """Reads orders of a fake service and dies after so many calls, until it is told to live on."""

    def __init__(self, bench: Bench, lives: int) -> None:
        self.calls = 0
        self._service = bench.service
        self._lives = lives
        self._left = lives

    def start(self) -> None:
        """Begin another process."""
        self._left = self._lives

    def _call(self) -> None:
        if not self._left:
            raise Crash
        self._left -= 1
        self.calls += 1

    async def read(self, order_id: str) -> Order:
        """One order."""
        self._call()
        return await self._service.get_order(order_id)

    async def page(self, number: int, order: OrdersOrder) -> OrdersPage:
        """A page of orders."""
        self._call()
        return await self._service.list_orders(limit=100, page=number, order=order)


async def looked_up(
    bench: Bench, tmp_path: Path, orders: list[dict[str, Any]], lives: int, since: float
) -> tuple[RowStates, DyingReader]:
    """The states of all rows, from as many processes as it takes."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders))
    reader = DyingReader(bench, lives)
    for _ in range(200):
        reader.start()
        journal = ImportJournal(bench.folder / f"{plan.run}.import")
        try:
            states = await look_up_rows(
                orders,
                range(len(orders)),
                since=datetime.fromtimestamp(since, UTC),
                times=None,
                reader=reader,
                record=LookupRecord(journal, 1),
            )
        except Crash:
            continue
        finally:
            journal.close()
        return states, reader
    raise AssertionError("the look-up does not come to its end")


async def arrive(bench: Bench, orders: list[dict[str, Any]]) -> None:
    """Let the orders arrive at the service in one job."""
    await bench.service.import_orders(orders)
    bench.service.finish()


@pytest.mark.parametrize("lives", [1, 2, 7])
async def test_rows_read_one_by_one_are_not_read_again(lives: int, bench: Bench, tmp_path: Path) -> None:
    """With a death after each call the look-up still ends, at the cost of one call a row."""
    orders = numbered(15)
    since = bench.clock.now()
    await arrive(bench, orders[:9])
    bench.service.edit("s-3", amount=77)
    states, reader = await looked_up(bench, tmp_path, orders, lives, since)
    assert (states.changed, states.untouched) == ((2,), tuple(range(9, 15)))
    assert reader.calls == 15


@pytest.mark.parametrize("lives", [4, 9, 1000])
async def test_pages_of_the_list_are_not_read_again(lives: int, bench: Bench, tmp_path: Path) -> None:
    """Each process goes on at the page where the last one stopped, in both lists."""
    await arrive(bench, [{"source_id": f"old-{n}", "amount": 1} for n in range(50)])
    bench.clock.set(bench.clock.now() + 60)
    orders = numbered(900)
    since = bench.clock.now()
    await arrive(bench, orders[:850])
    states, reader = await looked_up(bench, tmp_path, orders, lives, since)
    assert states.arrived == tuple(range(850))
    assert states.untouched == tuple(range(850, 900))
    assert reader.calls < 80


async def test_orders_written_during_a_pause_are_found(bench: Bench, tmp_path: Path) -> None:
    """Rows that moved to the first page while the list was read, also several pages of them, are seen."""
    await arrive(bench, [{"source_id": f"old-{n}", "amount": 1} for n in range(50)])
    bench.clock.set(bench.clock.now() + 60)
    orders = numbered(600)
    since = bench.clock.now()
    await arrive(bench, orders)
    pages = 0
    whole = bench.service.list_orders

    async def edited_meanwhile(*, limit: int, page: int, order: OrdersOrder) -> OrdersPage:
        nonlocal pages
        pages += 1
        answer = await whole(limit=limit, page=page, order=order)
        if pages == 4:
            for number in range(300, 550):
                bench.service.edit(f"s-{number}", status="PAID")
        return answer

    bench.service.list_orders = edited_meanwhile  # type: ignore[method-assign]
    states, _ = await looked_up(bench, tmp_path, orders, 5, since)
    assert (len(states.arrived), states.untouched) == (600, ())


async def test_a_row_that_arrived_stays_so_when_it_is_changed_later(bench: Bench, tmp_path: Path) -> None:
    """Somebody who edits an order after it was seen does not make it a rejected row."""
    orders = numbered(30)
    await arrive(bench, orders)
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders))
    record = LookupRecord(ImportJournal(bench.folder / f"{plan.run}.import"), 1)
    record.add_page("-updated_at", ListPosition(), {1: "arrived", 2: "changed"})
    record.add_page("-updated_at", ListPosition(2), {1: "changed", 2: "arrived"})
    assert record.states() == {1: "arrived", 2: "arrived"}


async def test_all_processes_together_read_no_more_rows_than_one(bench: Bench, tmp_path: Path) -> None:
    """Where the list does not go back far enough, the bound of single reads holds for all attempts."""
    orders = numbered(300)
    since = bench.clock.now()
    for part in range(2):
        await arrive(bench, [{"source_id": f"other-{part}-{n}", "amount": 1} for n in range(2000)])
    states, reader = await looked_up(bench, tmp_path, orders, 10, since)
    assert len(states.untouched) == MOST_READ
    assert len(states.unread) == 300 - MOST_READ
    assert reader.calls < MOST_READ + 100
