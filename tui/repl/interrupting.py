"""ctrl-c stops what runs, and nothing else."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Interrupted(Exception):
    """The person stopped what was running."""


async def interruptible(running: Coroutine[Any, Any, T]) -> T:
    """Run something until it is done or an interrupt comes, which cancels it.

    Cancelling a verb leaves a request under way to the adapter, which drops its late answer.

    Raises:
        Interrupted: an interrupt came.
    """
    task = asyncio.get_running_loop().create_task(running)
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        task.cancel()

    with on_interrupt(stop):
        try:
            return await task
        except asyncio.CancelledError:
            if stopped and task.cancelled():
                raise Interrupted from None
            task.cancel()
            raise


@contextmanager
def on_interrupt(heard: Callable[[], object]) -> Iterator[None]:
    """Call this at an interrupt while the block lasts, in the event loop that runs."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)
    try:
        loop.add_signal_handler(signal.SIGINT, heard)
    except (NotImplementedError, RuntimeError, ValueError):  # no such signals here, or not the main thread
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        with suppress(TypeError, ValueError):
            signal.signal(signal.SIGINT, before)
