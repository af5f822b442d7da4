"""Polls a job of the service.

Polls after 2, 4, 8, 15, 30 and 60 seconds and then every minute, until the job ends or stops changing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from tui.jobs.background.clock import Clock, format_duration
from tui.terminal.pluralize import pluralize
from tui.voucherify.errors import (
    NotJson,
    TimedOut,
)

KNOWN_STATUSES = frozenset({"ENQUEUED", "SCHEDULED", "IN_PROGRESS", "DONE", "FAILED", "ERROR"})
"""The documented statuses of a job."""

UNCLEAR_ANSWERS = 10
"""Answers in a row without a known status (about six minutes) after which polling stops."""

LONGEST_STANDSTILL = 6 * 3600.0
MOST_ANSWERS = 1500
"""Seconds without any change, and answers in all, after which polling stops."""


class StatusWatch:
    """Stops polling of a job whose status is unknown or has not changed for hours."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answers = self._unclear = 0
        self._last: object = None
        self._changed_at = 0.0

    def note(self, status: str | None, progress: int | None = None) -> str:
        """Check the status of one more answer; return a warning, or an empty text if it is fine.

        Raises:
            NotJson: the status was missing or unknown too often in a row.
            TimedOut: the job has not changed for too long, or was polled too often.
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
                f"The job is {status} without a change for {format_duration(still)}, after"
                f" {pluralize(self._answers, 'answer')}",
                hint="It may still end by itself: ordex jobs shows it.",
            )


DELAYS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds between two polls of the same job; the last one repeats."""

T = TypeVar("T")


def poll_delays(expected: float | None = None) -> Iterator[float]:
    """Yield the seconds to wait before each poll of one job, endlessly.

    ``expected`` is how long earlier jobs of this kind took: the first poll is then when the job has probably
    ended.
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


async def poll(
    ask: Callable[[], Awaitable[T]],
    is_over: Callable[[T], bool],
    *,
    clock: Clock,
    on_answer: Callable[[T], None] | None = None,
    expected: float | None = None,
) -> T:
    """Poll a job until it is over and return the last answer. Errors of ``ask`` are not caught."""
    for seconds in poll_delays(expected):
        await clock.sleep(seconds)
        answer = await ask()
        if on_answer is not None:
            on_answer(answer)
        if is_over(answer):
            return answer
    raise AssertionError  # pragma: no cover - the delays have no end
