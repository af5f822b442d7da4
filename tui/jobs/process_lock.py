"""A file that one process holds for as long as it is at work; the system lets go of it when the process ends.

Unlike a process number, which the system gives anew, a held file always tells a live process from a dead one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the file at ``path``, which nobody else may hold, and remove it afterwards."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        take(descriptor)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def take(descriptor: int) -> bool:
    """Hold an open file, if nobody does. True where the system has no such locks (Windows)."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_held(path: Path) -> bool:
    """Whether some process, this one or another, holds the file. False where the system cannot tell."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
