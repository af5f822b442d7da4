"""The process that started this one: when it is killed, nobody is there to hang up, and we do it ourselves.

A terminal that closes and a shell that dies send SIGHUP to what they hold. A wrapper that is killed does not:
what it started would stay on the screen for ever, its keyboard with it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .parent_pid import PARENT_PID

EVERY = 0.5
"""Seconds between two looks."""


def is_orphan() -> bool:
    """Whether the process that started this one is gone."""
    return hasattr(os, "getppid") and os.getppid() != PARENT_PID


@contextmanager
def sighup_when_orphaned(*, every: float = EVERY) -> Iterator[None]:
    """While the block lasts, the end of the parent is a SIGHUP to ourselves."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(every):
            if is_orphan():
                os.kill(os.getpid(), signal.SIGHUP)
                return

    watching = threading.Thread(target=watch, name="parent", daemon=True)
    if hasattr(signal, "SIGHUP"):
        watching.start()
    try:
        yield
    finally:
        over.set()


def allow_background_writes() -> None:
    """Let an orphan put the terminal back though another job has it now; only in the main thread."""
    if hasattr(signal, "SIGTTOU") and is_orphan():
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
