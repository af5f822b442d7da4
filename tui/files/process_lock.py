"""Lock files that a process holds while it works; the system releases them when the process ends.

Unlike a process id, which the system reuses, a lock proves that the process is alive. The file also contains
the process id, to name the holder in messages.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOOK_SECONDS = 0.1
"""Minimum seconds to wait: ``is_held`` in another process holds the lock for a moment."""

PAUSE = 0.02
"""Seconds between two attempts."""

TRIES = 5
"""Attempts to read a process id from the file."""


class HeldElsewhere(Exception):
    """Another process holds the lock; ``str(error)`` names it, such as ``process 4242``."""


@contextmanager
def hold(path: Path, *, seconds: float = LOOK_SECONDS) -> Iterator[None]:
    """Create and lock the file at ``path`` for the block; remove it afterwards.

    Args:
        path: the lock file, in an existing folder.
        seconds: how long to wait for another holder. Blocks.

    Raises:
        HeldElsewhere: another process still holds the lock.
        OSError: the file cannot be created.
    """
    descriptor = _held(path, time.monotonic() + seconds)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, b"%d" % os.getpid(), 0)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def take(descriptor: int) -> bool:
    """Lock an open file if it is free. Also true if the system or file system has no locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def lock(descriptor: int) -> None:
    """Lock an open file, waiting for its holder. Blocks; only for short operations."""
    with suppress(ImportError, OSError):  # the system or the disk has no such locks
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def is_held(path: Path) -> bool:
    """Whether a process, including this one, holds the lock. False if the system has no locks."""
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
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def holder_of(path: Path) -> str | None:
    """The holder of the lock, for a message; ``None`` if the file is gone."""
    number = ""
    for _ in range(TRIES):
        try:
            number = path.read_text()
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            break
        if number:
            break
        time.sleep(PAUSE)  # its holder is about to write the number
    if not number.isdecimal():
        return "another process"
    return "this process" if int(number) == os.getpid() else f"process {number}"


def _held(path: Path, deadline: float) -> int:
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            if take(descriptor):
                if is_at(path, descriptor):
                    return descriptor
            elif time.monotonic() < deadline:
                time.sleep(PAUSE)
            elif (holder := holder_of(path)) is not None:
                raise HeldElsewhere(holder)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def is_at(path: Path, descriptor: int) -> bool:
    """Whether the open file still has its path: the last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
