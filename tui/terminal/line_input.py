"""Reading one line from the terminal without a line editor."""

from __future__ import annotations

import getpass
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


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
