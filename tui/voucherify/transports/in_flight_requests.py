"""Requests in flight: each runs in a task of its own, and all end when the client closes."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from tui.voucherify.errors import CutOff, TimedOut, Unreachable
from tui.voucherify.request_context import RequestContext, set_current_request

GRACE = 0.5
"""Seconds past the deadline in which a request may still end with a more specific error."""

AFTER_HANGING_UP = 0.5
"""Seconds that requests get to end after their connections are closed."""

T = TypeVar("T")


class InFlightRequests:
    """Starts requests and holds references to their tasks.

    ``grace`` is in seconds: layers below end a request at its deadline; one that has not ended by then and
    the grace (a handler in this process that hangs, say) is abandoned with ``TimedOut``.
    """

    def __init__(self, *, grace: float = GRACE) -> None:
        self._grace = grace
        self._running: dict[asyncio.Task[Any], RequestContext] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._running)

    def start(self, request_context: RequestContext, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run the work in a task of its own."""
        if self._closed:
            work.close()
            raise Unreachable("This connection was closed", hint="Open the profile again.")
        task = asyncio.create_task(_carry(request_context, work), name="voucherify request")
        request_context.task = task
        self._running[task] = request_context
        task.add_done_callback(self._ended)
        return task

    async def answer(
        self, request_context: RequestContext, task: asyncio.Task[T], *also: asyncio.Future[Any]
    ) -> asyncio.Task[T] | None:
        """Wait until the task ends, or one of ``also`` is there; return the task when it has ended.

        Raises:
            TimedOut: the deadline and the grace passed; the request is abandoned.
            CutOff: the client was closed meanwhile.
        """
        try:
            while not task.done() and not any(future.done() for future in also):
                left = request_context.left()
                if left is not None and left + self._grace <= 0:
                    request_context.abandon()
                    raise TimedOut
                timeout = None if left is None else left + self._grace
                await asyncio.wait({task, *also}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            request_context.abandon()
            raise
        if not task.done():
            return None
        if task.cancelled():
            raise CutOff("Ordex closed the connection before the response arrived")
        return task

    async def run(self, request_context: RequestContext, work: Coroutine[Any, Any, T]) -> T:
        """Run the work in a task of its own and wait for it. Cancelling the caller abandons it."""
        task = self.start(request_context, work)
        await self.answer(request_context, task)
        return task.result()

    async def close(self, seconds: float) -> None:
        """End all requests: reads at once, changes after at most so many seconds."""
        self._closed = True
        for request_context in self._running.values():
            request_context.abandon()
        self._end(safe_only=True)
        await self._settle(seconds)
        self._end(safe_only=False)
        await self._settle(AFTER_HANGING_UP)
        for task in self._running:
            task.cancel()
        await self._settle(AFTER_HANGING_UP)

    def _end(self, *, safe_only: bool) -> None:
        for task, request_context in self._running.items():
            if request_context.safe or not safe_only:
                # The pool is thrown away after this, so a place lost in it by cancelling does not matter.
                (request_context.hang_up or task.cancel)()

    async def _settle(self, seconds: float) -> None:
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.pop(task, None)
        if not task.cancelled():
            task.exception()  # Seen, so that a dropped failure is not reported as never retrieved.


async def _carry(request_context: RequestContext, work: Coroutine[Any, Any, T]) -> T:
    set_current_request(request_context)
    return await work
