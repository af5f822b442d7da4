"""A process that dies at the n-th step that it takes on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

STEPS = ((os, "open"), (os, "fsync"), (os, "link"), (Path, "replace"), (Path, "unlink"), (Path, "touch"))


class Crash(BaseException):
    """The process died: nothing of it runs any more, and nothing is cleaned up."""


@contextmanager
def crashing_at(step: int | None) -> Iterator[list[str]]:
    """Die at that step on the disk and refuse all later ones; yields the steps taken."""
    taken: list[str] = []
    dead = False
    with pytest.MonkeyPatch.context() as patch:
        for holder, name in STEPS:
            real: Any = getattr(holder, name)

            def instead(*args: Any, _real: Any = real, _name: str = name, **named: Any) -> Any:
                nonlocal dead
                dead = dead or len(taken) == step
                if dead:
                    raise Crash
                taken.append(_name)
                return _real(*args, **named)

            patch.setattr(holder, name, instead)
        try:
            yield taken
        finally:
            patch.undo()
            if dead:
                _release_locks()


def _release_locks() -> None:
    """Close the lock files that are open, as the system does for a process that died."""
    for number in list(Path("/proc/self/fd").iterdir()):
        with suppress(OSError):
            if number.readlink().name in ("lock", "lock (deleted)"):
                os.close(int(number.name))
