"""Workers that look for parts of a screen that is left meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar

import pytest
from textual import events, work
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import WorkerFailed

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.dialogs.report_screen import ReportLines, ReportScreen


class Late(ModalScreen[None]):
    """Looks for a part that is not there, after something else."""

    def __init__(self, first: Callable[[ModalScreen[None]], object]) -> None:
        super().__init__()
        self._first = first
        self.looked = False

    @work
    async def look(self) -> None:
        """In a worker."""
        self.looked = True
        self._first(self)
        self.query_one("#gone", Static)


async def test_a_screen_that_is_left_may_miss_its_parts() -> None:
    """A page that was closed while it looked ended the whole app with “No nodes match”."""
    async with exploring(fake_session(3)) as explored:
        screen = Late(lambda left: left.dismiss())
        await explored.app.push_screen(screen)
        screen.look()
        await explored.until(lambda: screen.looked and explored.app.screen is explored.screen)
        await explored.press("j")
        assert explored.app._exception is None


async def looking_in_vain() -> None:
    """A screen that stays, and looks for what it never had."""
    async with exploring(fake_session(3)) as explored:
        screen = Late(lambda _: None)
        await explored.app.push_screen(screen)
        screen.look()
        await explored.until(lambda: screen.looked and not explored.app.is_running)


class Early(ModalScreen[None]):
    """A key of it looks for a part that is made a while after the screen has come to the front."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "use_part")]

    async def compose_late(self) -> None:
        """Let keys come before the part."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def on_mount(self) -> None:
        """Keys that are pressed now meet a screen without parts."""
        await self.compose_late()
        await self.mount(Static(id="part"))

    def action_use_part(self) -> None:
        """As a dialog reads its fields."""
        self.query_one("#part", Static).update("used")


async def test_a_key_does_not_reach_a_screen_that_is_still_being_made() -> None:
    """Ctrl+s right after x ended the explorer: the fields of the export were not there yet."""
    async with exploring(fake_session(3)) as explored:
        screen = Early()
        explored.app.push_screen(screen)
        explored.app.post_message(events.Key("x", "x"))
        await explored.until(lambda: bool(screen.query("#part")))
        await explored.press("x")
        assert explored.app._exception is None
        assert screen.query_one("#part", Static).content == "used"


async def test_on_a_screen_that_is_there_it_is_a_fault() -> None:
    """Nothing of ours is hidden by it."""
    with pytest.raises(WorkerFailed):
        await looking_in_vain()


async def test_a_page_is_closed_at_any_moment_of_its_looking() -> None:
    """Whatever it finds then is shown nowhere."""
    async with exploring(fake_session(3)) as explored:
        for _ in range(10):
            may_end = threading.Event()

            def look(may_end: threading.Event = may_end) -> ReportLines:
                may_end.wait(20)
                return lambda _: [[("found", "ok")]]

            page = ReportScreen("Doctor", look)
            await explored.app.push_screen(page)
            await explored.pilot.pause()
            page.dismiss(None)
            may_end.set()
            await explored.until(lambda: explored.app.screen is explored.screen)
        assert explored.app._exception is None
