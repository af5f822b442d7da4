"""After any ambiguous failure: done, not done or conflict, and an update applied at most once."""

from __future__ import annotations

import asyncio
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.support.ambiguous_failures import Result, Schedule, run_schedule, schedule
from tests.support.faulty_client import Crash, FaultyClient
from tests.support.orders_service import Document, OrdersService
from tui.files.process_lock import hold
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_errors import OrderBusy, OutcomeUnknown
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_sender import LOCKS

SCHEDULES = 200


def assert_settled(planned: Schedule, result: Result) -> None:
    """The promise, as seen in the journal and in the order's history."""
    states = [entry.state for entry in result.entries]
    assert set(states) <= {"DONE", "NOT_DONE", "CONFLICT", "REFUSED"}, planned
    assert result.applied <= 1, planned
    assert states.count("DONE") <= 1, planned
    if "DONE" in states:
        assert result.applied == 1, planned
        assert result.order is not None
    if result.applied and planned.meddling == "nobody":
        assert states[0] == "DONE", planned
    if planned.meddling == "nobody":
        assert "CONFLICT" not in states, planned


@pytest.mark.parametrize("part", range(8))
async def test_every_schedule_ends_settled(part: int, tmp_path: Path) -> None:
    """200 schedules: cuts, 502s, timeouts, crashes before and after, meddling, failing reads."""
    for seed in range(part, SCHEDULES, 8):
        service = OrdersService()

        async def history(order_id: str, service: OrdersService = service) -> list[Document]:
            return service.history[order_id]

        planned = schedule(seed)
        result = await run_schedule(planned, service, history, tmp_path / str(seed))
        assert_settled(planned, result)


async def prepared_by_a_crash(service: OrdersService, folder: Path) -> Document:
    """An order whose update was processed just before the program died."""
    order = (await service.create_order({"amount": 100})).raw
    mutations = ChangeEngine(FaultyClient(service, writes=["crash processed"]), ChangeJournal(folder), "test")
    with pytest.raises(Crash):
        await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))
    return order


async def test_a_crash_is_cleared_up_at_the_next_start(tmp_path: Path) -> None:
    """The entry of the dead program is found open, and closed by reading the order."""
    service = OrdersService()
    await prepared_by_a_crash(service, tmp_path)
    journal = ChangeJournal(tmp_path)
    assert [entry.state for entry in journal.open_entries("test")] == ["PREPARED"]
    assert await ChangeEngine(service, journal, "other", settle_seconds=0).resolve_open_entries() == []
    (entry,) = await ChangeEngine(service, journal, "test", settle_seconds=0).resolve_open_entries()
    assert entry.state == "DONE"
    assert entry.answer is not None
    assert entry.answer["amount"] == 200


KILLED = """
import asyncio, json, os, sys
from pathlib import Path
from tests.support.orders_service import OrdersService
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_engine import ChangeEngine

class Deadly(OrdersService):
    async def update_order(self, order_id, order, /):
        os.kill(os.getpid(), 9)

async def main():
    service = Deadly()
    order = (await service.create_order({"amount": 100})).raw
    mutations = ChangeEngine(service, ChangeJournal(Path(sys.argv[1])), "test")
    await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))

asyncio.run(main())
"""


@pytest.mark.parametrize(("processed", "state"), [(True, "DONE"), (False, "NOT_DONE")])
async def test_a_killed_process_is_cleared_up_after(processed: bool, state: str, tmp_path: Path) -> None:
    """``kill -9`` in the middle of sending: the next process finds the entry and reads the order."""
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(tmp_path), cwd=Path(__file__).parents[3], env={"PYTHONPATH": "."}
    )
    assert await run.wait() == -9
    service = OrdersService()
    order = (await service.create_order({"amount": 100})).raw
    if processed:
        await service.update_order(order["id"], {"amount": 200})
    (entry,) = await ChangeEngine(
        service, ChangeJournal(tmp_path), "test", settle_seconds=0
    ).resolve_open_entries()
    assert (entry.order_id, entry.state) == (order["id"], state)


async def test_an_entry_stays_open_while_the_order_cannot_be_read(tmp_path: Path) -> None:
    """Another change of the order waits until it is known what became of the first."""
    service = OrdersService()
    order = await prepared_by_a_crash(service, tmp_path)

    class Offline(OrdersService):
        async def get_order(self, order_id: str, /) -> None:  # type: ignore[override]  # never answers
            from tui.voucherify.errors import Unreachable

            raise Unreachable

    offline = ChangeEngine(Offline(), ChangeJournal(tmp_path), "test", settle_seconds=0)
    (entry,) = await offline.resolve_open_entries()
    assert entry.state == "SENT"
    with pytest.raises(OutcomeUnknown):
        await offline.plan_update(order, {**order, "amount": 300})
    online = ChangeEngine(service, ChangeJournal(tmp_path), "test", settle_seconds=0)
    await online.plan_update(order, {**order, "status": "PAID"})
    assert ChangeJournal(tmp_path).open_entries("test") == []


@pytest.mark.parametrize("running", [True, False])
async def test_a_running_process_keeps_its_entries(running: bool, tmp_path: Path) -> None:
    """Only entries whose process has let go of its lock are cleared up by others, whatever its number is."""
    service = OrdersService()
    order = (await service.create_order({})).raw
    journal = ChangeJournal(tmp_path)
    journal.prepare(
        token="t", profile="test", operation="update", order_id=order["id"], source_id=None,
        body={"amount": 1}, base=order, intended=order,
    )  # fmt: skip
    (tmp_path / LOCKS).mkdir()
    mutations = ChangeEngine(service, journal, "test", settle_seconds=0, neighbour_seconds=0)
    with hold(tmp_path / LOCKS / "t.lock") if running else nullcontext():
        resolved = await mutations.resolve_open_entries()
        if running:
            with pytest.raises(OrderBusy, match="process has been sending change 1 of this order since"):
                await mutations.plan_update(order, {**order, "status": "PAID"})
    assert [entry.state for entry in resolved] == ([] if running else ["NOT_DONE"])


async def test_a_slow_service_is_given_time(tmp_path: Path) -> None:
    """A request that timed out here and is processed a moment later counts as done."""
    service = OrdersService()
    order = (await service.create_order({"amount": 100})).raw
    late: list[asyncio.Task[None]] = []

    async def process_later() -> None:
        async def later() -> None:
            await asyncio.sleep(0.01)
            await service.update_order(order["id"], {"amount": 200})

        late.append(asyncio.create_task(later()))

    client = FaultyClient(service, writes=["timeout unprocessed"], meddle=process_later)
    mutations = ChangeEngine(client, ChangeJournal(tmp_path), "test", settle_seconds=0.3)
    outcome = await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))
    assert outcome.state == "DONE"
    await asyncio.gather(*late)


async def test_an_order_that_is_gone_is_a_conflict(tmp_path: Path) -> None:
    """Its customer was removed with all orders: the update can be neither done nor repeated."""
    service = OrdersService()
    await prepared_by_a_crash(service, tmp_path)
    service.orders.clear()
    (entry,) = await ChangeEngine(
        service, ChangeJournal(tmp_path), "test", settle_seconds=0
    ).resolve_open_entries()
    assert (entry.state, entry.answer) == ("CONFLICT", None)
