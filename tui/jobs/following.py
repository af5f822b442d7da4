"""Following jobs without eating the budget: when to ask again, and when a background call may go at all.

Ask after 2, 4, 8, 15, 30, 60 seconds and then every minute, and keep 20 % of the calls for the person
(``docs/architecture.md#invariants``).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from typing import Protocol, TypeVar

from tui.voucherify.write_lock import seconds_awake_and_asleep

DELAYS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds between two questions about the same job; the last one repeats."""

RESERVE = 0.2
"""The part of a period's calls that background work leaves to the person."""

UNKNOWN_PERIOD = 900.0
LONGEST_PERIOD = 3600.0
"""Seconds to hold back at the reserve: when the service did not say when the period ends, and at most."""

GLANCE = 1.0
"""Seconds of a wait after which is looked whether anything changed."""

T = TypeVar("T")


class Clock(Protocol):
    """Time, so that tests can own it.

    ``now`` is for what is compared with the service or with another process: somebody may set it. How long
    something takes or waits is measured by ``monotonic``.
    """

    def now(self) -> float:
        """Epoch seconds."""

    def monotonic(self) -> float:
        """Seconds that only grow, from any beginning."""

    async def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Epoch seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only grow, also while the machine sleeps."""
        return seconds_awake_and_asleep()

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
        self._answer: tuple[float | None, float | None] | None = None
        self._fresh_at = 0.0

    def allowance(self) -> Allowance:
        """What may be used now."""
        budget = self._budget
        # A limit of no calls at all is no statement: the service would not have answered.
        if budget is None or budget.remaining is None or not budget.limit:
            return Allowance(None)
        kept = min(ceil(budget.limit * self._reserve), budget.limit - 1)
        left = self._seconds_left(budget)
        remaining = budget.limit if left <= 0 else budget.remaining
        calls = max(remaining - kept - self._under_way, 0)
        return Allowance(calls, remaining, budget.limit, self._clock.now() + left if left > 0 else None)

    def _seconds_left(self, budget: Budget) -> float:
        """Seconds until all of the limit can be counted on again, on the monotonic clock."""
        answer = (budget.seen_at, budget.resets_at)
        if answer != self._answer:
            self._answer = answer
            self._fresh_at = self._clock.monotonic() + _period_left(budget, self._clock.now())
        return self._fresh_at - self._clock.monotonic()

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


def _period_left(budget: Budget, now: float) -> float:
    """Seconds that the period still lasts at the epoch second ``now``; never more than it lasts in all.

    ``now`` is before the service's answer when the clock was set back since.
    """
    seen = budget.seen_at or 0.0
    period = UNKNOWN_PERIOD
    if budget.resets_at is not None and budget.resets_at > seen:
        period = budget.resets_at - seen
    return min(seen + period - now, period, LONGEST_PERIOD)
