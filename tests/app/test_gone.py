"""Workers that look for parts of a screen that is left meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual import work
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import WorkerFailed

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.dialogs.told_page import Told, ToldPage


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


async def test_on_a_screen_that_is_there_it_is_a_fault() -> None:
    """Nothing of ours is hidden by it."""
    with pytest.raises(WorkerFailed):
        await looking_in_vain()


async def test_a_page_is_closed_at_any_moment_of_its_looking() -> None:
    """Whatever it finds then is shown nowhere."""
    async with exploring(fake_session(3)) as explored:
        for _ in range(10):
            may_end = threading.Event()

            def look(may_end: threading.Event = may_end) -> Told:
                may_end.wait(20)
                return lambda _: [[("found", "ok")]]

            page = ToldPage("Doctor", look)
            await explored.app.push_screen(page)
            await explored.pilot.pause()
            page.dismiss(None)
            may_end.set()
            await explored.until(lambda: explored.app.screen is explored.screen)
        assert explored.app._exception is None
