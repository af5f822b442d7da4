"""The explorer with imports and exports over an in-process sandbox, whose time passes as jobs want it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.screen import Screen

from tests.support.exploring import Exploring, exploring
from tests.support.sandbox import InProcessSandbox, MovableClock, in_process
from tests.support.sandbox_clients import SandboxClock, client_of
from tui.app.jobs.jobs_controller import JobsController
from tui.app.screens.explorer import ExplorerScreen
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.mapping.mapping_store import MappingStore
from tui.orders.privacy import Masks
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.write_lock import WriteLock

Document = dict[str, Any]


class GatedClock(SandboxClock):
    """The sandbox's clock, which stands still while the gate is shut."""

    def __init__(self, clock: MovableClock) -> None:
        super().__init__(clock)
        self.gate = asyncio.Event()
        self.gate.set()

    async def sleep(self, seconds: float) -> None:
        """Wait for the gate, then let the sandbox's time pass."""
        await self.gate.wait()
        await super().sleep(seconds)


@dataclass
class JobsAccount:
    """What the explorer and its jobs work with."""

    client: VoucherifyClient
    importer: ImportEngine
    exporter: ExportEngine
    ration: BackgroundQuota
    mappings: MappingStore
    name: str = "shop"
    kind: str = "sandbox"
    address: str = "sandbox.test"
    base_url: str | None = None
    masks: Masks = field(default_factory=Masks)

    @property
    def write_lock(self) -> WriteLock:
        """The client's own."""
        return self.client.write_lock

    @property
    def read_only(self) -> bool:
        """What the lock says."""
        return self.write_lock.read_only

    async def aclose(self) -> None:
        """Let go of the client."""
        await self.client.aclose()


@dataclass
class WithJobs:
    """An explorer with jobs, and the shop behind it."""

    explored: Exploring
    sandbox: InProcessSandbox
    account: JobsAccount
    clock: GatedClock
    said: list[str] = field(default_factory=list)

    @property
    def jobs(self) -> JobsController:
        """The jobs of the explorer."""
        jobs = self.explored.screen.flows.jobs
        assert jobs is not None
        return jobs

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.explored.text

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.explored.press(*keys)

    async def until(self, *words: str) -> None:
        """Wait until all of the words are on the screen."""
        await self.explored.until(lambda: all(word in self.text for word in words))

    async def shows(self, screen: type[Screen[Any]]) -> Any:
        """Wait until a screen of that kind is on top and hears keys."""
        app = self.explored.app
        await self.explored.until(lambda: isinstance(app.screen, screen))
        await self.explored.until(lambda: getattr(app.screen, "accepts_keys", True))
        await self.explored.until(lambda: app.focused is not None)
        await self.explored.pilot.pause()
        return app.screen

    async def noted(self, words: str) -> None:
        """Wait until a note with the words was left."""
        await self.explored.until(lambda: words in self.notes())

    def notes(self) -> str:
        """Every note that is still there."""
        return "\n".join(f"{note.title} {note.message}" for note in self.explored.app._notifications)

    async def browses(self) -> None:
        """Wait until the explorer is on top."""
        await self.explored.until(lambda: isinstance(self.explored.app.screen, ExplorerScreen))
        await self.explored.pilot.pause()


@asynccontextmanager
async def with_jobs(
    orders: Sequence[Document],
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    kind: str = "sandbox",
    read_only: bool = False,
    **options: Any,
) -> AsyncIterator[WithJobs]:
    """Run the explorer on these orders, with the journals of imports in a folder."""
    moving = MovableClock()
    clock = GatedClock(moving)
    with in_process(orders=orders, clock=moving, **options) as sandbox:
        client = client_of(sandbox, write_lock=WriteLock(read_only=read_only))
        ration = BackgroundQuota(client.budget, clock)
        account = JobsAccount(
            client,
            ImportEngine(client, folder / "runs", profile="shop", clock=clock, ration=ration),
            ExportEngine(client, clock=clock, ration=ration),
            ration,
            MappingStore(folder / "mappings"),
            kind=kind,
        )
        session: Any = account
        opened: Any = account
        async with exploring(session, size=size, rows=len(orders), open_account=lambda: opened) as explored:
            await explored.until(lambda: explored.screen.flows.jobs is not None)
            await explored.pilot.pause()
            yield WithJobs(explored, sandbox, account, clock)


def orders_file(path: Path, count: int, *, faulty: int = 0, refused: int = 0) -> Path:
    """JSON lines: good orders, then some that the check refuses, then some that the service refuses."""
    lines = [json.dumps({"source_id": f"new-{n}", "amount": 100 + n}) for n in range(count)]
    lines += [json.dumps({"source_id": f"bad-{n}", "amount": "12"}) for n in range(faulty)]
    lines += [
        json.dumps({"source_id": f"no-{n}", "amount": 5, "customer": {"id": "cust_unknown"}})
        for n in range(refused)
    ]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path
