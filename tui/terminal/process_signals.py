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
"""Seconds between two checks."""


def is_orphan() -> bool:
    """Whether the parent process has ended."""
    return hasattr(os, "getppid") and os.getppid() != PARENT_PID


@contextmanager
def sighup_when_orphaned(*, every: float = EVERY) -> Iterator[None]:
    """Raise SIGHUP in this process if the parent ends during the block."""
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
    """Let an orphan restore the terminal although another job owns it; main thread only."""
    if hasattr(signal, "SIGTTOU") and is_orphan():
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)


def has_job_control() -> bool:
    """Whether a shell can continue this process after it stops.

    A session leader's process group has no shell above it and would stay stopped for ever.
    """
    if sys.platform == "win32" or not os.isatty(0):
        return False
    return os.getpgrp() != os.getsid(0)


def stop_process_group() -> None:
    """Stop the process group; return when the shell continues it."""
    os.killpg(os.getpgrp(), signal.SIGSTOP)
