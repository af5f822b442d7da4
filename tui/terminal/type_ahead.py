"""Keys that were typed before a question could be read: they are not its answer."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import time
from contextlib import suppress
from typing import Any

try:
    import termios
except ImportError:  # Windows has no line discipline.
    termios = None  # type: ignore[assignment]

QUIET = 0.5
"""Seconds for which a question must have been visible without a key before it accepts an answer."""

_POLL = 0.05


async def discard_type_ahead(quiet: float = QUIET) -> None:
    """Drop what was typed on standard input until nothing was typed for ``quiet`` seconds.

    Call it after the question was written and before its answer is read. The keys are not echoed. Ctrl+c
    still interrupts. Nothing happens where standard input is not a terminal: a pipe is not typed ahead.
    """
    found = _terminal_modes()
    if found is None:
        return
    terminal, before = found
    single_keys = [*before]
    single_keys[3] &= ~(termios.ICANON | termios.ECHO)
    try:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, single_keys)
        await _wait_until_quiet(terminal, quiet)
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _terminal_modes() -> tuple[int, list[Any]] | None:
    """The descriptor of standard input and its modes, if it is a terminal."""
    if termios is None:
        return None
    with suppress(termios.error, OSError, ValueError, AttributeError):
        terminal = sys.stdin.fileno()
        return terminal, termios.tcgetattr(terminal)
    return None


async def _wait_until_quiet(terminal: int, quiet: float) -> None:
    """Read keys and drop them; return early where the terminal is gone."""
    since = time.monotonic()
    while time.monotonic() - since < quiet:
        await asyncio.sleep(_POLL)
        if select.select([terminal], [], [], 0)[0]:
            since = time.monotonic()
            if not os.read(terminal, 4096):
                return
