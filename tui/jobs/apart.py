"""Blocking work beside the event loop, never left half-done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def apart(work: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T:
    """Do blocking work in a thread. The caller waits until it has ended, however often it is cancelled."""
    return await stoppable(lambda: work(*args, **named), lambda: None)


async def stoppable(work: Callable[[], T], stop: Callable[[], None]) -> T:
    """The same for long work: ``stop`` asks it to end early when the caller is cancelled."""
    # No task: those are cancelled at the end of the loop, and would count as done while the thread runs on.
    done = asyncio.get_running_loop().run_in_executor(None, copy_context().run, work)
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        stop()
        while not done.done():  # who leaves a screen and then the app cancels twice
            with suppress(asyncio.CancelledError):
                await asyncio.wait({done})
        if not done.cancelled():
            done.exception()  # it is known, so nobody needs to be told of it later
        raise
