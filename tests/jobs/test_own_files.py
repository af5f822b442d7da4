"""Every file that Ordex writes is imported without a mapping, and changes nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.sandbox import InProcessSandbox, MovableClock, in_process
from tests.support.sandbox_clients import SandboxClock, client_of
from tests.support.typed_orders import typed_orders
from tui.actions.printing.formats import csv_text, json_text
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import FIELDS, ExportRequest
from tui.jobs.exporting.order_writer import write_orders
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_options import ImportOptions
from tui.orders.order import Order
from tui.sandbox.policies import Policies
from tui.voucherify.client import VoucherifyClient

Document = dict[str, Any]
FORMS = (
    "export.csv",
    "export.jsonl",
    "export.parquet",
    "export.sheet.csv",
    "list.csv",
    "list.json",
    "list.jsonl",
    "seen.csv",
    "seen.sheet.csv",
    "seen.jsonl",
    "seen.parquet",
)


async def every_order(client: VoucherifyClient) -> list[Order]:
    """All orders of an account."""
    orders: list[Order] = []
    page = 1
    while found := (await client.list_orders(page=page, order="created_at")).orders:
        orders.extend(found)
        page += 1
        if page > 100:
            break
    return orders


def compared(orders: list[Order]) -> dict[str, str]:
    """The orders by id, without the time of their last update, as text in which 5 and "5" differ."""
    return {
        order.id: json.dumps({k: v for k, v in order.raw.items() if k != "updated_at"}, sort_keys=True)
        for order in orders
    }


async def settle(client: VoucherifyClient, folder: Path, clock: SandboxClock) -> list[Order]:
    """Let the service compute what it computes of loaded orders, by importing each as it is."""
    path = folder / "settle.jsonl"
    await write("list.jsonl", path, client, clock)
    engine = ImportEngine(client, folder / "settle", profile="p", clock=clock)
    await engine.start(await engine.plan(path))
    return await every_order(client)


async def write(form: str, target: Path, client: VoucherifyClient, clock: SandboxClock) -> None:
    """A file as Ordex writes it: an export, a list, or what the explorer shows."""
    how, suffix = form.split(".", 1)
    if how == "export":
        request = ExportRequest(fields=(*FIELDS, "metadata"))
        engine = ExportEngine(client, clock=clock)
        if suffix == "sheet.csv":
            await engine.export(request, target, escape="spreadsheet")
        else:
            await engine.export(request, target, format=suffix)  # type: ignore[arg-type] # one of them
        return
    orders = await every_order(client)
    if how == "seen":
        safe = suffix == "sheet.csv"
        escape = "spreadsheet" if safe else "none"
        write_orders(orders, target, format="csv" if safe else suffix, escape=escape)  # type: ignore[arg-type]
        return
    keys = sorted({key for order in orders for key in order.metadata or {}})
    columns = ["id", "source_id", "status", "customer", "items", "amount", *(f"metadata.{k}" for k in keys)]
    documents = [order.raw for order in orders]
    texts: dict[str, Callable[[], str]] = {
        "csv": lambda: csv_text(orders, columns),
        "json": lambda: json_text(documents, indent=2),
        "jsonl": lambda: "".join(json_text(document) + "\n" for document in documents),
    }
    await asyncio.to_thread(target.write_bytes, texts[suffix]().encode())


async def import_again(form: str, folder: Path, sandbox: InProcessSandbox, moving: MovableClock) -> None:
    """Write the file, import it, and compare the account before and after."""
    clock = SandboxClock(moving)
    async with client_of(sandbox) as client:
        before = compared(await settle(client, folder, clock))
        target = folder / form
        await write(form, target, client, clock)
        engine = ImportEngine(client, folder / "runs", profile="p", clock=clock)
        plan = await engine.plan(target)
        assert plan.obstacle is None
        assert [str(finding) for finding in plan.checked.findings] == []
        assert (plan.checked.good, plan.checked.by_id) == (len(before), len(before))
        result = await engine.start(plan)
        assert (result.imported, result.rejected) == (len(before), 0)
        after = compared(await every_order(client))
        assert after.keys() == before.keys()
        assert [(before[key], after[key]) for key in before if before[key] != after[key]] == []


@pytest.mark.parametrize("form", FORMS)
async def test_a_file_of_ours_changes_nothing(form: str, tmp_path: Path) -> None:
    """Nothing is created, and every field keeps its value and its type."""
    moving = MovableClock()
    with in_process(orders=typed_orders(150), clock=moving) as sandbox:
        await import_again(form, tmp_path, sandbox, moving)


@pytest.mark.parametrize("form", ["export.csv", "export.jsonl", "export.parquet", "export.sheet.csv"])
@pytest.mark.parametrize(
    "policies",
    [
        Policies(csv_header="fields", csv_metadata_header="path", csv_amounts="decimal"),
        Policies(csv_metadata="json_column", csv_amounts="decimal"),
    ],
    ids=["fields", "json"],
)
async def test_whatever_shape_the_service_gives_its_csv(
    form: str, policies: Policies, tmp_path: Path
) -> None:
    """Titles or field names, decimals, one column for all metadata or one a key."""
    moving = MovableClock()
    with in_process(orders=typed_orders(60), clock=moving, policies=policies) as sandbox:
        await import_again(form, tmp_path, sandbox, moving)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("form", FORMS)
async def test_ten_thousand_orders_change_nothing(form: str, tmp_path: Path) -> None:
    """The same at the size of the list's reach."""
    moving = MovableClock()
    with in_process(orders=typed_orders(10_000, seed=2), clock=moving) as sandbox:
        await import_again(form, tmp_path, sandbox, moving)


@pytest.mark.parametrize("form", ["list.csv", "list.jsonl", "seen.csv", "seen.parquet"])
async def test_a_copy_into_another_account_keeps_types(form: str, tmp_path: Path) -> None:
    """Orders are created by source_id; their metadata are what they were."""
    orders = [order for order in typed_orders(150, seed=3) if order["source_id"] is not None]
    moving = MovableClock()
    clock = SandboxClock(moving)
    target = tmp_path / form
    with in_process(orders=orders, clock=moving) as sandbox:
        async with client_of(sandbox) as client:
            settled = await settle(client, tmp_path, clock)
            await write(form, target, client, clock)
    with in_process(clock=moving) as empty:
        async with client_of(empty) as client:
            engine = ImportEngine(client, tmp_path / "runs", profile="p", clock=clock)
            plan = await engine.plan(target, ImportOptions(ids="drop"))
            assert (await engine.start(plan)).imported == len(orders)
            found = {order.source_id: order.raw for order in await every_order(client)}
    for order in settled:
        copy = found[order.source_id]
        for field in ("status", "amount", "metadata", "items"):
            wanted = json.dumps(order.raw.get(field) or None, sort_keys=True)
            assert json.dumps(copy.get(field) or None, sort_keys=True) == wanted, field
