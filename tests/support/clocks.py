"""Time and budgets that a test owns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


class FakeClock:
    """A clock that moves only when someone sleeps on it."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self._now = now
        self._since_start = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Epoch seconds."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self._since_start

    def set(self, now: float) -> None:
        """Set the clock, as somebody does by hand."""
        self._now = now

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self._now += seconds
        self._since_start += seconds
        await asyncio.sleep(0)


@dataclass
class FixedBudget:
    """A budget as the adapter shows it, set by hand."""

    limit: int | None = None
    remaining: int | None = None
    resets_at: float | None = None
    seen_at: float | None = None
