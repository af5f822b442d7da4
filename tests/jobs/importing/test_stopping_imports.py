"""Imports that are stopped: by the person, by another process, while they wait."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.clocks import FixedBudget
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_errors import ImportInterrupted
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.runs.import_progress import ImportProgress
from tui.voucherify.errors import RateLimited
from tui.voucherify.responses import AsyncAction


def stop(engine: ImportEngine, bench: Bench, run: str, *, elsewhere: bool) -> None:
    """Stop a run: in its own process, or as another one does, by the journal."""
    if elsewhere:
        with closing(ImportJournal(bench.folder / f"{run}.import")) as journal:
            journal.set(state="CANCELLED")
    else:
        assert engine.cancel(run)


async def test_cancelling_follows_what_was_accepted(bench: Bench, tmp_path: Path) -> None:
    """Nothing more is sent, the accepted chunks are followed, the rest is counted, and can be resumed."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)), ImportOptions(chunk=10))

    def watch(name: str) -> None:
        if name == "get_async_action":
            assert bench.engine.cancel(plan.run)

    bench.service.on_call = watch
    result = await bench.engine.start(plan)
    assert (result.state, result.imported, result.not_sent) == ("cancelled", 20, 80)
    assert len(bench.service.orders) == 20
    assert result.describe() == (
        "20 of 100 orders imported. Cancelled: 80 were not sent; accepted orders cannot be recalled."
    )
    bench.service.on_call = lambda name: None
    assert (await bench.engine.resume()).state == "done"
    assert len(bench.service.orders) == 100
    assert not bench.engine.cancel(plan.run)


async def test_another_process_stops_it_by_the_journal(bench: Bench, tmp_path: Path) -> None:
    """Nothing more is sent, what was accepted is followed to its end, and the rest can be resumed."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)), ImportOptions(chunk=10))
    other = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock)
    assert not await other.stop(plan.run)
    asked: list[asyncio.Task[bool]] = []

    def told(progress: ImportProgress) -> None:
        if progress.imported and not asked:
            asked.append(asyncio.ensure_future(other.stop(plan.run)))

    result = await bench.engine.start(plan, on_progress=told)
    assert await asked[0]
    assert result.state == "cancelled"
    assert 0 < result.imported < 100
    assert len(bench.service.orders) == result.imported
    assert (await bench.engine.resume(plan.run)).imported == 100


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("refused", [False, True])
async def test_stopping_ends_a_wait_for_calls(
    refused: bool, elsewhere: bool, bench: Bench, tmp_path: Path
) -> None:
    """It went on to the end of the period, an hour later, although nothing was sent any more."""
    budget = FixedBudget(limit=3, remaining=0, resets_at=bench.clock.now() + 3600, seen_at=bench.clock.now())

    def refuse(name: str) -> None:
        raise RateLimited(retry_at=bench.clock.now() + 3600)

    if refused:
        budget = FixedBudget()
        bench.service.on_call = refuse
    ration = BackgroundQuota(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", numbered(3)))
    waits = asyncio.Event()

    def told(progress: ImportProgress) -> None:
        if progress.phase == "waiting":
            waits.set()

    task = asyncio.create_task(engine.start(plan, on_progress=told))
    began = bench.clock.now()
    await waits.wait()
    stop(engine, bench, plan.run, elsewhere=elsewhere)
    result = await task
    assert (result.state, result.not_sent, bench.service.sizes) == ("cancelled", 3, [])
    assert bench.clock.now() - began < 60


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_following_tells_that_it_was_stopped(elsewhere: bool, bench: Bench, tmp_path: Path) -> None:
    """What was accepted waited for calls to be followed, and looked as if nobody had stopped it."""
    budget = FixedBudget(limit=3, remaining=2, resets_at=bench.clock.now() + 3600, seen_at=bench.clock.now())
    ration = BackgroundQuota(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", numbered(3)))
    words: list[str] = []
    waits = asyncio.Event()

    def called(name: str) -> None:
        budget.remaining = 1

    def told(progress: ImportProgress) -> None:
        words.append(progress.describe())
        if progress.waiting_until is not None:
            waits.set()

    bench.service.on_call = called
    task = asyncio.create_task(engine.start(plan, on_progress=told))
    await waits.wait()
    stop(engine, bench, plan.run, elsewhere=elsewhere)
    if not elsewhere:
        assert words[-1].startswith("0 of 3 rows, nothing more is sent, waiting until ")
    assert (await task).imported == 3
    stopped = [at for at, line in enumerate(words) if "nothing more is sent" in line]
    assert 0 < len(words) - len(stopped) < 10
    assert stopped == list(range(stopped[0], len(words)))


async def test_a_call_is_taken_where_it_was_waited_for(bench: Bench, tmp_path: Path) -> None:
    """Another job took the call while the chunk was read, and a stop was not heard in the wait after it."""
    budget = FixedBudget(limit=3, remaining=2, resets_at=bench.clock.now() + 3600, seen_at=bench.clock.now())
    ration = BackgroundQuota(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", numbered(3)))
    began = bench.clock.now()
    at: list[float] = []
    ready = ration.ready

    async def taken(*args: Any) -> bool:
        answer = await ready(*args)
        at.append(bench.clock.now())
        asyncio.get_running_loop().call_soon(setattr, budget, "remaining", 1)
        return answer

    ration.ready = taken  # type: ignore[method-assign]
    bench.service.on_call = lambda name: at.append(-1) if name == "import_orders" else None
    result = await engine.start(plan)
    assert result.imported == 3
    assert at[:3] == [began, began, -1]


@pytest.mark.parametrize("status", [None, 7, "PAUSED"])
async def test_a_job_of_unknown_status_does_not_keep_the_import_waiting(
    status: object, bench: Bench, tmp_path: Path
) -> None:
    """It is shown while it lasts; then the import stops, and goes on once the status is known."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(3)))
    whole = bench.service.get_async_action

    async def odd(async_action_id: str) -> AsyncAction:
        action = await whole(async_action_id)
        return AsyncAction.read({**action.raw, "status": status})

    bench.service.get_async_action = odd  # type: ignore[method-assign]
    notes: set[str] = set()
    with pytest.raises(ImportInterrupted, match="Voucherify gives the job") as raised:
        await bench.engine.start(plan, on_progress=lambda progress: notes.add(progress.note))
    assert any("Voucherify gives the job" in note for note in notes)
    assert f"--resume {plan.run}" in raised.value.hint
    bench.service.get_async_action = whole  # type: ignore[method-assign]
    result = await bench.engine.resume(plan.run)
    assert (result.state, result.imported, bench.service.sizes) == ("done", 3, [3])
