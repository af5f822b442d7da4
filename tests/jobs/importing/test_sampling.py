"""Rows that are looked up before an import, to say how many orders it would update."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.clocks import FixedBudget
from tui.jobs.following import Ration
from tui.jobs.importing.engine import ImportEngine
from tui.jobs.importing.sampling import MOST, USUAL, Sample, Sampled, spread


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench with a sound service."""
    return Bench(tmp_path)


async def test_existing_orders_can_be_sampled(bench: Bench, tmp_path: Path) -> None:
    """A call a row, each told; none exists before, all after, some of a longer file."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)))
    assert await bench.engine.sample_existing(plan) == Sampled(0, USUAL)
    await bench.engine.start(plan)
    told: list[tuple[int, int]] = []
    seen = await bench.engine.sample_existing(plan, 5, on_row=lambda *row: told.append(row))
    assert (seen, told) == (Sampled(5, 5), [(row, 5) for row in range(1, 6)])
    longer = await bench.engine.plan(jsonl(tmp_path / "longer.jsonl", numbered(200)))
    assert await bench.engine.sample_existing(longer) == Sampled(10, 20)


async def test_faulty_rows_are_not_looked_up(bench: Bench, tmp_path: Path) -> None:
    """They are not imported; rows that are known by their id, or get a source_id here, are."""
    rows: list[dict[str, Any]] = [{"source_id": "bad", "amount": "x"}, {"id": "ord_1"}, {"amount": 5}]
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", rows))
    assert plan.checked.sample[0] == "ord_1"
    assert plan.checked.sample[1].startswith("imp-")
    assert len(plan.checked.sample) == 2


async def test_no_more_is_asked_than_the_background_may(bench: Bench, tmp_path: Path) -> None:
    """The reserve of the person stays, and nobody waits for the next hour."""
    budget = FixedBudget(
        limit=100, remaining=23, resets_at=bench.clock.now() + 3000, seen_at=bench.clock.now()
    )
    ration = Ration(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)))
    assert await engine.sample_existing(plan) == Sampled(0, 3)


@given(st.integers(0, 5000), st.integers(1, MOST))
def test_a_sample_is_spread_over_the_whole(rows: int, most: int) -> None:
    """In order, each row once, from the first part to the last, in bounded memory."""
    sample = Sample()
    for row in range(rows):
        sample.offer(str(row))
    assert len(sample.names) >= min(rows, MOST)
    assert len(sample.names) <= 2 * MOST
    chosen = [int(name) for name in spread(sample.names, most)]
    assert len(chosen) == min(most, rows) or len(chosen) == min(most, len(sample.names))
    assert chosen == sorted(set(chosen))
    if len(chosen) > 1:
        widest = max(after - before for before, after in zip(chosen, [*chosen[1:], rows], strict=True))
        assert widest <= 2 * rows / len(chosen) + 1


@pytest.mark.parametrize(
    ("sampled", "words"),
    [
        (Sampled(12, 20), "12 of 20 sampled rows exist already: they will be UPDATED"),
        (Sampled(1, 20), "1 of 20 sampled rows exists already: it will be UPDATED"),
        (Sampled(0, 20), "none of 20 sampled rows exists yet"),
        (Sampled(0, 0), "no row could be looked up: the calls that are left are kept for you"),
    ],
)
def test_what_was_seen_is_said(sampled: Sampled, words: str) -> None:
    """In words about the import."""
    assert sampled.words() == words
