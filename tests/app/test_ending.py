"""Signals end the app as a key does."""

from __future__ import annotations

import os
import signal

import pytest
from textual.css.query import NoMatches

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.app import OrdexApp
from tui.app.ending import ending_by_signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_ends_the_app(number: signal.Signals) -> None:
    """With 128 and its number; the handler there was is put back, and nothing kills the process later."""
    before = signal.getsignal(number)
    async with exploring(fake_session(5)) as explored:
        with ending_by_signals(explored.app, grace=600):
            os.kill(os.getpid(), number)
            await explored.until(lambda: not explored.app.is_running)
        assert explored.app.return_code == 128 + number
    assert signal.getsignal(number) is before


def test_a_signal_before_the_app_runs() -> None:
    """There is no screen to put back yet: the process ends."""

    async def nobody() -> None:
        raise AssertionError("nothing is opened")

    app = OrdexApp(nobody)  # type: ignore[arg-type] # it is never asked
    with ending_by_signals(app), pytest.raises(SystemExit) as ended:
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM


async def test_parts_that_are_gone_while_the_app_ends_are_no_fault() -> None:
    """Leaving while the detail is being made is an end like any other."""
    async with exploring(fake_session(5)) as explored:
        explored.app.exit(return_code=0)
        explored.app._handle_exception(NoMatches("no nodes match"))
    assert explored.app.return_code == 0
