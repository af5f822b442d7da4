"""The explorer over an in-process sandbox that can be written to, and another client of the same shop."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.clients import client
from tests.support.exploring import Exploring, exploring
from tests.support.sandbox import InProcessSandbox, an_order, in_process
from tui.app.changing.change_services import ChangeServices
from tui.app.forms.order_form import OrderForm
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.drafts import Drafts
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.write_lock import WriteLock

Document = dict[str, Any]

ACCOUNT = "shop"
URL = "http://localhost"

SIZES = [(80, 24), (120, 40)]
NEWEST = f"ord_{9:018x}"


def shop(count: int = 10, **fields: Any) -> list[dict[str, Any]]:
    """Some orders; the one of the highest number is the newest."""
    return [an_order(number, metadata={"channel": "web"}, **fields) for number in range(count)]


@dataclass
class ShopSession:
    """A session on the sandbox."""

    client: VoucherifyClient
    name: str = "shop"
    kind: str = "sandbox"
    address: str = "sandbox.test"

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
class Changed:
    """An explorer that writes, the shop behind it, and what was copied."""

    explored: Exploring
    sandbox: InProcessSandbox
    other: VoucherifyClient
    journal: ChangeJournal
    drafts: Drafts
    copied: list[str] = field(default_factory=list)

    async def order(self, name: str) -> Document:
        """An order as the shop has it."""
        return (await self.other.get_order(name)).raw

    def writes(self, order_id: str) -> list[str]:
        """The kinds of the writes that were applied to an order, oldest first."""
        return [write.kind for write in self.sandbox.store.history(order_id)]

    async def shows(self, screen: type[Any]) -> Any:
        """Wait until a screen of that kind is on top and hears keys."""
        explored = self.explored
        await explored.until(lambda: isinstance(explored.app.screen, screen))
        await explored.until(lambda: getattr(explored.app.screen, "accepts_keys", True))
        await explored.until(
            lambda: explored.app.focused is not None or not hasattr(explored.app.screen, "accepts_keys")
        )
        await explored.pilot.pause()
        return explored.app.screen

    async def browses(self) -> None:
        """Wait until the explorer is on top again."""
        await self.explored.until(lambda: self.explored.app.screen is self.explored.screen)
        await self.explored.pilot.pause()

    def notes(self) -> str:
        """Every note that was left and is still there."""
        return "\n".join(f"{note.title} {note.message}" for note in self.explored.app._notifications)


@asynccontextmanager
async def changing(
    orders: Sequence[Document],
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    kind: str = "sandbox",
    read_only: bool = False,
    write_lock: WriteLock | None = None,
    wrap: Callable[[VoucherifyClient], Any] = lambda client: client,
    clock: Callable[[], float] = time.monotonic,
    **options: Any,
) -> AsyncIterator[Changed]:
    """Run the explorer on these orders, with its journal in a folder."""
    with in_process(orders=orders, **options) as sandbox:
        lock = write_lock or WriteLock(read_only=read_only)
        keys = {"credentials": lambda: sandbox.headers, "network": sandbox.transport}
        mine, other = client(URL, write_lock=lock, **keys), client(URL, **keys)
        journal, drafts = ChangeJournal(folder), Drafts(folder)
        mutations = ChangeEngine(wrap(mine), journal, ACCOUNT, settle_seconds=0)
        session: Any = ShopSession(mine, kind=kind)
        copied: list[str] = []

        def copy_text(text: str, write: object) -> CopyOutcome:
            copied.append(text)
            return CopyOutcome(ClipboardRoute("file", "test"), len(text), "kept by the test")

        async with exploring(
            session,
            size=size,
            copy_text=copy_text,
            open_changes=lambda: ChangeServices(mutations, journal, drafts, ACCOUNT, URL),
        ) as explored:
            await explored.until(lambda: explored.screen.flows.changing is not None)
            opened: Any = explored.screen.flows.changing
            await explored.until(lambda: opened.blocked is None)
            await explored.pilot.pause()
            yield Changed(explored, sandbox, other, journal, drafts, copied)
        await other.aclose()


async def edit(changed: Changed, **fields: Any) -> OrderForm:
    """Open the form of the order under the cursor and set fields in it."""
    await changed.explored.press("e")
    form: OrderForm = await changed.shows(OrderForm)
    state = form.editing.state
    form.editing.change(state.with_document({**state.document, **fields}))
    await changed.explored.pilot.pause()
    return form
