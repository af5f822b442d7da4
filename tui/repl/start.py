"""A quick start: the garbage collector rests while modules are read in, for nothing of them is garbage."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 0.5


@contextmanager
def quick_start() -> Iterator[None]:
    """Rest the collector until the prompt has been up for a moment, or the session ends before."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    waking = asyncio.get_running_loop().call_later(SECONDS, gc.enable)
    try:
        yield
    finally:
        waking.cancel()
        gc.enable()
