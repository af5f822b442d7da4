"""The context of one request, which every transport can read.

The caller of a request can lose interest (a newer question was asked, a screen was left). httpx 0.28 loses
a place in its pool when a request inside it is cancelled at a bad moment, so nothing is ever cancelled
there: each request runs in a task of its own, which its caller can abandon. An abandoned request that has
not entered httpx is withdrawn at once and costs no call. One that is inside runs to its end and its answer
is dropped, unless its slot is needed: then its connection is closed, which httpx reports as an ordinary
network error.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextvars import ContextVar

from tui.voucherify.calls.timing import TimingRecorder

from .rate_limit import Wait


class RequestContext:
    """The state of one request: its deadline, its attempt, and whether anyone still waits for it.

    ``attempt`` counts from 1; ``safe`` is whether the request only reads; ``inside`` is true while code of
    httpx holds the request; ``hang_up`` closes the connection under it. ``marks`` are the moments of the
    attempt, ``wait`` is the one before it, and ``first_calls`` the numbers in the log of the first attempt at
    each thing that was asked.
    """

    __slots__ = (
        "_clock", "abandoned", "attempt", "deadline", "first_calls", "hang_up", "inside", "marks",
        "on_abandoned", "safe", "task", "wait",
    )  # fmt: skip

    def __init__(
        self,
        seconds: float | None = None,
        *,
        safe: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.safe = safe
        self._clock = clock
        self.deadline = None if seconds is None else clock() + seconds
        self.attempt = 1
        self.first_calls: dict[tuple[str, str], int] = {}
        self.wait: Wait | None = None
        self.marks = TimingRecorder()
        self.abandoned = False
        self.inside = False
        self.task: asyncio.Task[object] | None = None
        self.hang_up: Callable[[], None] | None = None
        self.on_abandoned: Callable[[], None] | None = None

    def left(self) -> float | None:
        """Seconds until the deadline, negative past it; ``None`` without one."""
        return None if self.deadline is None else self.deadline - self._clock()

    def bounded(self, timeout: float | None) -> float | None:
        """The timeout, or what is left until the deadline if that is less; never below a millisecond."""
        left = self.left()
        if left is None:
            return timeout
        return max(left if timeout is None else min(left, timeout), 0.001)

    def extend(self, seconds: float) -> None:
        """Move the deadline: a wait that the user sees does not count."""
        if self.deadline is not None:
            self.deadline += seconds

    def abandon(self) -> None:
        """Stop waiting for the answer. Withdraws the request unless httpx holds it."""
        if self.abandoned:
            return
        self.abandoned = True
        if not self.inside:
            if self.task is not None:
                self.task.cancel()
        elif self.on_abandoned is not None:
            self.on_abandoned()


_CURRENT: ContextVar[RequestContext] = ContextVar("request_context")


def current_request() -> RequestContext:
    """The context of this task's request; a new one without a deadline outside of a request."""
    try:
        return _CURRENT.get()
    except LookupError:
        return RequestContext()


def set_current_request(request_context: RequestContext) -> None:
    """Set the context for this task."""
    _CURRENT.set(request_context)
