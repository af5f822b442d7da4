"""Types of metadata that a file does not tell, taken from the orders as they are."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.clocks import FixedBudget
from tests.support.sandbox import MovableClock, an_order, in_process
from tests.support.sandbox_clients import SandboxClock, client_of
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.import_plan import ImportPlan
from tui.jobs.importing.checking.metadata_types import AmbiguousType, typed_value
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_options import ImportOptions, MetadataRule
from tui.orders.json_values import ABSENT
from tui.sandbox.http.faults import FaultPlan
from tui.voucherify.client import VoucherifyClient


@pytest.mark.parametrize(
    ("cell", "current", "meaning"),
    [
        ("5", 5, 5),
        ("5", 5.0, 5.0),
        ("5", "5", "5"),
        ("6", "5", "6"),
        ("6", 5, 6),
        ("6.5", 5, 6.5),
        ("1", True, AmbiguousType),
        ("true", False, True),
        ("true", "yes", "true"),
        ("true", 5, AmbiguousType),
        ('["b"]', ["a"], ["b"]),
        ('{"a":1}', {"a": 1.0}, {"a": 1.0}),
        ("5", [5], AmbiguousType),
        ("null", None, None),
        ("null", 5, AmbiguousType),
        ("5", None, ABSENT),
        ("5", ABSENT, ABSENT),
        ("1e5", 100000, 100000),
        ("12345678901234567891", 12345678901234567891, 12345678901234567891),
        ("12345678901234567891", 5, AmbiguousType),
    ],
)
def test_the_order_decides_what_a_cell_means(cell: str, current: Any, meaning: Any) -> None:
    """Its value stays where the text is the same, else its type does, else it is asked."""
    if meaning is AmbiguousType:
        with pytest.raises(AmbiguousType):
            typed_value(cell, current)
        return
    found = typed_value(cell, current)
    assert found is meaning or (found, type(found)) == (meaning, type(meaning))


def csv_file(path: Path, *lines: str) -> Path:
    """A CSV that says nothing of types."""
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


LINES = (
    "source_id,metadata.qty,metadata.flag,metadata.tags",
    'source-1,6,,"[""b""]"',
    "source-2,6,false,",
    "source-3,7,,",
    "new,8,true,",
)
ORDERS = [
    an_order(1, metadata={"qty": 5, "tags": ["a"]}),
    an_order(2, metadata={"qty": "5", "flag": True}),
    an_order(3),
]


class Run:
    """A plan of an import, and the orders' metadata after it."""

    plan: ImportPlan
    after: dict[str, Any]


async def import_file(path: Path, rule: MetadataRule | None = None, *, remaining: int | None = None) -> Run:
    """Import a file into a sandbox of three orders, unless the plan has an obstacle."""
    run, moving = Run(), MovableClock()
    with in_process(orders=ORDERS, clock=moving) as running:
        async with client_of(running) as client:
            clock = SandboxClock(moving)
            seen = clock.now()
            budget = FixedBudget(limit=100, remaining=remaining, resets_at=seen + 3600, seen_at=seen)
            ration = None if remaining is None else BackgroundQuota(budget, clock)
            engine = ImportEngine(client, path.parent / "runs", profile="p", clock=clock, ration=ration)
            run.plan = await engine.plan(path, ImportOptions(metadata=rule))
            if run.plan.obstacle is None:
                await engine.start(run.plan)
            found = (await client.list_orders(order="created_at")).orders
            run.after = {order.source_id or "": order.raw.get("metadata") for order in found}
    return run


async def test_types_come_from_the_orders_for_two_calls(tmp_path: Path) -> None:
    """A number, a text and a flag stay what they are; what is new is text, and the plan says so."""
    run = await import_file(csv_file(tmp_path / "in.csv", *LINES))
    assert run.after == {
        "source-1": {"qty": 6, "tags": ["b"]},
        "source-2": {"qty": "6", "flag": False},
        "source-3": {"qty": "7"},
        "new": {"qty": "8", "flag": "true"},
    }
    remarks = "\n".join(run.plan.remarks())
    assert "4 rows take the types of the orders' current values (2 calls to look)" in remarks
    assert "New metadata of 2 rows is sent as text (metadata.qty is 7 on line 4)" in remarks


@pytest.mark.parametrize(
    ("rule", "one", "new"),
    [
        ("text", {"qty": "6", "tags": '["b"]'}, {"qty": "8", "flag": "true"}),
        ("json", {"qty": 6, "tags": ["b"]}, {"qty": 8, "flag": True}),
    ],
)
async def test_the_user_can_decide_for_all(
    rule: MetadataRule, one: dict[str, Any], new: dict[str, Any], tmp_path: Path
) -> None:
    """All text or all JSON, without a call."""
    run = await import_file(csv_file(tmp_path / "in.csv", *LINES), rule)
    assert (run.after["source-1"], run.after["new"]) == (one, new)
    assert run.plan.types is None


async def test_a_cell_that_contradicts_the_order_spoils_its_row(tmp_path: Path) -> None:
    """A flag where the order has a number: the row is told, the others are imported."""
    run = await import_file(csv_file(tmp_path / "in.csv", "id,metadata.qty", f"{ORDERS[0]['id']},true"))
    assert run.plan.checked.faulty == 1
    assert run.plan.checked.by_id == 0
    assert "decide with --metadata text" in str(run.plan.checked.findings[0])
    assert run.after["source-1"] == ORDERS[0]["metadata"]


async def test_what_the_budget_cannot_pay_is_asked(tmp_path: Path) -> None:
    """Nothing is guessed; the choice, an example and the cost are told."""
    path = csv_file(tmp_path / "in.csv", *LINES)
    run = await import_file(path, remaining=20)
    assert run.plan.obstacle is not None
    assert "4 rows (metadata.qty is 6 on line 2); looking the orders up takes 4 calls" in run.plan.obstacle
    assert "--metadata current" in run.plan.obstacle
    assert run.after["source-1"] == ORDERS[0]["metadata"]
    assert (await import_file(path, "json", remaining=20)).after["source-1"]["qty"] == 6


async def test_json_lines_of_an_export_name_what_is_open(tmp_path: Path) -> None:
    """All other texts are texts, whatever they look like."""
    path = tmp_path / "in.jsonl"
    rows = [
        {"source_id": "source-1", "metadata": {"qty": "6", "note": "7"}, "_untyped": ["metadata.qty"]},
        {"source_id": "source-2", "metadata": {"qty": "6"}, "_untyped": "metadata.qty"},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run = await import_file(path)
    assert run.after["source-1"] == {"qty": 6, "tags": ["a"], "note": "7"}
    assert [finding.path for finding in run.plan.checked.findings] == ["_untyped"]


async def test_rejected_rows_keep_their_types(tmp_path: Path) -> None:
    """Mended and imported again, a rejected row is resolved as it would have been."""
    path = csv_file(tmp_path / "in.csv", "source_id,amount,metadata.qty", "source-1,x,6")
    async with client_of_orders() as (engine, client):
        plan = await engine(tmp_path).plan(path)
        rejects = tmp_path / "rejects.csv"
        assert await engine(tmp_path).write_rejects(plan.run, rejects) == 1
        rejects.write_text(rejects.read_text().replace(",x,", ",9,"))
        again = await engine(tmp_path).plan(rejects)
        await engine(tmp_path).start(again)
        assert (await client.get_order("source-1")).raw["metadata"]["qty"] == 6


@asynccontextmanager
async def client_of_orders() -> AsyncIterator[tuple[Callable[[Path], ImportEngine], VoucherifyClient]]:
    """A maker of engines on a sandbox of three orders, and its client."""
    moving = MovableClock()
    with in_process(orders=ORDERS, clock=moving) as running:
        async with client_of(running) as client:

            def engine(folder: Path) -> ImportEngine:
                return ImportEngine(client, folder / "runs", profile="p", clock=SandboxClock(moving))

            yield engine, client


async def test_orders_of_many_pages_are_asked_for_one_by_one(tmp_path: Path) -> None:
    """Two rows of an account with 350 orders cost three calls: one page shows that four would cost more."""
    moving = MovableClock()
    orders = [an_order(n, metadata={"qty": n}) for n in range(350)]
    path = csv_file(tmp_path / "in.csv", "source_id,metadata.qty", "source-340,1", "source-345,2")
    with in_process(orders=orders, clock=moving) as running:
        async with client_of(running) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=SandboxClock(moving))
            plan = await engine.plan(path)
            assert plan.types is not None
            assert plan.types.calls_made == 3
            await engine.start(plan)
            assert (await client.get_order("source-345")).raw["metadata"] == {"qty": 2}
            many = csv_file(
                tmp_path / "many.csv",
                "source_id,metadata.qty",
                *(f"source-{n},{n + 1}" for n in range(100, 350)),
                "brand-new,3",
            )
            plan = await engine.plan(many)
            assert plan.types is not None
            assert (plan.types.calls_made, plan.types.as_text) == (4, 1)


async def test_ids_of_another_account_can_be_dropped(tmp_path: Path) -> None:
    """Orders are matched by source_id, and a customer of whom only an id is known is left out, told."""
    moving = MovableClock()
    rows = [
        {"id": "ord_other", "source_id": "source-1", "customer": {"id": "cust_1", "object": "customer"}},
        {"source_id": "b", "customer_id": "cust_2", "metadata": {"n": 5}},
        {"source_id": "c", "customer": {"id": "cust_3", "source_id": "known"}},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with in_process(orders=ORDERS, clock=moving) as running:
        async with client_of(running) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=SandboxClock(moving))
            plan = await engine.plan(path, ImportOptions(ids="drop"))
            result = await engine.start(plan)
            assert result.imported == 3
            assert "only its id in the other account is known (2 rows)" in "\n".join(plan.remarks())
            assert (await client.list_orders()).total == 5
            assert (await client.get_order("c")).customer_id is not None


async def test_a_failure_while_looking_is_told_and_nothing_is_guessed(tmp_path: Path) -> None:
    """A dry run still says what is wrong with the file."""
    path = csv_file(tmp_path / "in.csv", "source_id,amount,metadata.qty", "source-1,5,6", "source-2,x,7")
    moving = MovableClock()
    faults = FaultPlan(rates={"500": 1.0})
    with in_process(orders=ORDERS, clock=moving, faults=faults) as running:
        async with client_of(running) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=SandboxClock(moving))
            plan = await engine.plan(path)
    assert plan.checked.faulty == 1
    assert plan.obstacle is not None
    assert "takes 1 call, which failed (" in plan.obstacle
