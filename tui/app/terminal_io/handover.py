"""Handing the terminal to another program, and restoring it however that program ends."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from tui.terminal.process_signals import has_job_control

try:
    import termios
except ImportError:  # Windows has no line discipline to restore.
    termios = None  # type: ignore[assignment]

_LEAVE_MODES = "\x1b[?1000;1002;1003;1004;1006;2004l\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[0m"
"""Off: mouse reports, focus reports, bracketed paste, the alternate screen. On: cursor, line wrap."""

_KEYBOARD_SIGNALS = ("SIGINT", "SIGQUIT")


@contextmanager
def restored_terminal() -> Iterator[None]:
    """Restore line discipline, modes and signal handlers when the block ends, with or without an error.

    A program that dies may leave the terminal raw or in the alternate screen. Textual reads the line
    discipline again when it resumes, so it would put that state back at the end of the app.

    Ctrl+c and ctrl+backslash go to every process of the foreground group. While the block lasts they are
    meant for the other program, so they are ignored here, by a handler: an ignored signal would be
    inherited. So is ctrl+z where no shell could continue this process: Textual would stop it for ever.
    Keys that the other program did not read are dropped: they were not meant for the app.
    """
    discipline = _line_discipline()
    handlers = {
        number: signal.signal(number, _ignore)
        for name in (*_KEYBOARD_SIGNALS, *(() if has_job_control() else ("SIGTSTP",)))
        if (number := getattr(signal, name, None)) is not None
    }
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if discipline is not None:
            with suppress(termios.error, OSError, ValueError):
                termios.tcsetattr(_stdin(), termios.TCSAFLUSH, discipline)
        if sys.__stderr__ is not None and sys.__stderr__.isatty():
            with suppress(OSError):
                sys.__stderr__.write(_LEAVE_MODES)
                sys.__stderr__.flush()


def _line_discipline() -> Any:
    if termios is None:
        return None
    with suppress(termios.error, OSError, ValueError, AttributeError):
        return termios.tcgetattr(_stdin())
    return None


def _stdin() -> int:
    return sys.__stdin__.fileno() if sys.__stdin__ is not None else -1


def _ignore(number: int, frame: FrameType | None) -> None:
    del number, frame
