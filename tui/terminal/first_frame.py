"""The first frame: a line on the screen before the explorer's framework is even imported.

It goes to the terminal's alternate screen by plain escape codes. Whoever then draws on the screen enters the
alternate screen once more, which changes nothing, and says ``hand_over``: from then on leaving it is theirs.
Until then ``withdraw`` takes the frame away without a trace.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
"""Type checkers know the name; importing ``typing`` for it takes longer than all the rest of the frame."""

if TYPE_CHECKING:
    from typing import TextIO

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
_LEAVE = "\x1b[?1049l\x1b[?25h"
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

_held: list[TextIO] = []
"""The terminal that the frame is on, until it is handed over or withdrawn."""


_interrupts: list[int] = []


def see_to_interrupts() -> None:
    """Raise an interrupt that came while the frame stood and was lost: imports swallow some.

    Raises:
        KeyboardInterrupt: there was one.
    """
    if _interrupts:
        _interrupts.clear()
        raise KeyboardInterrupt


def can_show() -> bool:
    """Whether there is a terminal that takes part in all three streams and knows the codes."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    known = sys.platform != "win32" and os.environ.get("TERM", "dumb") != "dumb"
    return known and all(stream is not None and stream.isatty() for stream in streams)


def frame(product: str, account: str, width: int) -> str:
    """The frame's one line, at most ``width`` characters, where the explorer's title will be.

    Both texts must be visible text already; ``account`` may be empty.
    """
    room = max(0, width - 1)
    line = "  ".join(part for part in (product, account, "opening…") if part)[:room]
    name, rest = line[: len(product)], line[len(product) :]
    return f" {_BOLD}{name}{_PLAIN}{_DIM}{rest}{_PLAIN}"


def show(product: str, account: str = "") -> None:
    """Put the frame on the screen if there is a screen; again, to say more."""
    # The stream that Textual draws on.
    terminal = sys.__stderr__
    if terminal is None or not can_show():
        return
    enter = "" if _held else _ENTER
    _withdraw_on_signals()
    # Held before it is there, so that an interrupt amid the writing finds it.
    _held[:] = [terminal]
    try:
        line = frame(product, account, os.get_terminal_size(terminal.fileno()).columns)
        terminal.write(f"{enter}\r{line}\x1b[K")
        terminal.flush()
    except (OSError, UnicodeEncodeError):
        if enter:
            _held.clear()


def hand_over() -> None:
    """The screen is somebody else's from now on, and so is leaving it."""
    _held.clear()


def withdraw() -> None:
    """Take the frame away, if it is still ours: the terminal is as it was before."""
    try:
        for terminal in _held:
            terminal.write(_LEAVE)
            terminal.flush()
    except OSError:
        pass  # the terminal is gone, and the frame with it
    _held.clear()


def _withdraw_on_signals() -> None:
    """A signal that would end the process at once takes the frame away first.

    Whoever draws on the screen next puts handlers of their own in the place of these.
    """
    # What ``signal`` is made of, without the enumerations that take longer to read in than the frame to draw.
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
