"""Running the explorer in tests: on a fake session, with a stand-in for the detail pane."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.content import Content
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Static

from tests.support.fake_orders import FakeSession
from tui.app.app import OrdexApp
from tui.app.dialogs.chooser import ChoiceList, Chooser
from tui.app.screens.explorer import ExplorerScreen
from tui.app.screens.explorer_settings import ExplorerSettings
from tui.app.startup.app_settings import AppSettings
from tui.orders.order import Order
from tui.terminal.visible import visible

PATIENCE = 40.0
"""Seconds; a machine that does other things beside the tests is slow, and that is no fault."""


class OrderDetail(Static, can_focus=True):
    """Says which order it shows."""

    class CustomerChosen(Message):
        """As the real one."""

        def __init__(self, customer_id: str) -> None:
            super().__init__()
            self.customer_id = customer_id

    class Copied(Message):
        """As the real one."""

        def __init__(self, label: str, text: str) -> None:
            super().__init__()
            self.label = label
            self.text = text

    def __init__(self) -> None:
        super().__init__(Content(""))
        self.order: Order | None = None

    def masks_changed(self) -> None:
        """As the real one."""

    def reveal_field(self) -> str | None:
        """There is none."""
        return "this stands in for the detail"

    def show(self, order: Order | None) -> None:
        """Remember the order."""
        self.order = order
        self.update(Content(f"detail of {visible(order.id, limit=60)}" if order else "no order"))


class Exploring:
    """A running explorer: what is on the screen, and how to wait for it."""

    def __init__(self, app: OrdexApp, pilot: Pilot[None], session: FakeSession) -> None:
        self.app = app
        self.pilot = pilot
        self.session = session

    @property
    def screen(self) -> ExplorerScreen:
        """The explorer's screen, also while a dialog is over it."""
        found = self.app.screen_stack[0]
        assert isinstance(found, ExplorerScreen)
        return found

    @property
    def text(self) -> str:
        """What is on the screen, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    @property
    def detail(self) -> OrderDetail:
        """The stand-in."""
        return self.screen.query_one(OrderDetail)

    async def press(self, *keys: str) -> None:
        """Press keys and let them take effect."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, true: Callable[[], Any]) -> None:
        """Wait, not longer than a test may, until something is true."""
        last = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > last:
                raise AssertionError(f"never came true; the screen was\n{self.text}")
            await self.pilot.pause(0.01)

    async def rows(self, count: int = 1) -> None:
        """Wait until so many orders are loaded."""
        await self.until(lambda: self.screen.view.snapshot.count >= count)
        await self.pilot.pause()


@asynccontextmanager
async def exploring(
    session: FakeSession, *, size: tuple[int, int] = (80, 24), rows: int = 1, **settings: Any
) -> AsyncIterator[Exploring]:
    """Run the explorer on a session and wait for its first rows.

    ``settings`` are fields of ``AppSettings`` and of ``ExplorerSettings``.
    """

    async def open_session() -> FakeSession:
        return session

    opened = settings.pop("open_session", open_session)
    app_wide = {name: settings.pop(name) for name in AppSettings.__dataclass_fields__ if name in settings}
    explorer = ExplorerSettings(**{"detail": OrderDetail, **settings})
    app = OrdexApp(opened, AppSettings(explorer=explorer, **app_wide))
    async with app.run_test(size=size, notifications=True) as pilot:
        explored = Exploring(app, pilot, session)
        if rows:
            await explored.rows(rows)
        yield explored


async def choose(explored: Exploring, name: str) -> None:
    """Choose a line of the open chooser by its id."""
    await explored.until(lambda: isinstance(explored.app.screen, Chooser))
    await explored.until(lambda: getattr(explored.app.screen, "accepts_keys", True))
    listed = explored.app.screen.query_one(ChoiceList)
    listed.highlighted = listed.get_option_index(name)
    await explored.press("enter")
