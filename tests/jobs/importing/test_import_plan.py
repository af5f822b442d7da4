"""Plans of imports and what becomes of those that are not begun."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from tests.jobs.exporting.test_export_download import names
from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.clocks import FixedBudget
from tests.support.fake_service import Crash
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import ImportOptions


async def test_a_plan_says_the_costs_and_sends_nothing(bench: Bench, tmp_path: Path) -> None:
    """Requests, polls, what is left of the budget, when it is done, and what an import does not do."""
    budget = FixedBudget(
        limit=500, remaining=412, resets_at=bench.clock.now() + 600, seen_at=bench.clock.now()
    )
    ration = BackgroundQuota(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    orders = numbered(70, created_at="2024-01-31T14:05:00.000Z", customer_id="cust_1", total_amount=5)
    del orders[3]["source_id"]
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", orders), ImportOptions(chunk=2))
    assert (
        plan.describe()
        == "35 requests, about 69 polls, 412 of 500 calls left, done about 2023-11-14 22:13 UTC"
    )
    assert plan.describe_findings() == "70 of 70 rows can be imported"
    remarks = "\n".join(plan.remarks())
    assert "no events" in remarks
    assert "the dates of 70 rows" in remarks
    assert "1 row without a source_id" in remarks
    assert "total_amount is set by the service, which ignores a value in the request" in remarks
    assert "(70 rows)" in remarks
    assert bench.service.calls == []
    assert await engine.runs() == ()


async def test_a_plan_beyond_the_budget_reckons_with_waiting(bench: Bench, tmp_path: Path) -> None:
    """More calls than are left move the end past the reset."""
    now = bench.clock.now()
    budget = FixedBudget(limit=100, remaining=25, resets_at=now + 1800, seen_at=now)
    ration = BackgroundQuota(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", numbered(50)), ImportOptions(chunk=1))
    assert plan.calls == 149
    assert plan.seconds == 1800 + 3600


@pytest.mark.parametrize("after", [0.0, 0.001, 0.01, 0.05])
async def test_a_plan_that_is_cancelled_and_again_leaves_nothing(
    bench: Bench, tmp_path: Path, after: float
) -> None:
    """Wherever it was, and although who leaves a screen and then the app cancels it twice."""
    path = jsonl(tmp_path / "in.jsonl", numbered(5000))
    task = asyncio.create_task(bench.engine.plan(path, on_progress=lambda _: None))
    await asyncio.sleep(after)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(bench.folder.glob("*")) == []


async def test_a_discarded_plan_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    """The journal and its lock are gone; while it is there, only the user can read it."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10)))
    (journal,) = bench.folder.glob("*.import")
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert stat.S_IMODE(bench.folder.stat().st_mode) == 0o700
    await bench.engine.discard(plan.run)
    assert names(bench.folder) == []


async def test_forgotten_plans_are_swept(bench: Bench, tmp_path: Path) -> None:
    """A plan that nobody started goes after a day; runs that were started stay."""
    path = jsonl(tmp_path / "in.jsonl", numbered(10))
    started = await bench.engine.plan(path)
    await bench.engine.start(started)
    forgotten = await bench.engine.plan(path)
    await bench.clock.sleep(2 * 24 * 3600)
    fresh = await bench.engine.plan(path)
    journals = {path.stem for path in bench.folder.glob("*.import")}
    assert journals == {started.run, fresh.run}
    with pytest.raises(ImportRefused, match="there is no import"):
        await bench.engine.start(forgotten)


async def test_a_death_while_planning_leaves_no_run(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal that was never finished is not taken for an import."""

    def die(*_: object) -> None:
        raise Crash

    path = jsonl(tmp_path / "in.jsonl", numbered(10))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", die)
        with pytest.raises(Crash):
            await bench.engine.plan(path)
    assert await bench.engine.runs() == ()
    assert (await bench.engine.start(await bench.engine.plan(path))).imported == 10


async def test_what_was_seen_makes_the_next_plan_better(bench: Bench, tmp_path: Path) -> None:
    """The rate of an earlier import of the profile is used."""
    path = jsonl(tmp_path / "in.jsonl", numbered(1000))
    first = await bench.engine.plan(path)
    await bench.engine.start(first)
    bench.service._rate = 20.0
    await bench.engine.start(await bench.engine.plan(path))
    assert (await bench.engine.plan(path)).seconds > first.seconds * 5
