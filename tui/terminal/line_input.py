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
    """Write a prompt to stderr and read a line; hidden input is not echoed.

    It blocks, also the event loop of its thread, so that an interrupt reaches it.

    Args:
        prompt: visible text.
        hidden: whether it is a secret, which is read from the terminal even if stdin is a pipe.

    Raises:
        EOFError: the user ends the input.
        KeyboardInterrupt: the user interrupts.
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
    """Whether the process has a terminal, even if stdin is a pipe."""
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        return True
    return False


@contextmanager
def default_interrupt() -> Iterator[None]:
    """Let an interrupt raise ``KeyboardInterrupt`` in the main thread."""
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
"""Seconds without a key that a question must be visible before it accepts an answer."""

_POLL = 0.05


async def discard_type_ahead(quiet: float = QUIET) -> None:
    """Discard keys from standard input until none was typed for ``quiet`` seconds.

    Call it after the question was written and before its answer is read. The keys are not echoed. Ctrl+c
    still interrupts. It does nothing if standard input is not a terminal.
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
    """The descriptor and modes of standard input, if it is a terminal."""
    if termios is None:
        return None
    with suppress(termios.error, OSError, ValueError, AttributeError):
        terminal = sys.stdin.fileno()
        return terminal, termios.tcgetattr(terminal)
    return None


async def _wait_until_quiet(terminal: int, quiet: float) -> None:
    """Read and discard keys; return early if the terminal is gone."""
    since = time.monotonic()
    while time.monotonic() - since < quiet:
        await asyncio.sleep(_POLL)
        if select.select([terminal], [], [], 0)[0]:
            since = time.monotonic()
            if not os.read(terminal, 4096):
                return
