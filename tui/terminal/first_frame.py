"""The first frame: a title line that is drawn before Textual is imported.

It is drawn on the alternate screen by escape codes. The explorer enters the alternate screen again, which has
no effect, and calls ``hand_over``: from then on it restores the terminal. Until then ``withdraw`` does.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
"""Known to type checkers by its name; importing ``typing`` takes longer than drawing the frame."""

if TYPE_CHECKING:
    from typing import TextIO

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
_LEAVE = "\x1b[?1049l\x1b[?25h"
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

_held: list[TextIO] = []
"""The terminal that shows the frame, until it is handed over or withdrawn."""


_interrupts: list[int] = []


def see_to_interrupts() -> None:
    """Raise an interrupt that an import swallowed while the frame was shown.

    Raises:
        KeyboardInterrupt: an interrupt was swallowed.
    """
    if _interrupts:
        _interrupts.clear()
        raise KeyboardInterrupt


def can_show() -> bool:
    """Whether all three streams are a terminal that supports the escape codes."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    known = sys.platform != "win32" and os.environ.get("TERM", "dumb") != "dumb"
    return known and all(stream is not None and stream.isatty() for stream in streams)


def frame(product: str, account: str, width: int) -> str:
    """The line of the frame, at most ``width`` characters, in the place of the explorer's title.

    Both texts must be visible text already; ``account`` may be empty.
    """
    room = max(0, width - 1)
    line = "  ".join(part for part in (product, account, "opening…") if part)[:room]
    name, rest = line[: len(product)], line[len(product) :]
    return f" {_BOLD}{name}{_PLAIN}{_DIM}{rest}{_PLAIN}"


def show(product: str, account: str = "") -> None:
    """Draw or update the frame, if there is a terminal."""
    # The stream that Textual draws on.
    terminal = sys.__stderr__
    if terminal is None or not can_show():
        return
    enter = "" if _held else _ENTER
    _withdraw_on_signals()
    # Set before writing, so that an interrupt during the write can remove the frame.
    _held[:] = [terminal]
    try:
        line = frame(product, account, os.get_terminal_size(terminal.fileno()).columns)
        terminal.write(f"{enter}\r{line}\x1b[K")
        terminal.flush()
    except (OSError, UnicodeEncodeError):
        if enter:
            _held.clear()


def hand_over() -> None:
    """Leave restoring the terminal to the explorer."""
    _held.clear()


def withdraw() -> None:
    """Remove the frame and restore the terminal, unless it was handed over."""
    try:
        for terminal in _held:
            terminal.write(_LEAVE)
            terminal.flush()
    except OSError:
        pass  # the terminal is gone, and the frame with it
    _held.clear()


def _withdraw_on_signals() -> None:
    """Remove the frame when a signal ends the process.

    The explorer replaces these handlers by its own.
    """
    # ``_signal`` instead of ``signal``, whose enumerations take longer to import than the frame to draw.
    import _signal  # type: ignore[import-not-found,unused-ignore]

    def end(number: int, frame: object) -> None:
        del frame
        withdraw()
        _signal.signal(number, _signal.SIG_DFL)
        _signal.raise_signal(number)

    def interrupt(number: int, frame: object) -> None:
        _interrupts.append(number)
        _signal.default_int_handler(number, frame)

    for number in (_signal.SIGTERM, _signal.SIGHUP):
        if _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, end)
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, interrupt)
