"""What completion knows: plain data and quick look-ups, nothing that asks the network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .memory import Memory

MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A snapshot to complete from.

    ``values`` are values seen by the filter language's field names, the likeliest first; ``used`` how often a
    word was used; ``last`` what ``_`` stands for; ``files`` the paths that begin with a text.
    """

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    last: Any = None
    queries: Sequence[str] = ()
    files: Callable[[str], Sequence[str]] = lambda _: ()
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @classmethod
    def of(cls, memory: Memory, used: Mapping[str, int], queries: Sequence[str]) -> Knowledge:
        """What a session knows now."""
        return cls(memory.values(), used, dict(memory.variables), memory.last, queries, files_from)


def files_from(typed: str) -> list[str]:
    """Paths that begin with what is typed, folders with a slash at the end; hidden ones when asked for."""
    folder, _, start = typed.rpartition("/")
    shown = f"{folder}/" if "/" in typed else ""
    try:
        return sorted(shown + name for name in _entries(Path(shown or ".").expanduser(), start))
    except (OSError, RuntimeError):
        return []


def _entries(folder: Path, start: str) -> Iterator[str]:
    taken = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(start) and (start or not entry.name.startswith(".")):
                yield entry.name + ("/" if entry.is_dir() else "")
                taken += 1
                if taken == MOST_FILES:
                    return
