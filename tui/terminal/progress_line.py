"""The progress of a job: a line that is updated in place on a terminal, else plain lines."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from types import TracebackType
from typing import Protocol, Self, TextIO

from .cells import cut
from .visible import visible

EVERY = 5.0
"""Minimum seconds between two plain lines."""

SECOND = 1.0

SILENCE = 60.0
"""Seconds after which the last plain line is repeated, so that a log shows activity."""


class Progress(Protocol):
    """Shows progress: each text replaces the previous one.

    ``until`` is the epoch second at which a wait ends; a wait is shown at once.
    """

    def __call__(self, text: str, /, *, until: float | None = None) -> None: ...  # noqa: D102 - see the class


class ProgressLine:
    """Shows the newest progress. On a terminal the line is updated in place and removed at the end.

    Elsewhere it writes a line at once when a wait begins, otherwise at most every ``EVERY`` and at least
    every ``SILENCE`` seconds; the newest text is always written.

    Args:
        stream: the stream to write to.
        clock: monotonic seconds.
        now: epoch seconds.
        in_place: whether to update in place; by default if the stream is a terminal.
    """

    def __init__(
        self,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
        *,
        now: Callable[[], float] = time.time,
        in_place: bool | None = None,
    ) -> None:
        self._stream = stream or sys.stderr
        self._in_place = self._stream.isatty() if in_place is None else in_place
        self._clock = clock
        self._now = now
        self._line = ""
        self._until: float | None = None
        self._written = ""
        self._written_at: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def show(self, text: str, /, *, until: float | None = None) -> None:
        """Replace the progress shown."""
        begins_to_wait = until is not None and until != self._until
        self._line, self._until = visible(text), until
        if self._in_place:
            self._draw()
        elif self._line != self._written and (begins_to_wait or self._seconds_left() <= 0):
            self._print()
        self._set_timer()

    def above(self, say: Callable[[str], None]) -> Callable[[str], None]:
        """Wrap a function that writes messages so that they appear above the progress line."""

        def report(text: str) -> None:
            self._clear()
            say(text)
            if self._until is not None:
                self._set_timer()
            elif self._timer is not None:
                self._timer.cancel()

        return report

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._clear()

    def tick(self) -> None:
        """Write the pending text if it is due, or repeat the last one after a silence."""
        self._timer = None
        if self._in_place:
            self._draw()
        elif self._seconds_left() <= 0:
            self._print()
        self._set_timer()

    def _seconds_left(self) -> float:
        if self._written_at is None:
            return 0.0
        interval = EVERY if self._line != self._written else SILENCE
        return self._written_at + interval - self._clock()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        delay = SECOND if self._in_place and self._until is not None else self._seconds_left()
        if self._in_place and self._until is None:
            return
        with suppress(RuntimeError):  # Without a running loop nothing comes by itself.
            self._timer = asyncio.get_running_loop().call_later(max(delay, 0.01), self.tick)

    def _draw(self) -> None:
        line = self._line + self._time_left()
        if line != self._written:
            self._written = line
            self._write("\r\x1b[K" + cut(line, shutil.get_terminal_size().columns - 1))

    def _print(self) -> None:
        again = "still: " if self._line == self._written else ""
        self._written, self._written_at = self._line, self._clock()
        self._write(f"{again}{self._line}{self._time_left()}\n")

    def _time_left(self) -> str:
        if self._until is None:
            return ""
        minutes, seconds = divmod(max(0, ceil(self._until - self._now())), 60)
        return f" ({minutes} min {seconds} s left)" if minutes else f" ({seconds} s left)"

    def _clear(self) -> None:
        if self._in_place and self._written:
            self._written = ""
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        with suppress(OSError):  # Where nobody reads the progress, the work goes on all the same.
            self._stream.write(text)
            self._stream.flush()
