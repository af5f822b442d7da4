"""What a file would do unasked: rename orders, take numbers for source_ids, make orders a second time."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.clocks import FixedBudget
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.confirmations import is_decimal_id, may_be_respelled
from tui.jobs.importing.checking.import_plan import ImportPlan
from tui.jobs.importing.checking.renamed_orders import MOST_NAMED
from tui.jobs.importing.import_engine import ImportEngine
from tui.orders.order import Order
from tui.voucherify.responses import OrdersOrder, OrdersPage


def kinds(plan: ImportPlan) -> list[str]:
    """The doubts of a plan, by kind."""
    return [doubt.kind for doubt in plan.doubts]


async def with_orders(bench: Bench, tmp_path: Path, names: list[str]) -> None:
    """Let orders of these source_ids exist, whose ids are ``ord_`` and those."""
    path = jsonl(tmp_path / "first.jsonl", [{"source_id": name, "amount": 1} for name in names])
    await bench.engine.start(await bench.engine.plan(path))
    read = bench.service.get_order

    async def by_id(order_id: str) -> Order:
        return await read(order_id.removeprefix("ord_"))

    bench.service.get_order = by_id  # type: ignore[method-assign]


def rows(pairs: dict[str, str]) -> list[dict[str, Any]]:
    """Rows that name orders by ids and give them source_ids."""
    return [{"id": f"ord_{old}", "source_id": new, "amount": 2} for old, new in pairs.items()]


@pytest.mark.parametrize(
    ("old", "new"), [("0009", "9"), ("00123", "123"), ("100000", "1E+05"), ("1-2", "2024-02-01"), ("a", "b")]
)
async def test_an_order_that_would_be_renamed_is_named(
    old: str, new: str, bench: Bench, tmp_path: Path
) -> None:
    """Whatever a spreadsheet made of its source_id, or somebody wrote over it."""
    await with_orders(bench, tmp_path, [old, "same"])
    path = jsonl(tmp_path / "in.jsonl", rows({old: new, "same": "same"}))
    plan = await bench.engine.plan(path)
    (doubt,) = plan.doubts
    assert doubt.kind == "renames"
    assert "would rename 1 order" in doubt.words
    assert f"line 1: '{old}' → '{new}'" in doubt.words
    assert doubt.question.endswith("?")


async def test_a_file_of_its_own_orders_raises_no_doubt(bench: Bench, tmp_path: Path) -> None:
    """Every source_id is the one that the order has; many orders cost pages, not a call each."""
    names = [f"s-{n}" for n in range(350)]
    await with_orders(bench, tmp_path, names)
    bench.service.calls.clear()
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", rows({name: name for name in names})))
    assert plan.doubts == ()
    assert bench.service.calls == ["list_orders"] * 4


async def test_ids_that_no_order_has_are_not_renames(bench: Bench, tmp_path: Path) -> None:
    """The service refuses them; and a row without an id renames nothing."""
    await with_orders(bench, tmp_path, ["a"])
    orders = [*rows({"unknown": "9", "gone": "8"}), *numbered(2)]
    assert (await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders))).doubts == ()


async def test_what_cannot_be_compared_is_asked_about(bench: Bench, tmp_path: Path) -> None:
    """Where the calls are not there, source_ids that a spreadsheet may have written are a doubt."""
    await with_orders(bench, tmp_path, [f"000{n}" for n in range(5)])
    ration = BackgroundQuota(
        FixedBudget(limit=100, remaining=20, resets_at=None, seen_at=bench.clock.now()), bench.clock
    )
    engine = ImportEngine(bench.service, bench.folder, profile="p", clock=bench.clock, ration=ration)
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", rows({f"000{n}": str(n) for n in range(5)})))
    (doubt,) = plan.doubts
    assert "were not compared" in doubt.words
    assert "5 calls" in doubt.words
    plan = await engine.plan(jsonl(tmp_path / "in.jsonl", rows({f"000{n}": f"s-{n}" for n in range(5)})))
    assert plan.doubts == ()
    assert "were not compared" in plan.remarks()[0]


async def test_an_account_that_is_too_large_to_list_is_compared_row_by_row(
    bench: Bench, tmp_path: Path
) -> None:
    """The list tells that there are more pages than rows."""
    await with_orders(bench, tmp_path, ["0009", "0010"])
    whole = bench.service.list_orders

    async def huge(*, limit: int, page: int, order: OrdersOrder) -> OrdersPage:
        answer = await whole(limit=limit, page=page, order=order)
        return OrdersPage((), 2 * MOST_NAMED, page, limit, order, answer.read_at)

    bench.service.list_orders = huge  # type: ignore[method-assign]
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", rows({"0009": "9", "0010": "10"})))
    assert "would rename 2 orders" in plan.doubts[0].words


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1001.0", True), ("7.00", True), ("7,0", True), ("7.5", False), ("v1.0", False), ("1.0.0", False)],
)
def test_whole_numbers_with_decimals(text: str, expected: bool) -> None:
    """What pandas and spreadsheets make of a column of numbers with a gap."""
    assert is_decimal_id(text) is expected


@pytest.mark.parametrize("text", ["9", "123", "1E+05", "1.5", "2024-01-31", "1/2/2024", "TRUE", "false"])
def test_what_a_spreadsheet_may_have_written(text: str) -> None:
    """Numbers, dates and truth values."""
    assert may_be_respelled(text)
    assert not may_be_respelled(f"order {text}")


async def test_a_source_id_with_decimals_is_a_doubt(bench: Bench, tmp_path: Path) -> None:
    """In a CSV as in JSON lines."""
    path = tmp_path / "in.csv"
    path.write_text("source_id,amount\n1001.0,5\n1002.0,5\n")
    plan = await bench.engine.plan(path)
    assert kinds(plan) == ["decimal-ids"]
    assert "2 rows" in plan.doubts[0].words
    assert "line 2: '1001.0'" in plan.doubts[0].words
    path = jsonl(tmp_path / "in.jsonl", [{"source_id": "7.0", "amount": 1}])
    assert kinds(await bench.engine.plan(path)) == ["decimal-ids"]


async def test_the_same_file_again_updates_and_says_so(bench: Bench, tmp_path: Path) -> None:
    """Its rows get the same source_ids, so that no order is made twice."""
    path = jsonl(tmp_path / "in.jsonl", [{"amount": n} for n in range(5)])
    await bench.engine.start(await bench.engine.plan(path))
    again = await bench.engine.plan(path)
    assert again.doubts == ()
    assert "was imported already" in again.remarks()[0]
    await bench.engine.start(again)
    assert len(bench.service.orders) == 5


@pytest.mark.parametrize("change", ["a row more", "compressed", "another order", "another name"])
async def test_the_same_rows_in_another_file_are_a_doubt(change: str, bench: Bench, tmp_path: Path) -> None:
    """They would make their orders a second time."""
    orders = [{"amount": n, "metadata": {"n": n}} for n in range(5)]
    path = jsonl(tmp_path / "in.jsonl", orders)
    await bench.engine.start(await bench.engine.plan(path))
    other = tmp_path / ("renamed.jsonl" if change == "another name" else "in.jsonl")
    if change == "compressed":
        other.write_bytes(gzip.compress(path.read_bytes()))
    elif change == "another order":
        jsonl(other, orders[::-1])
    else:
        jsonl(other, [*orders, {"amount": 99}])
    plan = await bench.engine.plan(other)
    assert kinds(plan) == ["repeats"]
    assert plan.doubts[0].words.startswith("5 rows without a source_id were imported already")
    assert "a second time" in plan.doubts[0].question


async def test_rows_of_a_plan_that_was_not_started_are_no_repeats(bench: Bench, tmp_path: Path) -> None:
    """Nor are those of another profile, or other rows."""
    orders = [{"amount": n} for n in range(5)]
    await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders))
    assert (await bench.engine.plan(jsonl(tmp_path / "more.jsonl", [*orders, {"amount": 9}]))).doubts == ()
    other = ImportEngine(bench.service, bench.folder, profile="other", clock=bench.clock)
    await other.start(await other.plan(jsonl(tmp_path / "in.jsonl", orders)))
    assert (await bench.engine.plan(jsonl(tmp_path / "more.jsonl", [*orders, {"amount": 9}]))).doubts == ()
    await bench.engine.start(await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders)))
    assert (await bench.engine.plan(jsonl(tmp_path / "new.jsonl", [{"amount": 77}]))).doubts == ()
