"""A process that imports a file, for tests that kill it or weigh it.

python importing_process.py loopback URL FOLDER FILE    plan and start, or resume what is there
python importing_process.py weigh FOLDER FILE           import into nothing; print what it took
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.quick_clock import QuickClock
from tests.support.sandbox import HEADERS
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_errors import ImportInterrupted
from tui.jobs.importing.import_options import ImportOptions
from tui.orders.order import Order
from tui.voucherify.connection import connect
from tui.voucherify.errors import NotFound
from tui.voucherify.responses import AsyncAction, AsyncActionsPage, OrdersOrder, OrdersPage


async def loopback(url: str, folder: Path, file: Path) -> None:
    """Import over HTTP until all is done, however often this process is killed."""
    async with connect(base_url=url, credentials=lambda: HEADERS) as client:
        engine = ImportEngine(client, folder, profile="p", clock=QuickClock())
        while True:
            try:
                runs = await engine.runs()
                if not runs:
                    plan = await engine.plan(file, ImportOptions(chunk=75))
                    await engine.start(plan)
                else:
                    await engine.resume(runs[0].run)
            except ImportInterrupted:
                continue
            return


class Nothing:
    """A service that takes everything at once and keeps nothing."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def import_orders(self, orders: Sequence[dict[str, Any]]) -> str:
        """Count the orders."""
        self.sizes.append(len(orders))
        return f"aa_{len(self.sizes)}"

    async def get_async_action(self, async_action_id: str) -> AsyncAction:
        """Every job is done."""
        size = self.sizes[int(async_action_id.removeprefix("aa_")) - 1]
        result = {"failed": [], "done_count": size, "failed_count": 0}
        return AsyncAction.read({"id": async_action_id, "status": "DONE", "result": result})

    async def list_async_actions(self, *, limit: int = 100, end_date: str | None = None) -> AsyncActionsPage:
        """Nothing is kept."""
        del limit, end_date
        return AsyncActionsPage((), has_more=False)

    async def list_orders(self, *, limit: int, page: int, order: OrdersOrder) -> OrdersPage:
        """Nothing is kept."""
        return OrdersPage((), 0, page, limit, order, datetime.now(UTC))

    async def get_order(self, order_id: str) -> Order:
        """Nothing is kept."""
        raise NotFound(404)


class NoTime(QuickClock):
    """A clock on which waiting takes no time."""

    async def sleep(self, seconds: float) -> None:
        """Wait not at all."""
        await asyncio.sleep(0)


async def weigh(folder: Path, file: Path) -> None:
    """Import into nothing and print peak memory, in MiB, and calls."""
    engine = ImportEngine(Nothing(), folder, profile="p", clock=NoTime())
    plan = await engine.plan(file)
    result = await engine.start(plan)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peak": peak, "planned": plan.calls, "calls": result.calls, "rows": result.imported}))  # noqa: T201


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    if what == "loopback":
        asyncio.run(loopback(arguments[0], Path(arguments[1]), Path(arguments[2])))
    else:
        asyncio.run(weigh(Path(arguments[0]), Path(arguments[1])))
