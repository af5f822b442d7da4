"""Imports from the outside, over a service in memory."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.fake_service import Crash
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_errors import ImportInterrupted, ImportRefused
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.runs.import_progress import ImportProgress
from tui.jobs.importing.runs.run_locks import run_lock
from tui.jobs.importing.runs.run_summary import summary_at
from tui.voucherify.errors import Unauthorized, Unreachable


async def test_the_true_date_can_be_kept(bench: Bench, tmp_path: Path) -> None:
    """As metadata under a key of the user's; the metadata that is there stays."""
    orders = numbered(1, created_at="2024-01-31T14:05:00.000Z", metadata={"a": 1}, id="ord_other")
    options = ImportOptions(keep_created_at_as="ordered_at", ids="drop")
    await bench.engine.start(await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders), options))
    assert bench.service.orders["s-1"] == {
        "source_id": "s-1",
        "amount": 1,
        "metadata": {"a": 1, "ordered_at": "2024-01-31T14:05:00.000Z"},
    }


@pytest.mark.parametrize(("policy", "kept"), [("first", 1), ("last", 3)])
async def test_of_duplicates_one_is_taken_by_choice(
    policy: Any, kept: int, bench: Bench, tmp_path: Path
) -> None:
    """The first or the last row of a source_id; the others are counted, not rejected."""
    orders = [{"source_id": "x", "amount": n} for n in (1, 2, 3)] + numbered(1)
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders), ImportOptions(duplicates=policy))
    result = await bench.engine.start(plan)
    assert bench.service.orders["x"]["amount"] == kept
    assert (result.state, result.imported, result.skipped, result.rows) == ("done", 2, 2, 4)


async def test_duplicates_are_errors_with_both_lines(bench: Bench, tmp_path: Path) -> None:
    """By default neither of two rows is taken, and each names the other."""
    orders = [{"source_id": "x"}, {"source_id": "y"}, {"source_id": "x"}]
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders))
    assert [str(finding) for finding in plan.checked.findings] == [
        "line 1: source_id is also on line 3 (it is 'x')",
        "line 3: source_id is also on line 1 (it is 'x')",
    ]
    assert (plan.checked.good, plan.checked.faulty) == (1, 2)


async def test_rows_without_a_source_id_can_be_refused(bench: Bench, tmp_path: Path) -> None:
    """Where they are asked for, rows without one are errors; those with an id are known by it."""
    orders = [{"amount": 1}, {"id": "ord_1", "amount": 2}, {"source_id": None, "amount": 3}]
    options = ImportOptions(missing_source_id="refuse")
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders), options)
    assert [(f.line, f.path, f.message) for f in plan.checked.findings] == [
        (1, "source_id", "is missing"),
        (3, "source_id", "is missing"),
    ]


async def test_an_unreadable_file_cannot_be_started(bench: Bench, tmp_path: Path) -> None:
    """A file that breaks in the middle is refused as a whole, with the line."""
    path = tmp_path / "in.json"
    path.write_text('[{"source_id": "a"},\n{"source_id": }]')
    plan = await bench.engine.plan(path)
    assert plan.obstacle is not None
    assert "line 2" in plan.obstacle
    with pytest.raises(ImportRefused, match="line 2"):
        await bench.engine.start(plan)
    assert bench.service.calls == []


async def test_chunks_are_halved_when_the_service_takes_fewer(tmp_path: Path) -> None:
    """The new size is learnt once and used for all that follow."""
    bench = Bench(tmp_path, largest=300)
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(2000)), ImportOptions(chunk=1000))
    result = await bench.engine.start(plan)
    assert len(bench.service.orders) == 2000
    assert bench.service.sizes[:4] == [300, 300, 300, 100]
    assert result.requests == len(bench.service.sizes) + 1


async def test_a_cancelled_task_leaves_a_whole_journal(bench: Bench, tmp_path: Path) -> None:
    """Leaving at once is like dying: the run is resumed from where it was."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)), ImportOptions(chunk=10))
    sent = asyncio.Event()
    bench.service.on_call = lambda name: sent.set() if len(bench.service.sizes) == 4 else None
    task = asyncio.create_task(bench.engine.start(plan))
    await sent.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await bench.engine.runs())[0].open
    result = await bench.engine.resume(plan.run)
    assert (result.imported, len(bench.service.orders)) == (100, 100)


async def test_keys_that_are_refused_interrupt_and_can_be_mended(bench: Bench, tmp_path: Path) -> None:
    """The cause is told with the run to resume; nothing was lost."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10)))

    def refuse(name: str) -> None:
        raise Unauthorized(401, message="Unauthorized")

    bench.service.on_call = refuse
    with pytest.raises(ImportInterrupted, match="Unauthorized") as caught:
        await bench.engine.start(plan)
    assert f"--resume {plan.run}" in caught.value.hint
    bench.service.on_call = lambda name: None
    assert (await bench.engine.resume()).imported == 10


async def test_a_dead_network_is_given_up_after_a_while(bench: Bench, tmp_path: Path) -> None:
    """A bounded number of tries at growing distances, then the user is told."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10)))

    def unreachable(name: str) -> None:
        raise Unreachable

    bench.service.on_call = unreachable
    with pytest.raises(ImportInterrupted, match="cannot be reached"):
        await bench.engine.start(plan)
    assert len(bench.service.calls) == 10


async def test_a_lost_answer_is_resolved_without_sending_twice(bench: Bench, tmp_path: Path) -> None:
    """The job is found in the list, proved by its rows, and followed as the chunk's own."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10)))
    real = bench.service.faults.after
    deaths = iter([True])

    def die_once() -> None:
        if next(deaths, False):
            raise Crash
        real()

    bench.service.faults.after = die_once  # type: ignore[method-assign]
    with pytest.raises(Crash):
        await bench.engine.start(plan)
    result = await bench.engine.resume()
    assert result.imported == 10
    assert bench.service.sizes == [10]
    assert bench.service.calls.count("list_async_actions") == 1
    assert bench.service.calls.count("get_order") == 2


async def test_a_changed_file_is_not_gone_on_with(bench: Bench, tmp_path: Path) -> None:
    """Where there is no private copy of it: the journal's lines would name other rows."""
    path = jsonl(tmp_path / "in.jsonl", numbered(10))
    plan = await bench.engine.plan(path)
    path.write_text(path.read_text().replace("s-1", "t-1"))
    plan.file.content.unlink()
    with pytest.raises(ImportRefused, match="has changed since"):
        await bench.engine.start(plan)
    assert bench.service.calls == []


async def test_an_import_of_another_profile_hints_at_the_profile(bench: Bench, tmp_path: Path) -> None:
    """It said to mend the file, which is fine; the profile's name is told without address and keys."""

    def engine(profile: str) -> ImportEngine:
        return ImportEngine(bench.service, bench.folder, profile=profile, clock=bench.clock)

    plan = await engine("slow@127.0.0.1:8480#2a9751").plan(jsonl(tmp_path / "in.jsonl", numbered(1)))
    with pytest.raises(ImportRefused) as refused:
        await engine("sandbox").resume(plan.run)
    assert refused.value.hint == "Continue with --profile slow"
    with pytest.raises(ImportRefused) as refused:
        await engine("slow@127.0.0.1:8480#ffffff").resume(plan.run)
    assert refused.value.hint.startswith("The profile slow now has another account")


async def test_runs_are_held_by_one_process_and_one_profile(bench: Bench, tmp_path: Path) -> None:
    """A run that is under way, or another profile's, is refused."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10)))
    with (
        run_lock(bench.folder / f"{plan.run}.import"),
        pytest.raises(ImportRefused, match="running in this process"),
    ):
        await bench.engine.start(plan)
    other = ImportEngine(bench.service, bench.folder, profile="q", clock=bench.clock)
    with pytest.raises(ImportRefused, match="belongs to the profile p"):
        await other.resume(plan.run)
    with pytest.raises(ImportRefused, match="no import is waiting"):
        await bench.engine.resume()
    with pytest.raises(ImportRefused, match="there is no import"):
        await bench.engine.resume("20200101-000000-abcdef")
    with pytest.raises(ImportRefused, match="is not the name"):
        await bench.engine.resume("../../etc/passwd")


async def test_only_what_was_agreed_to_is_resumed(bench: Bench, tmp_path: Path) -> None:
    """A plan whose question was never answered is not taken up by its name; once it was, any process may."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10)))
    with pytest.raises(ImportRefused, match="was only planned"):
        await bench.engine.resume(plan.run)
    assert bench.service.calls == []
    await bench.engine.hand_over(plan)
    assert (await bench.engine.resume(plan.run)).state == "done"


async def test_others_see_how_far_it_is_and_why_it_stopped(bench: Bench, tmp_path: Path) -> None:
    """While a process is at a run its last word is there for others; so is the reason why it gave up."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(40)), ImportOptions(chunk=10))
    other = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock)
    seen = []

    def told(progress: ImportProgress) -> None:
        seen.append(summary_at(bench.folder / f"{plan.run}.import").under_way)

    def refuse(name: str) -> None:
        if len(bench.service.calls) > 3:
            raise Unauthorized(401, message="Unauthorized")

    bench.service.on_call = refuse
    with pytest.raises(ImportInterrupted):
        await bench.engine.start(plan, on_progress=told)
    assert set(seen) == {True}
    stopped = await other.run(plan.run)
    assert (stopped.under_way, stopped.open) == (False, True)
    assert "Unauthorized" in stopped.stopped_by
    assert stopped.stopped_by in stopped.describe()
    bench.service.on_call = lambda name: None
    await other.resume(plan.run)
    ended = await bench.engine.run(plan.run)
    assert (ended.open, ended.stopped_by, ended.describe()) == (False, "", "40 of 40 rows")
    assert not (bench.folder / f"{plan.run}.now").exists()


async def test_a_journal_that_cannot_be_read_is_passed_over(bench: Bench, tmp_path: Path) -> None:
    """A broken file among the journals does not hide the others; asked for by name, it is said."""
    await bench.engine.start(await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(3))))
    (bench.folder / "20990101-000000-abcdef.import").write_text("this is no journal at all" * 100)
    assert [run.imported for run in await bench.engine.runs()] == [3]
    with pytest.raises(ImportRefused, match="cannot be read"):
        await bench.engine.resume("20990101-000000-abcdef")


async def test_a_file_that_is_not_there_is_named_anew(bench: Bench, tmp_path: Path) -> None:
    """The hint was to mend the file; one that is there and cannot be read is still to be mended."""
    with pytest.raises(ImportRefused, match="No such file") as refused:
        await bench.engine.plan(tmp_path / "nope.csv")
    assert refused.value.hint == "Check the name and try again."
    with pytest.raises(ImportRefused, match="cannot be read") as refused:
        await bench.engine.plan(tmp_path)
    assert refused.value.hint == "Check the file and try again."


async def test_orders_are_kept_no_longer_than_needed(bench: Bench, tmp_path: Path) -> None:
    """After the import the journal holds lines and reasons, but no order."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(10, metadata={"who": "CANARY"})))
    await bench.engine.start(plan)
    import sqlite3

    (journal,) = bench.folder.glob("*.import")
    with closing(sqlite3.connect(journal)) as db:
        assert db.execute("SELECT count(*) FROM chunk WHERE body IS NOT NULL").fetchone() == (0,)


async def test_progress_goes_from_checking_to_the_end(bench: Bench, tmp_path: Path) -> None:
    """Counts only grow, and the words fit a plain line."""
    seen: list[ImportProgress] = []
    path = jsonl(tmp_path / "in.jsonl", numbered(1000))
    plan = await bench.engine.plan(path, ImportOptions(chunk=100), on_progress=seen.append)
    assert seen[-1].describe() == "checked 1,000 rows"
    seen.clear()
    await bench.engine.start(plan, on_progress=seen.append)
    assert [p.imported for p in seen] == sorted(p.imported for p in seen)
    assert [p.sent for p in seen] == sorted(p.sent for p in seen)
    assert seen[-1].imported == seen[-1].rows == 1000
    assert any(p.rate and p.seconds_left for p in seen)
    assert seen[-2].describe().startswith("900 of 1,000 rows")
