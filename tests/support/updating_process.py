"""A process that changes one order again and again, or takes an import up, beside another one.

python -m tests.support.updating_process update URL FOLDER ORDER NAME COUNT SEED
python -m tests.support.updating_process resume URL FOLDER RUN
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path

from tests.support.quick_clock import QuickClock
from tests.support.sandbox import HEADERS
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_errors import OrderChanged, UnresolvedConflicts
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_errors import ImportRefused
from tui.voucherify.connection import connect


async def update(url: str, folder: Path, order: str, name: str, count: int, seed: int) -> list[str]:
    """Set a metadata key of its own, and one that both processes set; the outcome of each."""
    rng, outcomes = random.Random(seed), []
    async with connect(base_url=url, credentials=lambda: HEADERS) as client:
        mutations = ChangeEngine(client, ChangeJournal(folder), "p", settle_seconds=0, neighbour_seconds=30)
        for number in range(count):
            await asyncio.sleep(rng.random() / 50)
            opened = (await client.get_order(order)).raw
            edits = {f"{name}-{number}": number, "both": f"{name}-{number}"}
            metadata = {**opened.get("metadata", {}), **edits}
            plan = await mutations.plan_update(opened, {**opened, "metadata": metadata})
            while True:
                try:
                    outcomes.append((await mutations.carry_out(plan)).state)
                except OrderChanged as moved:
                    plan = moved.plan  # type: ignore[assignment]  # an update stays an update
                    continue
                except UnresolvedConflicts:
                    outcomes.append("conflict")
                break
    return outcomes


async def resume(url: str, folder: Path, run: str) -> str:
    """Take the run up; what became of it, or that another process is at it."""
    async with connect(base_url=url, credentials=lambda: HEADERS) as client:
        try:
            return (await ImportEngine(client, folder, profile="p", clock=QuickClock()).resume(run)).state
        except ImportRefused as refused:
            return str(refused)


if __name__ == "__main__":
    what, url, folder, *rest = sys.argv[1:]
    if what == "update":
        done: object = asyncio.run(update(url, Path(folder), rest[0], rest[1], int(rest[2]), int(rest[3])))
    else:
        done = asyncio.run(resume(url, Path(folder), rest[0]))
    print(json.dumps(done))  # noqa: T201
