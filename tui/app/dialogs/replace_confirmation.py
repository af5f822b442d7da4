"""A second enter replaces an existing file, if the warning was visible long enough to be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

READING = 0.25
"""Seconds that a warning must be visible before it can be confirmed."""


class ReplaceConfirmation:
    """What a screen warned of, and since when the warning is visible."""

    def __init__(self, screen: Screen[Any], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._screen = screen
        self._clock = clock
        self._warned_of: object = None
        self._seen_at: float | None = None

    def is_agreed(self, what: object) -> bool:
        """Whether the warning about ``what`` was visible long enough; if not, the caller must show it."""
        if what == self._warned_of:
            return self._seen_at is not None and self._clock() - self._seen_at >= READING
        self._warned_of, self._seen_at = what, None
        self._screen.call_after_refresh(self._see)
        return False

    def _see(self) -> None:
        self._seen_at = self._clock()
