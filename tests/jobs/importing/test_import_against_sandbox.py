"""Imports against the sandbox: its queue, its failures, its words of refusal."""

from __future__ import annotations

import asyncio
import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.quick_clock import QuickClock
from tests.support.sandbox import MovableClock, an_order, in_process, running_sandbox
from tests.support.sandbox_clients import SandboxClock, client_of
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import ExportRequest
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.sandbox.http.faults import FaultPlan
from tui.sandbox.http.rate_limits import RateLimit
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.rate_limit import CallBudget
from tui.voucherify.transports.budget_reader import BudgetReader

NAMES = [
    "Łódź",
    'say "hi"',
    "two\nlines",
    "=1+1",
    "-5",
    "'quoted",
    "東京 ☕",
    "",
    "x,y;z\t",
    "+44",
    "\\N",
    "null",
]


def jsonl(path: Path, orders: list[dict[str, Any]]) -> Path:
    """A file of orders."""
    path.write_text("".join(json.dumps(order) + "\n" for order in orders))
    return path


async def test_rows_that_the_service_rejects_are_named_and_importable_after_mending(tmp_path: Path) -> None:
    """Row failures come back to their lines, in a file of the same form, and its mended form goes in."""
    orders = [{"source_id": f"s-{n}", "amount": n} for n in range(1, 51)]
    orders[6]["customer"] = {"id": "cust_unknown"}  # type: ignore[assignment]
    orders[30]["referrer"] = {"id": "cust_unknown"}  # type: ignore[assignment]
    moving = MovableClock()
    with in_process(clock=moving) as sandbox:
        async with client_of(sandbox) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=SandboxClock(moving))
            plan = await engine.plan(jsonl(tmp_path / "in.jsonl", orders), ImportOptions(chunk=20))
            result = await engine.start(plan)
            assert (result.state, result.imported, result.rejected) == ("partial", 48, 2)
            assert [finding.line for finding in result.findings] == [7, 31]
            rejects = tmp_path / "rejects.jsonl"
            assert await engine.write_rejects(result.run, rejects) == 2
            documents = [json.loads(line) for line in rejects.read_text().splitlines()]
            assert documents[0]["_line"] == 7
            assert "cust_unknown" in documents[0]["_reason"]
            for document in documents:
                document.pop("customer", None)
                document.pop("referrer", None)
            again = await engine.start(await engine.plan(jsonl(tmp_path / "mended.jsonl", documents)))
            assert (again.state, again.imported) == ("done", 2)
            assert (await client.list_orders(limit=1)).total == 50
            assert (await client.get_order("s-7")).amount == 7


async def test_two_imports_at_once_are_queued_and_both_followed(tmp_path: Path) -> None:
    """The service runs them one by one; each ends with its own rows and its own rejects."""
    moving = MovableClock()
    with in_process(clock=moving) as sandbox:
        async with client_of(sandbox) as client:
            clock = SandboxClock(moving)
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=clock)
            files = []
            for name in ("a", "b"):
                orders = [{"source_id": f"{name}-{n}", "amount": n} for n in range(1, 301)]
                orders[10]["customer"] = {"id": f"cust_{name}"}  # type: ignore[assignment]
                files.append(jsonl(tmp_path / f"{name}.jsonl", orders))
            plans = [await engine.plan(path, ImportOptions(chunk=100)) for path in files]
            results = await asyncio.gather(*(engine.start(plan) for plan in plans))
            for result, name in zip(results, "ab", strict=True):
                assert (result.imported, result.rejected) == (299, 1)
                assert f"cust_{name}" in result.findings[0].message
            assert (await client.list_orders(limit=1)).total == 598


async def test_export_import_export_gives_the_same_rows(tmp_path: Path) -> None:
    """For 10,000 orders with quotes, line ends, text of many scripts, formulas and empty values."""
    rng = random.Random(7)
    fields = ("source_id", "status", "amount", "discount_amount", "total_discount_amount", "total_amount",
              "metadata.name", "metadata.list", "metadata.with.dot")  # fmt: skip
    orders = []
    for number in range(10_000):
        amount = rng.randrange(0, 10**7)
        metadata = {"name": rng.choice(NAMES), "list": ["a", rng.choice(NAMES)], "with.dot": str(number)}
        order = an_order(
            number, source_id=f"{rng.choice(NAMES)}-{number}", amount=amount, total_amount=amount
        )
        order["status"] = rng.choice(["CREATED", "PAID", "CANCELED", "FULFILLED"])
        order["metadata"] = {key: metadata[key] for key in metadata if rng.random() < 0.7}
        if rng.random() < 0.3:
            order |= {"discount_amount": 0, "total_discount_amount": 0}
        orders.append(order)
    request = ExportRequest(fields=fields, order="created_at")
    exported: list[set[tuple[str, ...]]] = []
    for name, source in (("first", None), ("second", tmp_path / "first.csv")):
        moving = MovableClock()
        with in_process(orders=orders if source is None else [], clock=moving) as sandbox:
            async with client_of(sandbox) as client:
                clock = SandboxClock(moving)
                if source is not None:
                    columns = zip(_header(source), fields, strict=True)
                    kinds = {"amount": "integer", "discount_amount": "integer"}
                    mapping = ColumnMapping(
                        "export",
                        tuple(
                            MappedColumn(h, None if f.startswith("total_") else f, kinds.get(f, "text"))  # type: ignore[arg-type]
                            for h, f in columns
                        ),
                    )
                    engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=clock)
                    plan = await engine.plan(source, ImportOptions(mapping=mapping))
                    assert plan.obstacle is None
                    result = await engine.start(plan)
                    assert (result.imported, result.rejected) == (10_000, 0)
                target = tmp_path / f"{name}.csv"
                made = await ExportEngine(client, clock=clock).export(request, target)
                assert (made.rows, made.difference) == (10_000, 0)
                exported.append(_rows(target))
    assert exported[0] == exported[1]


class BusyDay(SandboxClock):
    """Time passes for an import while a person looks every five minutes and a jobs screen is left open."""

    def __init__(self, clock: MovableClock) -> None:
        super().__init__(clock)
        self.person = self.screen = self.now()
        self.looks = self.glances = 0
        self.least = 100
        self.client: VoucherifyClient | None = None
        self.ration: BackgroundQuota | None = None

    async def sleep(self, seconds: float) -> None:
        """Let time pass, with everything that the others do meanwhile."""
        end = self.now() + seconds
        while self.client is not None and (moment := min(self.person, self.screen)) <= end:
            await super().sleep(max(moment - self.now(), 0.0))
            if moment == self.person:
                await self._look(self.client)
            else:
                await self._glance(self.client)
        await super().sleep(max(end - self.now(), 0.0))

    async def _look(self, client: VoucherifyClient) -> None:
        self.person += 300
        self.looks += 1
        page = await client.list_orders(limit=10)
        self.least = min(self.least, client.budget.remaining or 0)
        assert page.limit == 10

    async def _glance(self, client: VoucherifyClient) -> None:
        self.screen += 60
        assert self.ration is not None
        if self.ration.allowance().calls != 0:
            async with self.ration.call():
                await client.list_async_actions(limit=10)
            self.glances += 1


async def test_a_small_budget_never_meets_a_429_and_keeps_the_persons_part(tmp_path: Path) -> None:
    """20,000 orders at 100 calls an hour, a jobs screen open, a person browsing: nobody is refused."""
    moving = MovableClock()
    clock = BusyDay(moving)
    with in_process(clock=moving, rate_limit=RateLimit(100, 3600)) as sandbox:
        budget = CallBudget()
        network = BudgetReader(sandbox.transport, budget, now=clock.now)
        async with client_of(sandbox, network=network) as client:
            ration = BackgroundQuota(budget, clock)
            clock.client, clock.ration = client, ration
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=clock, ration=ration)
            orders = [{"source_id": f"s-{n}", "amount": n} for n in range(20_000)]
            plan = await engine.plan(jsonl(tmp_path / "in.jsonl", orders), ImportOptions(chunk=200))
            result = await engine.start(plan)
            while clock.now() < plan.finishes_at + 24 * 3600:
                await clock.sleep(600)
            assert result.imported == 20_000
            assert result.calls > 160  # More than two hours' worth: it had to wait.
            assert clock.looks > 24 * 12
            assert clock.glances > 24 * 30
            # An hour has twelve looks of the person's; the reserve of twenty is never touched by others.
            assert clock.least >= 20 - 12
            assert all(call.status != 429 for call in client.calls.snapshot())
            assert client.calls.made == result.calls + clock.looks + clock.glances


@pytest.mark.parametrize("rate", [0.0, 0.15])
async def test_imports_over_loopback_with_faults(rate: float, tmp_path: Path) -> None:
    """Real sockets that are reset, cut and answered with garbage leave nothing lost or doubled."""
    kinds = ("reset", "drop-response", "500", "502", "truncate", "garbage")
    plan_of_faults = FaultPlan(rates=dict.fromkeys(kinds, rate / len(kinds)), seed=3) if rate else None
    orders = [{"source_id": f"s-{n}", "amount": n} for n in range(2000)]
    with running_sandbox(faults=plan_of_faults) as sandbox:
        async with client_of(sandbox) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=QuickClock())
            plan = await engine.plan(jsonl(tmp_path / "in.jsonl", orders), ImportOptions(chunk=250))
            result = await engine.start(plan)
        assert (result.imported, result.rejected) == (2000, 0)
        with sandbox.store.reading() as transaction:
            stored = list(transaction.orders.all())
    assert {order["source_id"]: order["amount"] for order in stored} == {
        order["source_id"]: order["amount"] for order in orders
    }
    assert len(stored) == 2000


def _header(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        return next(csv.reader(file))


def _rows(path: Path) -> set[tuple[str, ...]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return {tuple(row) for row in rows}
