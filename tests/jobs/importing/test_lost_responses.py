"""Requests of which it is not known what became: nothing that others changed since is changed back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.fake_service import Crash
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.runs.import_progress import ImportResult
from tui.voucherify.responses import AsyncAction


async def die_after_sending(bench: Bench, path: Path, **options: Any) -> str:
    """Start an import whose process dies before the answer to its first request; the job ends."""
    plan = await bench.engine.plan(path, ImportOptions(**options))
    real, deaths = bench.service.faults.after, iter([True])

    def die_once() -> None:
        if next(deaths, False):
            raise Crash
        real()

    bench.service.faults.after = die_once  # type: ignore[method-assign]
    with pytest.raises(Crash):
        await bench.engine.start(plan)
    bench.service.finish()
    return plan.run


@pytest.mark.parametrize(
    "edited", [["s-1"], ["s-1", "s-10"], ["s-2", "s-5"], [f"s-{n}" for n in range(1, 11)]]
)
async def test_edits_of_orders_that_arrived_are_kept(edited: list[str], bench: Bench, tmp_path: Path) -> None:
    """Whichever rows somebody changed meanwhile, the batch is not sent again."""
    run = await die_after_sending(bench, jsonl(tmp_path / "in.jsonl", numbered(10)))
    for name in edited:
        bench.service.edit(name, status="CANCELED")
    result = await bench.engine.resume(run)
    assert (result.imported, result.state, bench.service.sizes) == (10, "done", [10])
    assert {name for name, order in bench.service.orders.items() if "status" in order} == set(edited)


async def test_every_row_overwritten_is_left_alone_and_named(bench: Bench, tmp_path: Path) -> None:
    """Nothing proves that the batch arrived: rows that others changed are rejects with the reason."""
    run = await die_after_sending(bench, jsonl(tmp_path / "in.jsonl", numbered(10)))
    for number in range(1, 11):
        bench.service.edit(f"s-{number}", amount=999)
    result = await bench.engine.resume(run)
    assert (result.imported, result.rejected, bench.service.sizes) == (0, 10, [10])
    assert all(order["amount"] == 999 for order in bench.service.orders.values())
    (finding, *_) = await bench.engine.findings(run)
    assert "its order was changed since" in finding.message


async def test_a_large_batch_is_looked_for_in_the_list(bench: Bench, tmp_path: Path) -> None:
    """Hundreds of rows cost pages, not a call each; rows that did not arrive are sent."""
    path = jsonl(tmp_path / "in.jsonl", numbered(300))
    run = await die_after_sending(bench, path, chunk=300)
    for number in (*range(1, 7), *range(295, 301)):
        bench.service.edit(f"s-{number}", status="PAID")
    bench.service._jobs[0].action["status"] = "FAILED"
    bench.service._jobs[0].crashes = True
    for number in (50, 51):
        del bench.service.orders[f"s-{number}"], bench.service.written[f"s-{number}"]
        del bench.service.created[f"s-{number}"]
    result = await bench.engine.resume(run)
    assert (result.imported, result.state, bench.service.sizes) == (300, "done", [300, 2])
    assert bench.service.orders["s-1"]["status"] == "PAID"
    assert bench.service.calls.count("list_orders") < 20
    assert bench.service.calls.count("get_order") < 12


ODD: list[Any] = [
    None,
    "5 order(s) imported",
    [],
    {},
    {"done_count": "5"},
    {"done_count": -1},
    {"done_count": 99, "failed_count": 0},
    {"failed": "none"},
    {"failed": [7]},
    {"message": "fine"},
    {"done_count": 3, "failed_count": 2, "failed": []},
]


async def with_result(bench: Bench, path: Path, result: object) -> ImportResult:
    """Import a file, where the service's first job says something odd about itself."""
    plan = await bench.engine.plan(path)
    real = bench.service.get_async_action

    async def odd(async_action_id: str) -> AsyncAction:
        action = await real(async_action_id)
        if action.status != "DONE" or async_action_id != "aa_1":
            return action
        return AsyncAction.read({**action.raw, "result": result})

    bench.service.get_async_action = odd  # type: ignore[method-assign]
    return await bench.engine.start(plan)


@pytest.mark.parametrize("result", ODD)
async def test_a_result_that_cannot_be_read_is_looked_up(
    result: object, bench: Bench, tmp_path: Path
) -> None:
    """All orders arrived: all are counted, and nothing is sent again."""
    ended = await with_result(bench, jsonl(tmp_path / "in.jsonl", numbered(5)), result)
    assert (ended.imported, ended.rejected, bench.service.sizes) == (5, 0, [5])


@pytest.mark.parametrize("result", [None, "text", {"done_count": 4, "failed_count": 1, "failed": []}])
async def test_only_rows_that_did_not_arrive_are_sent_again(
    result: object, bench: Bench, tmp_path: Path
) -> None:
    """The row that failed is sent alone, and its reason is found out."""
    orders = numbered(5)
    orders[2]["metadata"] = {"reject": "no such thing"}
    ended = await with_result(bench, jsonl(tmp_path / "in.jsonl", orders), result)
    assert (ended.imported, ended.rejected, bench.service.sizes) == (4, 1, [5, 1])
    assert [finding.message for finding in ended.findings] == ["no such thing"]


async def test_many_jobs_since_are_paged_through(bench: Bench, tmp_path: Path) -> None:
    """The job of a request that was sent long ago is not on the first page of the list."""
    run = await die_after_sending(bench, jsonl(tmp_path / "in.jsonl", numbered(3)))
    for _ in range(150):
        await bench.service.import_orders([{"source_id": "other"}])
        bench.clock.set(bench.clock.now() + 60)
    bench.service.edit("s-2", status="PAID")
    sizes = len(bench.service.sizes)
    result = await bench.engine.resume(run)
    assert (result.imported, len(bench.service.sizes)) == (3, sizes)


async def test_a_source_id_that_no_address_can_hold_is_no_obstacle(bench: Bench, tmp_path: Path) -> None:
    """A row that cannot be looked up by its name is found in the list."""
    orders = [{"source_id": name, "amount": 1} for name in ("import", "a/../b", "export")]
    run = await die_after_sending(bench, jsonl(tmp_path / "in.jsonl", orders))
    result = await bench.engine.resume(run)
    assert (result.imported, result.rejected, bench.service.sizes) == (3, 0, [3])
