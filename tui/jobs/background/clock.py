"""The clock of background work, pauses, and durations as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from tui.voucherify.write_lock import seconds_awake_and_asleep

PAUSE_STEP = 1.0
"""Seconds between two checks during a wait whether it may end early."""


class Clock(Protocol):
    """The time; tests pass a clock of their own.

    Compare ``now`` with times of the service or of another process: the user may set it. Measure durations
    by ``monotonic``.
    """

    def now(self) -> float:
        """Epoch seconds."""

    def monotonic(self) -> float:
        """Seconds that only grow, from an arbitrary start."""

    async def sleep(self, seconds: float) -> None:
        """Wait for this many seconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Epoch seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only grow, also while the machine sleeps."""
        return seconds_awake_and_asleep()

    async def sleep(self, seconds: float) -> None:
        """Wait for this many seconds."""
        await asyncio.sleep(seconds)


async def pause(clock: Clock, seconds: float, is_stopped: Callable[[], bool] | None = None) -> None:
    """Wait for this many seconds, or until ``is_stopped`` returns true."""
    if is_stopped is None:
        await clock.sleep(seconds)
        return
    while seconds > 0 and not is_stopped():
        await clock.sleep(min(seconds, PAUSE_STEP))
        seconds -= PAUSE_STEP


def format_duration(seconds: float) -> str:
    """Format a duration: ``40 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{minutes} min"
