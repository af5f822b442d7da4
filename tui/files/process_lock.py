"""A file that one process holds for as long as it is at work; the system lets go of it when the process ends.

Unlike a process number, which the system gives anew, a held file always tells a live process from a dead one.
The number is in the file all the same: it names the process to whoever finds the file held.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOOK_SECONDS = 0.1
"""How long a file is waited for at least: ``is_held`` of another process holds it for a moment."""

PAUSE = 0.02
"""Seconds between two tries."""

TRIES = 5
"""How often a file without a number is read."""


class HeldElsewhere(Exception):
    """Another process holds the file; ``str(error)`` names that process, such as ``process 4242``."""


@contextmanager
def hold(path: Path, *, seconds: float = LOOK_SECONDS) -> Iterator[None]:
    """Hold the file at ``path``, which is made for it, and remove it afterwards.

    Args:
        path: the file; its folder exists.
        seconds: how long another process that holds it is waited for. Blocks.

    Raises:
        HeldElsewhere: that was not long enough.
        OSError: the file cannot be made.
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
    """Hold an open file, if nobody does. True where the system or the disk has no such locks."""
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
    """Hold an open file, and wait for whoever holds it. Blocks; for what takes a moment only."""
    with suppress(ImportError, OSError):  # the system or the disk has no such locks
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


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
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def holder_of(path: Path) -> str | None:
    """The process that holds the file, to name it in a sentence; ``None`` if it is done and the file gone."""
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
    """Whether the open file still has its name: its last holder may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
