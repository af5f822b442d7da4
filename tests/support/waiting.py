"""Waiting for something to become true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Let others run until the condition holds; fail if it does not in good time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - any condition, not only what sets an event
            await asyncio.sleep(0.001)
