"""ctrl-c stops the running command, and nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from tui.terminal.process_signals import allow_background_writes, sighup_when_orphaned

T = TypeVar("T")


class Interrupted(Exception):
    """The user interrupted the running command."""


async def interruptible(running: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine; an interrupt cancels it.

    A request in flight is left to the client, which drops its late answer.

    Raises:
        Interrupted: the user pressed ctrl-c.
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
    """While the block lasts, call this at an interrupt, in the running event loop."""
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


GRACE = 4.0
"""Seconds in which the running command may end by itself."""

_NAMES = ("SIGTERM", "SIGHUP")


class EndedBySignal(Exception):
    """The process got a termination signal; ``code`` is 128 plus its number."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.code = 128 + number


async def run_until_signal(running: Coroutine[Any, Any, T]) -> T:
    """Run something that holds the terminal; SIGTERM, SIGHUP and the end of the parent cancel it.

    Raises:
        EndedBySignal: one of them came.
    """
    loop = asyncio.get_running_loop()
    task = loop.create_task(running)
    came: list[int] = []

    def end(number: int) -> None:
        came.append(number)
        allow_background_writes()
        last = threading.Timer(GRACE, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        task.cancel()

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    for number in numbers:
        loop.add_signal_handler(number, end, number)
    try:
        with sighup_when_orphaned():
            return await task
    except asyncio.CancelledError:
        if came and task.cancelled():
            raise EndedBySignal(came[0]) from None
        task.cancel()
        raise
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
