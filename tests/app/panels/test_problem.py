"""The panel about what went wrong."""

from __future__ import annotations

import time

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.panels.problem import LONGEST_WAIT, Problem
from tui.voucherify.errors import RateLimited, Unreachable


@pytest.mark.parametrize("told", [False, True])
async def test_a_wait_that_nobody_told_or_believes_is_not_waited(told: bool) -> None:
    """Without a sensible time the user decides."""
    async with exploring(fake_session(3)) as explored:
        problem = explored.screen.query_one(Problem)
        problem.show(RateLimited(retry_at=time.time() + 10 * LONGEST_WAIT if told else None))
        await explored.pilot.pause()
        assert not problem.waiting
        assert "r try again" in explored.text


async def test_a_newer_failure_takes_the_place_of_the_older() -> None:
    """One panel, the last thing that happened, and no countdown left behind."""
    async with exploring(fake_session(3)) as explored:
        problem = explored.screen.query_one(Problem)
        problem.show(RateLimited(retry_at=time.time() + 600))
        assert problem.waiting
        problem.show(Unreachable())
        await explored.pilot.pause()
        assert not problem.waiting
        assert "The service cannot be reached" in explored.text
