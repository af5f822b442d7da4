"""One process at a time on one run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .rows import ImportRefused

SUFFIX = ".lock"

TRIES, PAUSE = 4, 0.02
"""How often, and with how many seconds between, a run is tried: who only looks holds it for a moment."""


@contextmanager
def held(journal: Path) -> Iterator[None]:
    """Hold the run of a journal; the system lets go of it when this process ends, however it ends.

    Raises:
        ImportRefused: there is no such run, or another process is at it.
    """
    if not journal.exists():
        raise ImportRefused(f"there is no import {journal.stem}", hint="See which there are: ordex jobs.")
    try:
        import fcntl  # noqa: F401 - whether there is one
    except ImportError:  # Windows: there the journal's own locks must do.
        yield
        return
    descriptor = os.open(journal.with_suffix(SUFFIX), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if not _taken(descriptor):
            raise ImportRefused(
                f"import {journal.stem} is under way elsewhere",
                hint=f"Follow it with ordex jobs wait {journal.stem}, or end it there first.",
            )
        yield
    finally:
        os.close(descriptor)


def is_held(journal: Path) -> bool:
    """Whether some process, this one or another, holds the run. False where the system cannot tell."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        descriptor = os.open(journal.with_suffix(SUFFIX), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _taken(descriptor: int) -> bool:
    import fcntl

    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        return True
    return False
