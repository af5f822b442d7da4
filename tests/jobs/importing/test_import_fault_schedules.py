"""Random schedules of faults and deaths: every order arrives once, as it was, or is named as rejected.

``ORDEX_NIGHTLY`` runs 1,000 schedules of 20,000 orders.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.files import Made, write_jsonl
from tests.support.clocks import FakeClock
from tests.support.fake_service import Crash, FakeService, Faults
from tui.jobs.importing.checking.import_plan import ImportPlan
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_errors import ImportInterrupted
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.runs.import_progress import ImportResult

NIGHTLY = bool(os.environ.get("ORDEX_NIGHTLY"))
SCHEDULES, ROWS, CHUNK = (1000, 20_000, 2000) if NIGHTLY else (300, 2000, 200)
DEATHS = ROWS
"""Deaths that a user is patient with, where the service names no failed row."""

BATCHES = 10


@contextmanager
def deaths_in_the_journal(rng: random.Random, rate: float) -> Iterator[None]:
    """Let the program die just before or just after a change of the journal is on disk."""
    whole = ImportJournal.change

    @contextmanager
    def change(self: ImportJournal) -> Iterator[Any]:
        with whole(self) as db:
            yield db
            if rng.random() < rate:
                raise Crash
        if rng.random() < rate:
            raise Crash

    ImportJournal.change = change  # type: ignore[method-assign]
    try:
        yield
    finally:
        ImportJournal.change = whole  # type: ignore[method-assign]


async def to_the_end(engine: ImportEngine, run: str, clock: FakeClock) -> tuple[ImportResult, int]:
    """Resume the run until it ends, as a patient user would."""
    for attempt in range(DEATHS):
        try:
            return await engine.resume(run), attempt
        except Crash:
            clock._now += 1.5
        except ImportInterrupted:
            clock._now += 300
    raise AssertionError("the import does not come to its end")


async def inline(work: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
    """Blocking work where it stands."""
    return work(*args, **named)


async def planned(folder: Path, path: Path) -> ImportPlan:
    """A run that was agreed to, whose journal can be copied, so that each schedule begins with the same."""
    engine = ImportEngine(FakeService(FakeClock()), folder, profile="test", clock=FakeClock())
    plan = await engine.plan(path, ImportOptions(chunk=CHUNK))
    await engine.hand_over(plan)
    return plan


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.timeout(0 if NIGHTLY else 120)
async def test_nothing_is_lost_doubled_or_wrong_whatever_fails(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connection errors, 429, 500, cuts, garbage and deaths at every step, at rates up to 60 %."""
    # These deaths are of the program, not of the power: what SQLite wrote is there without waiting for disks.
    monkeypatch.setattr("tui.jobs.importing.runs.import_journal.SYNCHRONOUS", "OFF")
    if batch:  # One batch runs with threads as in life; for the others they are only slow.
        monkeypatch.setattr("tui.jobs.importing.sending.import_sender.run_uncancellable", inline)
        monkeypatch.setattr("tui.jobs.importing.sending.row_lookup.run_uncancellable", inline)
        monkeypatch.setattr("tui.jobs.importing.import_engine.run_uncancellable", inline)
        monkeypatch.setattr("tui.jobs.importing.runs.run_status.run_uncancellable", inline)
    made: Made = write_jsonl(tmp_path / "orders.jsonl", ROWS, seed=batch)
    plan = await planned(tmp_path / "planned", made.path)
    happened = died = 0
    for seed in range(SCHEDULES // BATCHES):
        rng = random.Random(batch * 10_000 + seed)
        rate = rng.choice([0.1, 0.3, 0.6])
        faults = Faults(rng, rate, crash_rate=rng.choice([0.0, 0.01, 0.05]))
        clock = FakeClock()
        service = FakeService(
            clock,
            largest=rng.choice([CHUNK, CHUNK * 3 // 4]),
            names_failures=rate == 0.6 or rng.random() < 0.95,
            faults=faults,
        )
        folder = tmp_path / f"run-{seed}"
        shutil.copytree(tmp_path / "planned", folder)
        engine = ImportEngine(service, folder, profile="test", clock=clock)
        with deaths_in_the_journal(rng, rng.choice([0.0, 0.01, 0.03])):
            result, deaths = await to_the_end(engine, plan.run, clock)
        service.finish()
        assert service.orders == made.orders, f"schedule {batch}/{seed}"
        rejected = {finding.line for finding in await engine.findings(plan.run)}
        assert rejected == made.rejected, f"schedule {batch}/{seed}"
        assert (result.imported, result.not_sent) == (len(made.orders), 0)
        happened += faults.happened
        died += deaths
        shutil.rmtree(folder)
    assert happened > SCHEDULES // BATCHES
    assert died > 0
