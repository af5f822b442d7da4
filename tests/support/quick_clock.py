"""Real time, but waits are a fraction of what they are: for tests with real sockets and processes."""

from __future__ import annotations

import asyncio
import time


class QuickClock:
    """A clock whose sleeps last a fortieth."""

    def now(self) -> float:
        """Epoch seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait a fortieth of so many seconds."""
        await asyncio.sleep(seconds / 40)
