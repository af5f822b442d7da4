"""One process at a time on one run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.jobs import process_lock

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
    return process_lock.is_held(journal.with_suffix(SUFFIX))


def _taken(descriptor: int) -> bool:
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        if process_lock.take(descriptor):
            return True
    return False
