"""What each surface selects for one filter, over one sandbox."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from tests.support.filter_orders import some_documents
from tests.support.sandbox import InProcessSandbox, MovableClock
from tests.support.sandbox_clients import SandboxClock, client_of
from tui.actions.arguments.filter_and_columns import parse_filter
from tui.actions.jobs.export_plan import plan_export
from tui.actions.listing.page_reader import Listing, OrdersWalk
from tui.actions.verb import InputError
from tui.app.panels.filter_bar.local_filter import local_filter
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import FORMATS
from tui.orders.filter import FilterError
from tui.orders.order import Order
from tui.orders.orders_snapshot import OrdersSnapshot
from tui.sandbox.policies import Policies

STANDARD = Policies()
POLICIES = (
    STANDARD,
    replace(STANDARD, csv_amounts="decimal", csv_header="fields", csv_metadata_header="path"),
    replace(STANDARD, text_case="insensitive", missing_values="never_match", default_junction="or"),
)
"""Ways in which the service may do what is not documented."""


ODD: tuple[dict[str, Any], ...] = (
    {"amount": None, "total_amount": None},
    {"amount": "1250", "total_amount": 1250.5, "total_discount_amount": 0.0},
    {"amount": True, "total_amount": "12.50 EUR", "discount_amount": "0"},
    {"amount": 1e21, "total_amount": -0.0, "total_discount_amount": ""},
    {"status": "REFUNDED", "updated_at": "yesterday", "customer_id": ""},
    {"status": "paid", "updated_at": "", "referrer_id": "cust_1", "customer_id": 17},
)
"""Standard fields as the service's documents do not have them."""


def account(count: int, seed: int, *, odd: bool = False) -> list[dict[str, Any]]:
    """Documents of one account: of each id one, with a status as every order has."""
    return [
        {"status": "CREATED"}
        | document
        | {"id": f"ord_{at}", "source_id": f"{document['source_id']}-{at}"}
        | (ODD[at % len(ODD)] if odd and at % 2 else {})
        for at, document in enumerate(some_documents(count, seed))
    ]


class Surfaces:
    """The surfaces over one sandbox whose clock is given."""

    def __init__(self, sandbox: InProcessSandbox, clock: MovableClock, folder: Path) -> None:
        self._client = client_of(sandbox)
        self._clock = clock
        self._engine = ExportEngine(self._client, clock=SandboxClock(clock))
        self._folder = folder

    async def aclose(self) -> None:
        """Close the client."""
        await self._client.aclose()

    async def orders(self) -> Sequence[Order]:
        """All orders of the account."""
        return (await OrdersWalk(self._client, Listing(everything=True)).read()).orders

    async def listed(self, text: str, now: datetime) -> set[str] | str:
        """The ids that ``list --all --where`` selects, or the words of its refusal."""
        try:
            where = parse_filter(text, now=now)
        except InputError as refused:
            return str(refused)
        listing = Listing(everything=True, matches=where.matches if where else None)
        return {order.id for order in (await OrdersWalk(self._client, listing).read()).orders}

    def explored(self, text: str, now: datetime, orders: Sequence[Order]) -> set[str] | str:
        """The same of the explorer, where these orders are loaded."""
        try:
            wanted = local_filter(text, lambda: now)
        except FilterError as refused:
            return "\n" + refused.pointed()
        loaded = OrdersSnapshot().add_page(
            orders, page=1, total=len(orders), read_at=now, server_order="-created_at"
        )
        return {order.id for order in loaded.with_filter(wanted).rows}

    async def exported(self, text: str, now: datetime, fields: Sequence[str] = ("id",)) -> set[str] | str:
        """The same of an export, which must be alike in each format."""
        try:
            plan = plan_export(parse_filter(text, now=now), fields, "-created_at")
        except InputError as refused:
            return str(refused)
        found: list[set[str]] = []
        for form in FORMATS:
            target = self._folder / f"orders.{form}"
            target.unlink(missing_ok=True)
            await self._engine.export(plan.request, target, format=form, keep=plan.keep)
            found.append(_ids_in(target))
        assert all(ids == found[0] for ids in found), text
        return found[0]


def _ids_in(path: Path) -> set[str]:
    if path.suffix == ".parquet":
        return {row[0] for row in duckdb.sql(f"SELECT id FROM '{path}'").fetchall()}
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            return {json.loads(line)["id"] for line in file}
        rows = list(csv.reader(file))
    at = next(at for at, title in enumerate(rows[0]) if title.lower() == "id")
    return {row[at] for row in rows[1:]}
