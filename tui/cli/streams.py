"""The process's three standard streams: there even when it was started without one, and able to break.

SIGPIPE stays ignored, as Python has it: were it not, a peer that hangs up on any socket would kill the
process where it stands. A reader that leaves a pipe early is told by ``BrokenPipeError`` instead.
"""

from __future__ import annotations

import io
import os
import sys

from tui.actions.exit_codes import ExitCode

READER_LEFT = 141
"""The exit code when stdout's reader left early: what the shell reports of programs that SIGPIPE ends."""


class OutputEnded(Exception):
    """The data cannot be written to stdout; ``why`` is empty when its reader just left."""

    def __init__(self, code: int, why: str = "") -> None:
        super().__init__(why)
        self.code = code
        self.why = why


def prepare() -> None:
    """Stand in for streams that are closed, before anything opens files, and write UTF-8 with bare newlines.

    A file opened while 0, 1 or 2 is free would get that number, and be written to by whoever means a stream.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _stand_in(number)
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - it lives as long as the process
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def write(text: str) -> None:
    """Write data to stdout.

    Raises:
        OutputEnded: its reader left, as ``head`` does, or it cannot be written, for example to a full disk.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise OutputEnded(reader_left()) from None
    except OSError as error:
        _forget_what_is_left()
        raise OutputEnded(ExitCode.PARTIAL, f"stdout cannot be written: {error.strerror}") from None


def reader_left() -> int:
    """The exit code when stdout has no reader any more; what is still buffered goes nowhere."""
    _forget_what_is_left()
    return READER_LEFT


def _forget_what_is_left() -> None:
    """Let the rest of the buffer go nowhere, since Python flushes it once more at the end."""
    try:
        _stand_in(sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _stand_in(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
