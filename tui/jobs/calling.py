"""Calls of background jobs: inside the ration, tried again where that can help, counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.terminal.pluralize import pluralize
from tui.voucherify.errors import (
    NoAnswer,
    NotJson,
    RateLimited,
    Redirected,
    ServerError,
    TimedOut,
    TooLarge,
    VoucherifyError,
)

from .durations import duration
from .following import DELAYS, Clock, Ration, pause

CYCLE = "api_calls_cycle"
"""The kind of limit that waiting does not help against: the plan's calls of the billing cycle are used up."""

TRIES = 10
"""Failures in a row after which a job is given up for now, to be taken up when the service answers again."""

LONGEST_WAIT = 3600.0
UNTOLD_WAIT = 60.0
"""Seconds to wait after a 429: at most, and when the service does not say how long."""

KNOWN_STATUSES = frozenset({"ENQUEUED", "SCHEDULED", "IN_PROGRESS", "DONE", "FAILED", "ERROR"})
"""What the service's documents say that a job's status is."""

UNCLEAR_ANSWERS = 10
"""Answers in a row without a known status, some six minutes, after which a job is given up for now."""

LONGEST_LIMIT = 2 * LONGEST_WAIT
MOST_LIMITS = 60
"""Seconds of waiting for a rate limit, and 429 answers, in a row after which a job is given up for now."""

LONGEST_STANDSTILL = 6 * 3600.0
MOST_ANSWERS = 1500
"""Seconds without any change, and answers in all, after which a job is given up for now."""

T = TypeVar("T")


class StatusWatch:
    """Ends the following of a job that would never end by itself: its status is unknown, or does not move."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answers = self._unclear = 0
        self._last: object = None
        self._changed_at = 0.0

    def note(self, status: str | None, progress: int | None = None) -> str:
        """Look at the status of one more answer; returns what is odd about it, if anything.

        Raises:
            NotJson: it was odd too often.
            TimedOut: the job has not moved for too long, or was asked about too often.
        """
        self._check_movement(status, progress)
        if status in KNOWN_STATUSES:
            self._unclear = 0
            return ""
        self._unclear += 1
        says = "no status" if status is None else f"the status {status!a}, which Ordex does not know"
        if self._unclear >= UNCLEAR_ANSWERS:
            raise NotJson(
                f"Voucherify gives the job {says}; {UNCLEAR_ANSWERS} answers in a row",
                hint="Ask again later: ordex jobs shows it.",
            )
        return f"Voucherify gives the job {says}"

    def _check_movement(self, status: str | None, progress: int | None) -> None:
        now = self._clock.monotonic()
        if not self._answers or (status, progress) != self._last:
            self._last, self._changed_at = (status, progress), now
        self._answers += 1
        still = now - self._changed_at
        is_stuck = still >= LONGEST_STANDSTILL or self._answers >= MOST_ANSWERS
        if is_stuck and status not in {"DONE", "ERROR", "FAILED"}:
            raise TimedOut(
                f"The job is {status} without a change for {duration(still)}, after"
                f" {pluralize(self._answers, 'answer')}",
                hint="It may still end by itself: ordex jobs shows it.",
            )


class Patience:
    """Decides after each failure whether to wait and try again.

    One counts the failures of one kind of call: that another call succeeded says nothing about this one.
    """

    def __init__(self, clock: Clock, on_wait: Callable[[float, str], None]) -> None:
        self._clock = clock
        self._on_wait = on_wait
        self._failures = 0
        self._limits = 0
        self._limited_seconds = 0.0

    def for_call(self) -> Patience:
        """The patience for another call, with a count of its own."""
        return Patience(self._clock, self._on_wait)

    def answered(self) -> None:
        """The call that this counts for succeeded: failures are counted anew."""
        self._failures = self._limits = 0
        self._limited_seconds = 0.0

    async def wait(self, error: VoucherifyError, is_stopped: Callable[[], bool] | None = None) -> None:
        """Wait as long as the error asks for, or until ``is_stopped`` says that nothing is tried again.

        Raises:
            VoucherifyError: the same error, when waiting does not help or has not helped.
        """
        if not passes(error):
            raise error
        if isinstance(error, RateLimited):
            now = self._clock.now()
            asked = error.retry_at - now if error.retry_at is not None else UNTOLD_WAIT
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


def passes(error: VoucherifyError) -> bool:
    """Whether the same call may succeed later without anybody doing anything."""
    if isinstance(error, RateLimited):
        return error.limit_type != CYCLE
    return isinstance(error, NoAnswer | ServerError) and not isinstance(error, Redirected | TooLarge)


async def ask(
    call: Callable[[], Awaitable[T]],
    ration: Ration,
    patience: Patience,
    *,
    on_call: Callable[[], None],
    on_wait: Callable[[float], None],
) -> T:
    """Make a call that only reads, until it is answered.

    Raises:
        VoucherifyError: trying again does not help.
    """
    failures = patience.for_call()
    while True:
        try:
            async with ration.call(on_wait):
                on_call()
                return await call()
        except VoucherifyError as error:
            await failures.wait(error)
