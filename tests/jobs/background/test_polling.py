"""Back-off and the person's reserve, on a clock that the tests own."""

from __future__ import annotations

import asyncio
from itertools import islice

from tests.support.clocks import FakeClock, FixedBudget
from tests.support.waiting import until
from tui.jobs.background.polling import poll, poll_delays
from tui.jobs.background.quota import BackgroundQuota


def test_the_questions_come_at_growing_distances() -> None:
    """2, 4, 8, 15, 30, 60 seconds and then every minute."""
    assert list(islice(poll_delays(), 8)) == [2, 4, 8, 15, 30, 60, 60, 60]


def test_a_job_of_known_length_is_asked_when_it_should_be_over() -> None:
    """The first question waits for the expected end, the later ones do not start at two seconds again."""
    assert list(islice(poll_delays(20), 4)) == [20, 15, 30, 60]
    assert list(islice(poll_delays(1), 2)) == [2, 4]
    assert next(poll_delays(10_000)) == 60


async def test_following_ends_with_the_answer_that_is_over() -> None:
    """Every answer is told, the last one is returned, and time passes only on the clock."""
    clock = FakeClock()
    answers = iter(["ENQUEUED", "IN_PROGRESS", "DONE"])
    seen: list[str] = []

    async def ask() -> str:
        return next(answers)

    assert await poll(ask, lambda a: a == "DONE", clock=clock, on_answer=seen.append) == "DONE"
    assert seen == ["ENQUEUED", "IN_PROGRESS", "DONE"]
    assert clock.slept == [2, 4, 8]


async def test_without_rate_headers_nothing_is_held_back() -> None:
    """A service that names no limit sets none."""
    clock = FakeClock()
    ration = BackgroundQuota(FixedBudget(), clock)
    async with ration.call():
        assert ration.allowance().calls is None
    assert clock.slept == []


async def test_the_reserve_is_the_persons() -> None:
    """At 20 % of the limit background calls wait for the new period and say until when."""
    clock = FakeClock(1000.0)
    budget = FixedBudget(limit=100, remaining=20, resets_at=1600.0, seen_at=1000.0)
    told: list[float] = []
    async with BackgroundQuota(budget, clock).call(told.append):
        pass
    assert set(told) == {1600.0}
    assert 1600.0 <= clock.now() < 1601


async def test_one_call_above_the_reserve_goes_at_once() -> None:
    """The last call before the reserve is used, the next one waits."""
    clock = FakeClock(1000.0)
    budget = FixedBudget(limit=100, remaining=21, resets_at=1600.0, seen_at=1000.0)
    ration = BackgroundQuota(budget, clock)
    async with ration.call():
        assert ration.allowance().calls == 0
    assert clock.slept == []


async def test_two_jobs_cannot_take_the_same_last_call() -> None:
    """A call that is under way counts as used."""
    clock = FakeClock(1000.0)
    budget = FixedBudget(limit=100, remaining=21, resets_at=1600.0, seen_at=1000.0)
    ration = BackgroundQuota(budget, clock)
    gate = asyncio.Event()
    at: list[float] = []

    async def job() -> None:
        async with ration.call():
            at.append(clock.now())
            await gate.wait()

    first = asyncio.create_task(job())
    await asyncio.sleep(0)
    second = asyncio.create_task(job())
    await until(lambda: clock.now() >= 1600.0)
    gate.set()
    await asyncio.gather(first, second)
    assert at[0] == 1000.0
    assert at[1] >= 1600.0


async def test_a_limit_without_an_end_is_held_back_for_a_while() -> None:
    """Where the service does not say when the period ends, one call goes after a quarter of an hour."""
    clock = FakeClock(1000.0)
    budget = FixedBudget(limit=100, remaining=3, seen_at=1000.0)
    async with BackgroundQuota(budget, clock).call():
        assert clock.now() >= 1900.0
