"""A second enter replaces what is there; one that came before the warning could be read does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

READING = 0.25
"""Seconds for which a warning is in sight before it can be agreed to."""


class Replacing:
    """What was warned of on a screen, and since when the warning is in sight."""

    def __init__(self, screen: Screen[Any], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._screen = screen
        self._clock = clock
        self._warned_of: object = None
        self._seen_at: float | None = None

    def is_agreed(self, what: object) -> bool:
        """Whether this was warned of in time; where not, the caller warns of it now."""
        if what == self._warned_of:
            return self._seen_at is not None and self._clock() - self._seen_at >= READING
        self._warned_of, self._seen_at = what, None
        self._screen.call_after_refresh(self._see)
        return False

    def _see(self) -> None:
        self._seen_at = self._clock()
