"""Signals between this process, the one that started it and the shell.

A terminal that closes and a shell that ends send SIGHUP to their jobs. A wrapper that is killed does not: its
child would keep the screen and the keyboard. So this process watches its parent and raises SIGHUP itself.
"""

from __future__ import annotations

import os
import signal
import sys
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


def has_job_control() -> bool:
    """Whether a shell waits that can continue what is stopped.

    The leader of a session, or a group with it, has no shell above it: it would stay stopped for ever.
    """
    if sys.platform == "win32" or not os.isatty(0):
        return False
    return os.getpgrp() != os.getsid(0)


def stop_process_group() -> None:
    """Stop this process and those between it and the shell; returns when they are continued."""
    os.killpg(os.getpgrp(), signal.SIGSTOP)
