"""The app exits although a widget or the session never finishes."""

from __future__ import annotations

import asyncio

import pytest
from textual.widget import Widget

import tui.app.app as app_module
from tests.support.exploring import exploring
from tests.support.fake_orders import FakeSession, fake_session

LIMIT = 0.2


class Stuck(Widget):
    """Waits for a widget that will never be mounted, as a handler does that runs when the app exits."""

    async def on_mount(self) -> None:
        """Wait forever, once the widget itself is mounted."""
        self.call_after_refresh(self._wait)

    async def _wait(self) -> None:
        await asyncio.Event().wait()


async def test_a_widget_that_never_finishes_does_not_keep_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal was restored, but neither the shell nor the REPL came."""
    monkeypatch.setattr(app_module, "CLOSE_LIMIT", LIMIT)
    async with asyncio.timeout(60):
        async with exploring(fake_session(3)) as explored:
            await explored.screen.mount(Stuck())
            await asyncio.sleep(LIMIT)
            explored.screen.account.switch_to_repl()
    assert explored.app.return_value is not None


async def test_a_session_that_never_closes_does_not_keep_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was doing is looked up at the next start."""
    monkeypatch.setattr(app_module, "SESSION_CLOSE_LIMIT", LIMIT)

    async def never(self: FakeSession) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(FakeSession, "aclose", never)
    async with asyncio.timeout(60):
        async with exploring(fake_session(3)) as explored:
            await explored.press("q")
    assert explored.app.return_code == 0
