"""The errands that are under way: each in its own task, none lost, all ended when the client closes."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from .errand import Errand, enter
from .errors import CutOff, TimedOut, Unreachable

GRACE = 0.5
"""Seconds past the deadline that an errand gets to end by itself with a more telling error."""

AFTER_HANGING_UP = 0.5
"""Seconds that errands get to notice, when the client closes."""

T = TypeVar("T")


class Errands:
    """Starts errands and keeps hold of them.

    ``grace`` is in seconds: layers below end a request at its deadline; one that has not ended by then and
    the grace (a handler in this process that hangs, say) is abandoned with ``TimedOut``.
    """

    def __init__(self, *, grace: float = GRACE) -> None:
        self._grace = grace
        self._running: dict[asyncio.Task[Any], Errand] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._running)

    def start(self, errand: Errand, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run the work in a task of its own."""
        if self._closed:
            work.close()
            raise Unreachable("This connection was closed", hint="Open the profile again.")
        task = asyncio.create_task(_carry(errand, work), name="voucherify request")
        errand.task = task
        self._running[task] = errand
        task.add_done_callback(self._ended)
        return task

    async def answer(
        self, errand: Errand, task: asyncio.Task[T], *also: asyncio.Future[Any]
    ) -> asyncio.Task[T] | None:
        """Wait until the task ends, or one of ``also`` is there; return the task when it has ended.

        Raises:
            TimedOut: the deadline and the grace passed; the errand is abandoned.
            CutOff: the client was closed meanwhile.
        """
        try:
            while not task.done() and not any(future.done() for future in also):
                left = errand.left()
                if left is not None and left + self._grace <= 0:
                    errand.abandon()
                    raise TimedOut
                timeout = None if left is None else left + self._grace
                await asyncio.wait({task, *also}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            errand.abandon()
            raise
        if not task.done():
            return None
        if task.cancelled():
            raise CutOff("The connection was closed here before the answer came")
        return task

    async def run(self, errand: Errand, work: Coroutine[Any, Any, T]) -> T:
        """Run the work in a task of its own and wait for it. Cancelling the caller abandons it."""
        task = self.start(errand, work)
        await self.answer(errand, task)
        return task.result()

    async def close(self, seconds: float) -> None:
        """End all errands: changes may finish for so many seconds, what only reads ends at once."""
        self._closed = True
        for errand in self._running.values():
            errand.abandon()
        self._end(safe_only=True)
        await self._settle(seconds)
        self._end(safe_only=False)
        await self._settle(AFTER_HANGING_UP)
        for task in self._running:
            task.cancel()
        await self._settle(AFTER_HANGING_UP)

    def _end(self, *, safe_only: bool) -> None:
        for task, errand in self._running.items():
            if errand.safe or not safe_only:
                # The pool is thrown away after this, so a place lost in it by cancelling does not matter.
                (errand.hang_up or task.cancel)()

    async def _settle(self, seconds: float) -> None:
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.pop(task, None)
        if not task.cancelled():
            task.exception()  # Seen, so that a dropped failure is not reported as never retrieved.


async def _carry(errand: Errand, work: Coroutine[Any, Any, T]) -> T:
    enter(errand)
    return await work
