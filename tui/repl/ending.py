"""Ending a prompt by a signal: what the prompt changed of the terminal is put back first."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from tui.terminal.parent_watch import allow_background_writes, sighup_when_orphaned

T = TypeVar("T")

GRACE = 4.0
"""Seconds in which what runs may end by itself."""

_NAMES = ("SIGTERM", "SIGHUP")


class EndedBySignal(Exception):
    """A signal asked for the end; ``code`` is 128 and its number."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.code = 128 + number


async def until_a_signal(running: Coroutine[Any, Any, T]) -> T:
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
