"""Rejects of an import: in the file's own form, with their reasons, told apart."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.fake_service import Crash
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import ImportOptions


async def test_one_poisonous_row_does_not_sink_its_chunk(bench: Bench, tmp_path: Path) -> None:
    """A refusal that names a field but no row costs three requests, not the chunk."""
    orders = numbered(1000)
    orders[499]["metadata"] = {"poison": 1}
    result = await bench.engine.start(await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders)))
    assert (result.imported, result.rejected) == (999, 1)
    assert [(f.line, f.path, f.message) for f in result.findings] == [
        (500, "metadata.poison", "must be string")
    ]
    assert result.requests == 3


async def test_a_row_that_makes_jobs_fail_is_found(bench: Bench, tmp_path: Path) -> None:
    """A job that fails as a whole, twice, is made smaller until the row is alone."""
    orders = numbered(64)
    orders[20]["metadata"] = {"crash": True}
    result = await bench.engine.start(await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders)))
    assert [finding.line for finding in result.findings] == [21]
    assert result.imported == 63
    assert len(bench.service.orders) == 63


async def test_failures_without_names_are_found_by_asking_again(tmp_path: Path) -> None:
    """The service says that two of 100 failed, but not which."""
    bench = Bench(tmp_path, names_failures=False)
    orders = numbered(100)
    for at in (10, 90):
        orders[at]["metadata"] = {"reject": f"reason {at}"}
    result = await bench.engine.start(await bench.engine.plan(jsonl(tmp_path / "in.jsonl", orders)))
    assert [(f.line, f.message) for f in result.findings] == [(11, "reason 10"), (91, "reason 90")]
    assert result.imported == 98


async def test_rejects_of_a_csv_are_a_csv(bench: Bench, tmp_path: Path) -> None:
    """With line and reason before the file's columns; mended, they are imported with the same identity."""
    path = tmp_path / "in.csv"
    path.write_text('source_id,amount,metadata.reject\ns-1,5,\ns-2,x,\n,7,no\ns-3,1\n"s\n4",1,"a ""b"""\n')
    result = await bench.engine.start(await bench.engine.plan(path))
    assert (result.imported, result.rejected) == (1, 4)
    target = tmp_path / "rejects.csv"
    assert await bench.engine.write_rejects(result.run, target) == 4
    with target.open(newline="") as file:
        records = list(csv.reader(file))
    assert records[0] == ["_line", "_reason", "source_id", "amount", "metadata.reject"]
    assert [record[0] for record in records[1:]] == ["3", "4", "5", "6"]
    assert "must be a whole number" in records[1][1]
    assert "source_id is missing" in records[2][1]
    assert records[3][2:] == ["s-3", "1"]
    assert records[4][2:] == ["s\n4", "1", 'a "b"']
    mended = tmp_path / "mended.csv"
    with mended.open("w", newline="") as file:
        for record in records:
            own = [*record[:2], record[2] or "s-5", "9", ""] if record[0] != "_line" else record
            csv.writer(file).writerow(own)
    again = await bench.engine.start(await bench.engine.plan(mended))
    assert (again.imported, again.rejected) == (4, 0)
    assert set(bench.service.orders) == {"s-1", "s-2", "s-3", "s\n4", "s-5"}
    with pytest.raises(ImportRefused, match="exists already"):
        await bench.engine.write_rejects(result.run, target)


async def test_many_orders_on_one_line_are_told_apart(bench: Bench, tmp_path: Path) -> None:
    """A JSON array without line ends is resumed, numbered and rejected order by order."""
    path = tmp_path / "in.json"
    orders: list[Any] = [{"amount": n} for n in range(1, 101)]
    orders[9]["amount"] = "x"
    path.write_text(json.dumps(orders))
    plan = await bench.engine.plan(path, ImportOptions(chunk=10))
    await bench.engine.hand_over(plan)
    bench.service.faults.crash_rate = 0.2
    while True:
        try:
            result = await bench.engine.resume(plan.run)
            break
        except Crash:
            continue
    assert (result.imported, result.rejected) == (99, 1)
    assert sorted(order["amount"] for order in bench.service.orders.values()) == [
        n for n in range(1, 101) if n != 10
    ]
    assert await bench.engine.write_rejects(result.run, tmp_path / "rejects.json") == 1
    assert json.loads((tmp_path / "rejects.json").read_text())[0]["amount"] == "x"


async def test_rejects_of_an_array_are_an_array(bench: Bench, tmp_path: Path) -> None:
    """What was no order is kept as text and refused until something is written in its place."""
    path = tmp_path / "in.json"
    orders = [{"source_id": "a", "amount": "x", "metadata": {"n": "Łódź \ud800"}}, 5, {"source_id": "b"}]
    path.write_text(json.dumps(orders))
    result = await bench.engine.start(await bench.engine.plan(path))
    target = tmp_path / "rejects.json"
    assert await bench.engine.write_rejects(result.run, target) == 2
    first, second = json.loads(target.read_text("utf-8"))
    assert json.loads(first["_text"]) == orders[0]
    assert "half a character" in first["_reason"]
    assert second["_text"] == "5"
    plan = await bench.engine.plan(target)
    assert plan.checked.faulty == 2
    assert "still holds the text" in plan.checked.findings[-1].message
