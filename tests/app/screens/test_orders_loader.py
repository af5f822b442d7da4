"""Waits of requests, as they reach the screen."""

from __future__ import annotations

import asyncio
import time

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.voucherify.rate_limit import Reason, Wait


def a_wait(seconds: float, reason: Reason = "rate limit") -> Wait:
    """A wait that begins now."""
    return Wait(seconds=seconds, until=time.time() + seconds, reason=reason, attempt=2)


async def test_a_wait_is_told_with_its_reason_and_how_long() -> None:
    """Twenty seconds of a rate limit looked like a slow answer; a thread may tell it, too."""
    session = fake_session(20)
    session.client.gate = asyncio.Event()
    async with exploring(session, rows=0) as explored:
        await explored.until(lambda: session.client.calls)
        await asyncio.to_thread(explored.app.tell_wait, a_wait(19.5))
        await explored.until(lambda: "again in" in explored.text)
        assert "20 s" in explored.text or "19 s" in explored.text
        session.client.gate.set()
        await explored.rows(20)


async def test_a_wait_that_is_over_is_not_told_any_longer() -> None:
    """It counts down to nothing; a shorter wait beside a longer one does not hide it."""
    async with exploring(fake_session(20)) as explored:
        explored.app.tell_wait(a_wait(1.2, "service failed"))
        explored.app.tell_wait(a_wait(0.2, "no connection"))
        await explored.until(lambda: "service failed, " in explored.text)
        assert "no connection" not in explored.text
        await explored.until(lambda: "service failed, " not in explored.text)
        assert "all 20 loaded" in explored.text
