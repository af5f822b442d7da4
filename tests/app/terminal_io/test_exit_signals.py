"""Signals end the app as a key does."""

from __future__ import annotations

import math
import os
import signal
import time

import pytest
from rich.traceback import Traceback
from textual.css.query import NoMatches

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.app import OrdexApp
from tui.app.terminal_io.exit_signals import exit_on_signals
from tui.settings.secret import Secret
from tui.terminal.process_signals import sighup_when_orphaned

FOR_EVER = math.inf
"""A grace of ten minutes ended the worker that ran these tests, ten minutes later, in some other test."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_ends_the_app(number: signal.Signals) -> None:
    """With 128 and its number; the handler there was is put back, and nothing kills the process later."""
    before = signal.getsignal(number)
    async with exploring(fake_session(5)) as explored:
        with exit_on_signals(explored.app, grace=FOR_EVER):
            os.kill(os.getpid(), number)
            await explored.until(lambda: not explored.app.is_running)
        assert explored.app.return_code == 128 + number
    assert signal.getsignal(number) is before


def test_a_signal_before_the_app_runs() -> None:
    """There is no screen to put back yet: the process ends."""

    async def nobody() -> None:
        raise AssertionError("nothing is opened")

    app = OrdexApp(nobody)  # type: ignore[arg-type] # it is never asked
    with exit_on_signals(app), pytest.raises(SystemExit) as ended:
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM


async def test_parts_that_are_gone_while_the_app_ends_are_no_fault() -> None:
    """Leaving while the detail is being made is an end like any other."""
    async with exploring(fake_session(5)) as explored:
        explored.app.exit(return_code=0)
        explored.app._handle_exception(NoMatches("no nodes match"))
    assert explored.app.return_code == 0


async def test_a_fault_of_textuals_own_is_told_without_secrets_and_control() -> None:
    """What the thread that reads the keyboard dies of used to be shown as Rich draws it."""
    token = Secret("canary-of-the-input-thread").reveal()
    async with exploring(fake_session(5)) as explored:
        try:
            raise OSError(f"read failed {token} \x9b2J")
        except OSError:
            explored.app.panic(Traceback(show_locals=True))
        told = "".join(
            segment.text
            for renderable in explored.app._exit_renderables
            for segment in explored.app.console.render(renderable)
        )
    assert "read failed ***" in told
    assert token not in told
    assert "\x9b" not in told


async def test_an_orphan_ends_without_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its terminal is another's, and cannot be read: there is nobody to tell."""
    monkeypatch.setattr("tui.app.app.is_orphan", lambda: True)
    async with exploring(fake_session(5)) as explored:
        explored.app.panic("input/output error")
        assert explored.app.return_code == 128 + signal.SIGHUP
        assert not explored.app._exit_renderables


def test_an_orphan_hangs_up_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrapper that is killed sends no signal to what it started."""
    heard: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, _: heard.append(number))
    monkeypatch.setattr("tui.terminal.process_signals.PARENT_PID", os.getppid() + 1)
    try:
        with sighup_when_orphaned(every=0.01):
            until = time.monotonic() + 10
            while not heard and time.monotonic() < until:
                time.sleep(0.01)
        assert heard == [signal.SIGHUP]
    finally:
        signal.signal(signal.SIGHUP, before)


async def test_an_exit_that_is_lost_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that came while the app started was raised, swallowed by a callback, and the app stayed."""
    async with exploring(fake_session(5)) as explored:
        loop, explored.app._loop = explored.app._loop, None
        monkeypatch.setattr("tui.app.terminal_io.exit_signals.RETRY_INTERVAL", 0.01)
        with exit_on_signals(explored.app, grace=FOR_EVER):
            with pytest.raises(SystemExit):
                signal.raise_signal(signal.SIGHUP)
            explored.app._loop = loop
            await explored.until(lambda: not explored.app.is_running)
    assert explored.app.return_code == 128 + signal.SIGHUP
