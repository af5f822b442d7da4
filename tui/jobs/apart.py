"""Blocking work beside the event loop, never left half-done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def apart(work: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T:
    """Do blocking work in a thread. The caller waits until it has ended, however often it is cancelled."""
    return await stoppable(lambda: work(*args, **named), lambda: None)


async def stoppable(work: Callable[[], T], stop: Callable[[], None]) -> T:
    """The same for long work: ``stop`` asks it to end early when the caller is cancelled."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop()
        while not task.done():  # who leaves a screen and then the app cancels twice
            with suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # it is known, so nobody needs to be told of it later
        raise
