"""The share of the rate limit that background work may use; a fifth is left to the user.

The rule is in ``docs/architecture.md#invariants``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from tui.jobs.background.clock import PAUSE_STEP, Clock
from tui.jobs.background.polling import DELAYS

RESERVE = 0.2
"""The part of a period's calls that background work leaves to the user."""

UNKNOWN_PERIOD = 900.0
LONGEST_PERIOD = 3600.0
"""Seconds to wait when the reserve is reached: if the service names no end of the period, and at most."""


class RateLimitState(Protocol):
    """The rate limit as the service last reported it; ``None`` where it reported nothing.

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
class Quota:
    """What background work may still use: ``calls`` now, and more from the epoch second ``more_at``.

    ``calls`` is ``None`` if the service names no limit.
    """

    calls: int | None
    remaining: int | None = None
    limit: int | None = None
    more_at: float | None = None


class BackgroundQuota:
    """The calls that background work may make with one profile; all jobs of the profile share one.

    Calls in flight count as used, so that two jobs cannot both take the last one.
    """

    def __init__(self, budget: RateLimitState | None, clock: Clock, *, reserve: float = RESERVE) -> None:
        self._budget = budget
        self._clock = clock
        self._reserve = reserve
        self._under_way = 0
        self._answer: tuple[float | None, float | None] | None = None
        self._fresh_at = 0.0

    def allowance(self) -> Quota:
        """The calls that are available now."""
        budget = self._budget
        # Ignore a limit of 0: with it, the service would not have answered.
        if budget is None or budget.remaining is None or not budget.limit:
            return Quota(None)
        kept = min(ceil(budget.limit * self._reserve), budget.limit - 1)
        left = self._seconds_left(budget)
        remaining = budget.limit if left <= 0 else budget.remaining
        calls = max(remaining - kept - self._under_way, 0)
        return Quota(calls, remaining, budget.limit, self._clock.now() + left if left > 0 else None)

    def _seconds_left(self, budget: RateLimitState) -> float:
        """Seconds until the whole limit is available again, by the monotonic clock."""
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
        """Wait until a call is allowed; return false if ``is_stopped`` returned true first.

        ``on_wait`` receives the end of the wait in epoch seconds.
        """
        while (allowed := self.allowance()).calls is not None and allowed.calls <= 0:
            if is_stopped():
                return False
            now = self._clock.now()
            until = allowed.more_at if allowed.more_at is not None else now + DELAYS[0]
            if on_wait is not None:
                on_wait(until)
            await self._clock.sleep(min(max(until - now, 0.0) + 0.001, PAUSE_STEP))
        return not is_stopped()

    @asynccontextmanager
    async def call(self, on_wait: Callable[[float], None] | None = None) -> AsyncIterator[None]:
        """Wait until a call is allowed, then count one as in flight while the block runs."""
        await self.ready(on_wait)
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1


def _period_left(budget: RateLimitState, now: float) -> float:
    """Seconds left of the period at the epoch second ``now``, at most its whole length.

    ``now`` is earlier than the answer if the clock was set back since.
    """
    seen = budget.seen_at or 0.0
    period = UNKNOWN_PERIOD
    if budget.resets_at is not None and budget.resets_at > seen:
        period = budget.resets_at - seen
    return min(seen + period - now, period, LONGEST_PERIOD)
