"""Retries of background calls, within the quota."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.jobs.background.clock import Clock, pause
from tui.jobs.background.polling import DELAYS
from tui.jobs.background.quota import BackgroundQuota
from tui.voucherify.errors import (
    NoAnswer,
    RateLimited,
    Redirected,
    ServerError,
    TooLarge,
    VoucherifyError,
)

BILLING_CYCLE_LIMIT = "api_calls_cycle"
"""The limit that waiting does not help against: the calls of the billing cycle are used up."""

TRIES = 10
"""Failures in a row after which a job is paused; the user can resume it later."""

LONGEST_WAIT = 3600.0
DEFAULT_WAIT = 60.0
"""Seconds to wait after a 429: the longest, and the default if the service names none."""

LONGEST_LIMIT = 2 * LONGEST_WAIT
MOST_LIMITS = 60
"""Seconds of waiting for the rate limit, and 429 answers, in a row after which a job is paused."""

T = TypeVar("T")


class RetryPolicy:
    """Decides after each failure whether to wait and retry.

    Each policy counts the failures of one kind of call: the success of another call does not reset it.
    """

    def __init__(self, clock: Clock, on_wait: Callable[[float, str], None]) -> None:
        self._clock = clock
        self._on_wait = on_wait
        self._failures = 0
        self._limits = 0
        self._limited_seconds = 0.0

    def for_call(self) -> RetryPolicy:
        """The same policy for another kind of call, with its own count."""
        return RetryPolicy(self._clock, self._on_wait)

    def answered(self) -> None:
        """Reset the count after a success."""
        self._failures = self._limits = 0
        self._limited_seconds = 0.0

    async def wait(self, error: VoucherifyError, is_stopped: Callable[[], bool] | None = None) -> None:
        """Wait as long as the error requires, or until ``is_stopped`` returns true.

        Raises:
            VoucherifyError: the same error, if a retry cannot help or too many failed.
        """
        if not is_temporary(error):
            raise error
        if isinstance(error, RateLimited):
            now = self._clock.now()
            asked = error.retry_at - now if error.retry_at is not None else DEFAULT_WAIT
            seconds = min(max(asked, 1.0), LONGEST_WAIT)
            self._limits += 1
            self._limited_seconds += seconds
            if self._limits >= MOST_LIMITS or self._limited_seconds > LONGEST_LIMIT:
                raise error
        else:
            self._failures += 1
            if self._failures >= TRIES:
                raise error
            seconds = DELAYS[min(self._failures, len(DELAYS)) - 1]
        self._on_wait(self._clock.now() + seconds, error.title)
        await pause(self._clock, seconds, is_stopped)


def is_temporary(error: VoucherifyError) -> bool:
    """Whether the same call may succeed later by itself."""
    if isinstance(error, RateLimited):
        return error.limit_type != BILLING_CYCLE_LIMIT
    return isinstance(error, NoAnswer | ServerError) and not isinstance(error, Redirected | TooLarge)


async def call_with_retries(
    call: Callable[[], Awaitable[T]],
    quota: BackgroundQuota,
    policy: RetryPolicy,
    *,
    on_call: Callable[[], None],
    on_wait: Callable[[float], None],
) -> T:
    """Make a call that only reads, with retries until it is answered.

    Raises:
        VoucherifyError: a retry cannot help, or too many failed.
    """
    failures = policy.for_call()
    while True:
        try:
            async with quota.call(on_wait):
                on_call()
                return await call()
        except VoucherifyError as error:
            await failures.wait(error)
