"""One process at a time on one run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .rows import ImportRefused


@contextmanager
def held(journal: Path) -> Iterator[None]:
    """Hold the run of a journal; the system lets go of it when this process ends, however it ends.

    Raises:
        ImportRefused: there is no such run, or another process is at it.
    """
    if not journal.exists():
        raise ImportRefused(f"there is no import {journal.stem}", hint="See which there are: ordex jobs.")
    try:
        import fcntl
    except ImportError:  # Windows: there the journal's own locks must do.
        yield
        return
    lock = journal.with_suffix(".lock")
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ImportRefused(
                f"import {journal.stem} is under way elsewhere", hint="Wait for it, or end it there first."
            ) from None
        yield
    finally:
        os.close(descriptor)
