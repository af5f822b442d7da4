"""Rows that are looked up before an import, to say how many orders it would update."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.clocks import FixedBudget
from tests.support.sandbox import an_order, in_process
from tests.support.sandbox_clients import client_of
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.existing_orders import (
    DEFAULT_SAMPLE,
    LARGEST_SAMPLE,
    EvenSample,
    ExistingOrders,
    spread_evenly,
)
from tui.jobs.importing.checking.prepared_order import OrderIdentity
from tui.jobs.importing.import_engine import ImportEngine


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench with a sound service."""
    return Bench(tmp_path)


async def test_existing_orders_can_be_sampled(bench: Bench, tmp_path: Path) -> None:
    """A call a row, each told; none exists before, all after, some of a longer file."""
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)))
    assert await bench.engine.sample_existing(plan) == ExistingOrders(0, DEFAULT_SAMPLE, of=100)
    await bench.engine.start(plan)
    told: list[tuple[int, int]] = []
    seen = await bench.engine.sample_existing(plan, 5, on_row=lambda *row: told.append(row))
    assert (seen, told) == (ExistingOrders(5, 5, of=100), [(row, 5) for row in range(1, 6)])
    longer = await bench.engine.plan(jsonl(tmp_path / "longer.jsonl", numbered(200)))
    assert await bench.engine.sample_existing(longer) == ExistingOrders(10, 20, of=200)


async def test_faulty_rows_are_not_looked_up(bench: Bench, tmp_path: Path) -> None:
    """They are not imported; rows that are known by their id, or get a source_id here, are."""
    rows: list[dict[str, Any]] = [{"source_id": "bad", "amount": "x"}, {"id": "ord_1"}, {"amount": 5}]
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", rows))
    assert plan.checked.sample[0] == OrderIdentity("id", "ord_1")
    assert plan.checked.sample[1].value.startswith("imp-")
    assert len(plan.checked.sample) == 2


async def test_no_more_is_asked_than_the_background_may(bench: Bench, tmp_path: Path) -> None:
    """The reserve of the person stays, and nobody waits for the next hour."""
    budget = FixedBudget(
        limit=100, remaining=23, resets_at=bench.clock.now() + 3000, seen_at=bench.clock.now()
    )
    ration = BackgroundQuota(budget, bench.clock)
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)))
    assert await engine.sample_existing(plan) == ExistingOrders(0, 3, of=100)


@given(st.integers(0, 5000), st.integers(1, LARGEST_SAMPLE))
def test_a_sample_is_spread_over_the_whole(rows: int, most: int) -> None:
    """In order, each row once, from the first part to the last, in bounded memory."""
    sample = EvenSample()
    for row in range(rows):
        sample.offer(OrderIdentity("source_id", str(row)))
    assert len(sample.identities) >= min(rows, LARGEST_SAMPLE)
    assert len(sample.identities) <= 2 * LARGEST_SAMPLE
    chosen = [int(identity.value) for identity in spread_evenly(sample.identities, most)]
    assert len(chosen) == min(most, rows) or len(chosen) == min(most, len(sample.identities))
    assert chosen == sorted(set(chosen))
    if len(chosen) > 1:
        widest = max(after - before for before, after in zip(chosen, [*chosen[1:], rows], strict=True))
        assert widest <= 2 * rows / len(chosen) + 1


@pytest.mark.parametrize(
    ("sampled", "words"),
    [
        (ExistingOrders(12, 20), "12 of 20 rows looked up exist already: they will be UPDATED"),
        (ExistingOrders(1, 20), "1 of 20 rows looked up exists already: it will be UPDATED"),
        (
            ExistingOrders(97, 100, of=5000),
            (
                "97 of 100 rows looked up exist already: they will be UPDATED;"
                " 4,900 other rows were not looked up"
            ),
        ),
        (ExistingOrders(0, 20), "none of 20 rows looked up exists yet"),
        (
            ExistingOrders(1, 4, unknown_ids=2, misplaced=1),
            (
                "1 of 4 rows looked up exists already: it will be UPDATED; 2 have ids that no order has: the"
                " service will refuse them; 1 has the id of an existing order as source_id and would make a"
                " NEW order; fill the field id from that column to update it"
            ),
        ),
        (ExistingOrders(0, 0), "no row could be looked up: the remaining calls are left for you"),
    ],
)
def test_what_was_seen_is_said(sampled: ExistingOrders, words: str) -> None:
    """In words about the import."""
    assert sampled.describe() == words


async def test_an_order_is_looked_up_as_the_import_will_match_it(tmp_path: Path) -> None:
    """By id where the row has one, else by source_id only: an id under source_id would make a new order."""
    orders = [an_order(1), an_order(2), an_order(3)]
    rows = [
        {"id": orders[0]["id"]},
        {"id": "source-2"},
        {"source_id": orders[1]["id"]},
        {"source_id": "source-3"},
        {"source_id": "new"},
    ]
    with in_process(orders=orders) as sandbox:
        async with client_of(sandbox) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p")
            plan = await engine.plan(jsonl(tmp_path / "in.jsonl", rows))
            sampled = await engine.sample_existing(plan)
    assert sampled == ExistingOrders(existing=2, rows=5, unknown_ids=1, misplaced=1, of=5)
    assert sampled.created == 2
    assert plan.checked.by_id == 2
    assert plan.describe_outcome().startswith(
        "2 rows matched by id: the order is updated, or the row is rejected if there is none;"
        " 3 rows matched by source_id"
    )
