"""Reading lines from the terminal without a line editor, and dropping keys typed ahead of a question."""

from __future__ import annotations

import asyncio
import getpass
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


def read_line(prompt: str, *, hidden: bool = False) -> str:
    """Put a prompt on stderr and read the line that is typed; a hidden one is not shown.

    Nothing else happens meanwhile, so it may wait in an event loop's own thread, where an interrupt reaches
    it.

    Args:
        prompt: visible text.
        hidden: whether it is a secret. It is read from the terminal even where stdin is none.

    Raises:
        EOFError: the person ends the input.
        KeyboardInterrupt: the person interrupts.
    """
    with default_interrupt():
        if hidden:
            return getpass.getpass(prompt, stream=sys.stderr)
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def has_terminal() -> bool:
    """Whether somebody can be asked although stdin may be a pipe."""
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        return True
    return False


@contextmanager
def default_interrupt() -> Iterator[None]:
    """Let an interrupt raise ``KeyboardInterrupt`` where the main thread is."""
    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:  # not in the main thread, where no interrupt arrives
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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
