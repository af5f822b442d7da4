"""Calls of background jobs: what is tried again, for how long, and when a job is given up for now."""

from __future__ import annotations

import pytest

from tests.support.clocks import FakeClock
from tui.jobs.background.polling import MOST_ANSWERS, UNCLEAR_ANSWERS, StatusWatch
from tui.jobs.background.retry_policy import LONGEST_LIMIT, MOST_LIMITS, RetryPolicy
from tui.voucherify.errors import NotJson, RateLimited, TimedOut


@pytest.mark.parametrize("status", [None, "", "PAUSED", "done"])
def test_a_status_that_is_unknown_is_named_and_not_waited_for_without_end(status: str | None) -> None:
    """Each answer says so; after some in a row the job is given up."""
    watch = StatusWatch(FakeClock())
    for _ in range(UNCLEAR_ANSWERS - 1):
        assert "Voucherify gives the job" in watch.note(status)
    with pytest.raises(NotJson, match="in a row") as raised:
        watch.note(status)
    assert "ordex jobs" in raised.value.hint


def test_a_known_status_between_unknown_ones_keeps_the_job_followed() -> None:
    """Only answers in a row count."""
    watch = StatusWatch(FakeClock())
    for _ in range(5 * UNCLEAR_ANSWERS):
        assert watch.note("PAUSED")
        assert not watch.note("IN_PROGRESS")


@pytest.mark.parametrize("seconds", [None, 1.0, 50.0, 3000.0, 1e9])
async def test_a_rate_limit_without_end_is_given_up(seconds: float | None) -> None:
    """By the number of answers and by the time that they took, whatever the service asks for."""
    clock = FakeClock()
    began = clock.monotonic()
    waits: list[str] = []
    patience = RetryPolicy(clock, lambda until, why: waits.append(why))

    async def wait_on() -> None:
        for _ in range(10_000):
            retry_at = None if seconds is None else clock.now() + seconds
            await patience.wait(RateLimited(retry_at=retry_at))

    with pytest.raises(RateLimited):
        await wait_on()
    assert len(waits) < MOST_LIMITS
    assert clock.monotonic() - began <= LONGEST_LIMIT


async def test_limits_that_end_are_waited_out_as_often_as_they_come() -> None:
    """An answer in between begins the count again."""
    clock = FakeClock()
    patience = RetryPolicy(clock, lambda until, why: None)
    for _ in range(5 * MOST_LIMITS):
        await patience.wait(RateLimited(retry_at=clock.now() + 600))
        patience.answered()


async def test_a_job_that_does_not_move_is_not_waited_for() -> None:
    """Hours without a change end it, and any change makes them count anew."""
    clock = FakeClock()
    watch = StatusWatch(clock)
    for progress in range(3):
        for _ in range(5):
            watch.note("IN_PROGRESS", progress)
            await clock.sleep(3600)
    watch.note("IN_PROGRESS", 2)
    await clock.sleep(3600)
    with pytest.raises(TimedOut, match="without a change for 6 h"):
        watch.note("IN_PROGRESS", 2)


def test_a_job_is_not_asked_about_for_ever() -> None:
    """Progress that goes up and down is no end either."""
    watch = StatusWatch(FakeClock())
    for count in range(MOST_ANSWERS - 1):
        watch.note("IN_PROGRESS", count % 2)
    with pytest.raises(TimedOut, match=r"1,500 answers"):
        watch.note("IN_PROGRESS", 7)
