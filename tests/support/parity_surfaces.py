"""The three surfaces on shops of their own: each is told the same operation and reports what came of it."""

from __future__ import annotations

import asyncio
import io
import json
import shlex
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.command_line import never_open
from tests.support.exploring import Exploring
from tests.support.sandbox import MovableClock, RunningSandbox, an_order, running_sandbox
from tui.app.dialogs.chooser import ChoiceList, Chooser
from tui.app.navigation import StartPlace
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.filter_bar.field import FilterField
from tui.app.startup.launch import explorer_app
from tui.cli.invocation import Invocation
from tui.cli.runner import execute
from tui.jobs.changes.change_journal import ChangeJournal
from tui.repl.run_repl import run_repl
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile

ORDERS = 120


def shop_order(number: int) -> dict[str, Any]:
    """The ``number``-th order of the shop, oldest first; a few things differ from order to order."""
    fields: dict[str, Any] = {
        "status": ("CREATED", "PAID", "CANCELED", "FULFILLED")[number % 4],
        "amount": 1000 + number * 37 % 2000,
        "customer_id": f"cust_{number % 7}" if number % 5 else None,
        "metadata": {
            "channel": ("web", "app", "store")[number % 3],
            "gift note": "yes" if number % 8 else "no",
        },
        "items": [
            {"product_id": f"prod_{number % 4}", "quantity": number % 3 + 1, "product": {"name": "Red Mug"}}
        ],
    }
    if number % 6 == 0:
        fields |= {"total_discount_amount": 100, "discount_amount": 100}
    fields["total_amount"] = fields["amount"] - fields.get("total_discount_amount", 0)
    updated = f"2026-02-{number % 27 + 1:02d}T10:00:00.{number:03d}Z" if number % 2 else None
    return an_order(number, updated_at=updated, **fields)


@contextmanager
def shop() -> Iterator[RunningSandbox]:
    """A shop whose clock stands still."""
    with running_sandbox(orders=map(shop_order, range(ORDERS)), clock=MovableClock()) as served:
        yield served


def environment(served: RunningSandbox, home: Path) -> dict[str, str]:
    """What points Ordex at the shop."""
    return {
        "VOUCHERIFY_APP_ID": served.app_id,
        "VOUCHERIFY_APP_TOKEN": served.app_token,
        "VOUCHERIFY_API_BASE_URL": served.url,
        "ORDEX_HOME": str(home),
    }


def plain(document: Mapping[str, Any]) -> dict[str, Any]:
    """An order without what differs between two shops: made-up ids and the moments of writing."""
    left_out = {"created_at", "updated_at"} | (
        set() if "source-" in str(document.get("source_id")) else {"id"}
    )
    told = {name: value for name, value in document.items() if name not in left_out}
    items = [{k: v for k, v in item.items() if k not in ("id", "sku_id")} for item in told.get("items") or ()]
    return told | ({"items": items} if items else {})


class Surface:
    """A shop, its journal, and a way to do something there."""

    def __init__(self, served: RunningSandbox, home: Path) -> None:
        self.served = served
        self.home = home

    def state(self) -> list[dict[str, Any]]:
        """Every order of the shop."""
        found: list[dict[str, Any]] = []
        with httpx.Client(verify=False, trust_env=False, headers=self.served.headers) as client:
            for page in (1, 2):
                query = {"limit": 100, "page": page, "order": "created_at"}
                found += client.get(f"{self.served.url}/v1/orders", params=query).json()["orders"]
        return sorted(map(plain, found), key=lambda order: str(order.get("source_id")))

    def journal(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Operation, outcome and body of everything that was sent, oldest first."""
        folder = self.home / "state"
        if not folder.exists():
            return []
        entries = ChangeJournal(folder).entries(limit=-1)
        return [(entry.operation, entry.state, entry.body) for entry in reversed(entries)]


class Typed(Surface):
    """A surface that is told in words and answers in JSON."""

    async def run(self, words: tuple[str, ...]) -> tuple[int, str]:
        """The exit code and stdout."""
        raise NotImplementedError

    async def report(self, words: tuple[str, ...]) -> tuple[int, Any]:
        """The exit code and what was written to stdout, read."""
        code, out = await self.run(words)
        try:
            return code, json.loads(out)
        except ValueError:
            return code, out


class CommandLine(Typed):
    """``ordex WORDS``."""

    async def run(self, words: tuple[str, ...]) -> tuple[int, str]:
        """In a thread, since a command has an event loop of its own."""
        out = io.StringIO()
        invocation = Invocation(explore=never_open, repl=never_open)
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            code = await asyncio.to_thread(execute, invocation, list(words))
        return code, out.getvalue()


class Repl(Typed):
    """``ordex repl -c LINE``."""

    async def run(self, words: tuple[str, ...]) -> tuple[int, str]:
        """One line as a script."""
        out = io.StringIO()
        environ = environment(self.served, self.home)
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            leave = await run_repl(
                resolve_profile(environ, read_only=False), find_folders(environ), text=shlex.join(words)
            )
        return leave.code, out.getvalue()


class Window(Surface, Exploring):
    """The explorer, by its keys."""

    def __init__(self, served: RunningSandbox, home: Path, app: Any, pilot: Any) -> None:
        Surface.__init__(self, served, home)
        Exploring.__init__(self, app, pilot, None)  # type: ignore[arg-type] # the session is a real one

    def rows(self) -> list[str]:  # type: ignore[override] # the orders shown are what is compared
        """The orders shown, by source_id."""
        return [str(order.source_id) for order in self.screen.view.snapshot.rows]

    async def idle(self) -> None:
        """Wait until every question is answered and every change has ended."""
        changing: Any = self.screen.flows.changing
        await self.until(lambda: not self.screen.paging._loader.busy and not changing._running)
        await self.pilot.pause()

    async def top(self, screen: type[Any]) -> Any:
        """Wait until a screen of that kind is on top and hears keys."""
        await self.until(lambda: isinstance(self.app.screen, screen))
        await self.until(lambda: getattr(self.app.screen, "accepts_keys", True))
        await self.pilot.pause()
        return self.app.screen

    async def choose(self, name: str) -> None:
        """Choose a line of the open chooser."""
        chooser = await self.top(Chooser)
        listed = chooser.query_one(ChoiceList)
        listed.highlighted = listed.get_option_index(name)
        await self.press("enter")

    async def all_orders(self) -> None:
        """Everything, newest first, the cursor on the first."""
        await self.app.run_action("screen.perform('list')")
        await self.idle()
        await self.until(lambda: self.screen.view.snapshot.filter is None)
        while self.screen.view.snapshot.count < self.screen.view.snapshot.total:  # type: ignore[operator] # a page was read
            self.screen.paging.read_on()
            await self.idle()

    async def filter(self, text: str) -> None:
        """Type a filter and keep it."""
        await self.press("slash")
        field = self.screen.query_one(FilterField)
        field.value = text
        await self.pilot.pause()
        await self.press("enter")

    async def sort(self, column: str) -> None:
        """Sort by a column."""
        await self.press("s")
        await self.choose(column)
        await self.idle()

    async def go_to(self, name: str) -> None:
        """Put the cursor on an order."""
        await self.all_orders()
        at = self.rows().index(name)
        self.screen.table.move_to(at)
        await self.until(lambda: self.screen.order is not None and self.screen.order.source_id == name)

    async def leave_bar(self) -> None:
        """Close the filter bar if a fault kept it open."""
        if self.screen.query_one(FilterBar).is_open:
            await self.press("escape")


@asynccontextmanager
async def window(served: RunningSandbox, home: Path) -> AsyncIterator[Window]:
    """The explorer on a shop."""
    environ = environment(served, home)
    app = explorer_app(resolve_profile(environ, read_only=False), find_folders(environ), place=StartPlace())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        opened = Window(served, home, app, pilot)
        await opened.until(lambda: opened.screen.view.snapshot.count > 0)
        await opened.until(lambda: opened.screen.flows.changing is not None)
        changing: Any = opened.screen.flows.changing
        await opened.until(lambda: changing.blocked is None)
        await opened.all_orders()
        yield opened


@contextmanager
def pointed_at(served: RunningSandbox, home: Path) -> Iterator[None]:
    """The process's environment names the shop."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(served, home).items():
            patch.setenv(name, value)
        yield
