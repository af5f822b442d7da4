"""Stopping until a shell continues us, as ctrl+z does for programs without a screen."""

from __future__ import annotations

import os
import signal
import sys


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
