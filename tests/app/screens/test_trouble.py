"""Failures, waits and slow answers, as the explorer tells them."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeSession, fake_session
from tui.app.dialogs.chooser import Chooser
from tui.app.panels.problem import Problem
from tui.voucherify.errors import NotJson, RateLimited, Unauthorized, Unreachable


@pytest.mark.parametrize(
    "failure", [Unauthorized(401), Unreachable(), NotJson(), RateLimited()], ids=lambda e: type(e).__name__
)
async def test_a_failure_says_what_to_do_and_the_screen_keeps_what_it_had(failure: Any) -> None:
    """The rows stay, the panel explains, esc closes it, r asks again."""
    async with exploring(fake_session(250)) as explored:
        before = explored.screen.view.snapshot.count
        explored.session.client.fail = failure
        await explored.press("G")
        await explored.until(lambda: explored.screen.query_one(Problem).is_open)
        await explored.pilot.pause()
        assert failure.title in explored.text
        assert failure.hint[:30] in explored.text
        assert explored.screen.view.snapshot.count == before
        await explored.press("r")
        await explored.rows(200)
        assert not explored.screen.query_one(Problem).is_open


async def test_a_failure_to_open_can_be_tried_again() -> None:
    """Without a session there is still a screen, and a way on."""
    session = fake_session(20)
    failures = [Unauthorized(401), OSError("no such file")]

    async def open_session() -> FakeSession:
        if failures:
            raise failures.pop()
        return session

    async with exploring(session, open_session=open_session, rows=0) as explored:
        await explored.until(lambda: explored.screen.query(Problem))
        problem = explored.screen.query_one(Problem)
        await explored.until(lambda: problem.is_open)
        await explored.press("s")
        assert not isinstance(explored.app.screen, Chooser)
        await explored.press("r")
        await explored.until(lambda: problem.is_open and not failures)
        await explored.pilot.pause()
        assert "The keys were not accepted" in explored.text
        await explored.press("r")
        await explored.rows(20)


async def test_a_rate_limit_is_waited_out_visibly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A told time counts down and the question is asked again by itself; esc would stop it."""
    passed = 0.0
    clock = SimpleNamespace(time=time.time, monotonic=lambda: time.monotonic() + passed)
    monkeypatch.setattr("tui.app.panels.problem.time", clock)
    async with exploring(fake_session(250)) as explored:
        explored.session.client.fail = RateLimited(retry_at=time.time() + 3600)
        await explored.press("G")
        await explored.until(lambda: "asking again in" in explored.text)
        assert explored.screen.view.snapshot.count == 100
        passed = 3600
        await explored.until(lambda: explored.screen.view.snapshot.count == 200)


async def test_a_wait_can_be_stopped() -> None:
    """After esc nothing is asked by itself."""
    async with exploring(fake_session(250)) as explored:
        explored.session.client.fail = RateLimited(retry_at=time.time() + 600)
        await explored.press("G")
        problem = explored.screen.query_one(Problem)
        await explored.until(lambda: problem.waiting)
        await explored.pilot.pause()
        assert "asking again in 10 min 00 s" in explored.text
        await explored.press("escape")
        assert not problem.is_open
        assert not problem.waiting


async def test_a_slow_answer_is_said_to_be_awaited() -> None:
    """Only after a while, so that nothing flickers."""
    session = fake_session(250)
    session.client.gate = asyncio.Event()
    async with exploring(session, rows=0) as explored:
        await explored.until(lambda: "reading page 1…" in explored.text)
        session.client.gate.set()
        await explored.rows(100)
        assert "reading" not in explored.text


async def test_a_late_answer_is_dropped() -> None:
    """An answer to a question that a newer one made void changes nothing."""
    async with exploring(fake_session(250)) as explored:
        client = explored.session.client
        client.gate = slow = asyncio.Event()
        await explored.press("G")
        await explored.until(lambda: len(client.calls) == 2)
        client.gate = None
        explored.screen.sort_filter.sort_by("updated_at")
        await explored.until(lambda: explored.screen.view.snapshot.server_order == "-updated_at")
        before = explored.screen.view.snapshot
        slow.set()
        await explored.pilot.pause(0.05)
        assert explored.screen.view.snapshot is before
