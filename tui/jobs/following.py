"""Following jobs without eating the budget: when to ask again, and when a background call may go at all.

Rules from ``reliability.md`` 4.2: ask after 2, 4, 8, 15, 30, 60 seconds and then every minute, and keep 20 %
of the calls for the person (design law 5).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from typing import Protocol, TypeVar

DELAYS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds between two questions about the same job; the last one repeats."""

RESERVE = 0.2
"""The part of a period's calls that background work leaves to the person."""

UNKNOWN_PERIOD = 900.0
"""Seconds to hold back at the reserve when the service did not say when the period ends."""

GLANCE = 1.0
"""Seconds of a wait after which is looked whether anything changed."""

T = TypeVar("T")


class Clock(Protocol):
    """Time, so that tests can own it."""

    def now(self) -> float:
        """Epoch seconds."""

    async def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Epoch seconds."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        await asyncio.sleep(seconds)


class Budget(Protocol):
    """What the service last said about the rate limit; ``None`` where it said nothing.

    ``limit`` and ``remaining`` count calls of the period, ``resets_at`` and ``seen_at`` are epoch seconds.
    """

    @property
    def limit(self) -> int | None: ...  # noqa: D102 - see the class

    @property
    def remaining(self) -> int | None: ...  # noqa: D102

    @property
    def resets_at(self) -> float | None: ...  # noqa: D102

    @property
    def seen_at(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Allowance:
    """What background work may still use: ``calls`` now, and the epoch second from when there are more.

    ``calls`` is ``None`` where the service names no limit.
    """

    calls: int | None
    remaining: int | None = None
    limit: int | None = None
    more_at: float | None = None


async def pause(clock: Clock, seconds: float, is_stopped: Callable[[], bool] | None = None) -> None:
    """Let so many seconds pass, or fewer once ``is_stopped`` says so."""
    if is_stopped is None:
        await clock.sleep(seconds)
        return
    while seconds > 0 and not is_stopped():
        await clock.sleep(min(seconds, GLANCE))
        seconds -= GLANCE


class Ration:
    """The background's share of one profile's budget. Share one between all jobs of a profile.

    Calls that are under way are counted as used, so that two jobs cannot both take the last one.
    """

    def __init__(self, budget: Budget | None, clock: Clock, *, reserve: float = RESERVE) -> None:
        self._budget = budget
        self._clock = clock
        self._reserve = reserve
        self._under_way = 0

    def allowance(self) -> Allowance:
        """What may be used now."""
        budget = self._budget
        if budget is None or budget.remaining is None or budget.limit is None:
            return Allowance(None)
        now = self._clock.now()
        kept = ceil(budget.limit * self._reserve)
        fresh_at = _fresh_at(budget)
        remaining = budget.limit if now >= fresh_at else budget.remaining
        calls = max(remaining - kept - self._under_way, 0)
        return Allowance(calls, remaining, budget.limit, fresh_at if fresh_at > now else None)

    async def ready(
        self,
        on_wait: Callable[[float], None] | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Wait until a call is allowed; false when ``is_stopped`` said so before.

        ``on_wait`` is told until when, in epoch seconds.
        """
        while (allowed := self.allowance()).calls is not None and allowed.calls <= 0:
            if is_stopped():
                return False
            now = self._clock.now()
            until = allowed.more_at if allowed.more_at is not None else now + DELAYS[0]
            if on_wait is not None:
                on_wait(until)
            await self._clock.sleep(min(max(until - now, 0.0) + 0.001, GLANCE))
        return not is_stopped()

    @asynccontextmanager
    async def call(self, on_wait: Callable[[float], None] | None = None) -> AsyncIterator[None]:
        """Make one call inside; first waits until one is allowed."""
        await self.ready(on_wait)
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1


def delays(expected: float | None = None) -> Iterator[float]:
    """Seconds to wait before each question about one job, without end.

    ``expected`` is how long jobs like it took until now: the first question then comes when it is likely
    over, and not before.
    """
    steps = iter(DELAYS)
    waited = 0.0
    if expected is not None and expected > DELAYS[0]:
        first = min(expected, DELAYS[-1])
        yield first
        waited = first
        while waited > 0 and (step := next(steps, None)) is not None:
            waited -= step
            if waited <= 0:
                yield step
    for step in steps:
        yield step
    while True:
        yield DELAYS[-1]


async def follow(
    ask: Callable[[], Awaitable[T]],
    is_over: Callable[[T], bool],
    *,
    clock: Clock,
    on_answer: Callable[[T], None] | None = None,
    expected: float | None = None,
) -> T:
    """Ask about a job until it is over; the last answer is returned. Errors of ``ask`` are the caller's."""
    for seconds in delays(expected):
        await clock.sleep(seconds)
        answer = await ask()
        if on_answer is not None:
            on_answer(answer)
        if is_over(answer):
            return answer
    raise AssertionError  # pragma: no cover - the delays have no end


def _fresh_at(budget: Budget) -> float:
    """From when all of the limit can be counted on again, in epoch seconds."""
    seen = budget.seen_at or 0.0
    if budget.resets_at is not None and budget.resets_at > seen:
        return budget.resets_at
    return seen + UNKNOWN_PERIOD
