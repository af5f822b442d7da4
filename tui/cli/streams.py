"""Standard streams: data to stdout, messages to stderr, also where a stream is closed or broken.

SIGPIPE stays ignored, as Python sets it: otherwise a peer that closes any socket would kill the process. A
reader that closes stdout early raises ``BrokenPipeError`` instead.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

from tui.actions.exit_codes import ExitCode

READER_LEFT = 141
"""The exit code when stdout was closed early: what a shell reports for programs killed by SIGPIPE."""


class OutputEnded(Exception):
    """Stdout cannot be written; ``why`` is empty if its reader closed it."""

    def __init__(self, code: int, why: str = "") -> None:
        super().__init__(why)
        self.code = code
        self.why = why


def prepare() -> None:
    """Replace closed streams by the null device, and write UTF-8 without translating newlines.

    Call it before any file is opened: a file that gets number 0, 1 or 2 would receive the stream's output.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _open_null_device(number)
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - open until the process ends
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def write(text: str) -> None:
    """Write data to stdout.

    Raises:
        OutputEnded: its reader closed it, as ``head`` does, or the disk is full, for example.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise OutputEnded(reader_left()) from None
    except OSError as error:
        _discard_buffer()
        raise OutputEnded(ExitCode.PARTIAL, f"stdout cannot be written: {error.strerror}") from None


def reader_left() -> int:
    """Discard buffered output after stdout was closed; return the exit code."""
    _discard_buffer()
    return READER_LEFT


def _discard_buffer() -> None:
    """Redirect stdout to the null device, since Python flushes its buffer again at exit."""
    try:
        _open_null_device(sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _open_null_device(number: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    if null != number:
        os.dup2(null, number)
        os.close(null)


def narrate(text: str) -> None:
    """Write a message to stderr as visible text, without secrets.

    An error of stderr is ignored: the command continues.
    """
    from tui.terminal.redaction import redacted
    from tui.terminal.visible import visible

    with suppress(OSError):
        sys.stderr.write(visible(redacted(text), multiline=True) + "\n")
        sys.stderr.flush()
