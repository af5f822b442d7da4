"""The progress of a job on stderr: one line that changes in place, or plain lines where that cannot be."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from tui.terminal.cells import cut
from tui.terminal.visible import visible

EVERY = 5.0
"""Seconds between two lines where a line cannot change in place."""


class ProgressLine:
    """Shows the newest progress. On a terminal it changes in place and is gone at the end.

    Args:
        stream: where it is shown.
        clock: monotonic seconds.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._in_place = self._stream.isatty()
        self._clock = clock
        self._shown = ""
        self._said_at: float | None = None

    def show(self, text: str) -> None:
        """Show this progress in place of the one before."""
        line = visible(text)
        if line == self._shown:
            return
        if self._in_place:
            self._shown = line
            self._write("\r\x1b[K" + cut(line, shutil.get_terminal_size().columns - 1))
        elif self._said_at is None or self._clock() - self._said_at >= EVERY:
            self._shown, self._said_at = line, self._clock()
            self._write(line + "\n")

    def above(self, say: Callable[[str], None]) -> Callable[[str], None]:
        """A way of saying sentences that does not tear the progress line."""

        def said(text: str) -> None:
            self._clear()
            say(text)

        return said

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._in_place and self._shown:
            self._shown = ""
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
