"""Runs blocking work in threads that cancellation does not interrupt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def run_uncancellable(work: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T:
    """Run blocking work in a thread. The caller waits for its end even when it is cancelled."""
    return await run_stoppable(lambda: work(*args, **named), lambda: None)


async def run_stoppable(work: Callable[[], T], stop: Callable[[], None]) -> T:
    """The same for long work: ``stop`` asks it to end early if the caller is cancelled."""
    # A task would be cancelled at the end of the loop and count as done while the thread still runs.
    done = asyncio.get_running_loop().run_in_executor(None, copy_context().run, work)
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        stop()
        while not done.done():  # leaving a screen and then the app cancels twice
            with suppress(asyncio.CancelledError):
                await asyncio.wait({done})
        if not done.cancelled():
            done.exception()  # retrieved, so that asyncio does not report it later
        raise
