"""What is under way and since when, on the bottom line of the screen in front."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.terminal.visible import visible

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer
    from textual.widget import Widget

DELAY = 0.25
"""Seconds after which a call is shown; what is quicker needs no sign."""

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_STEP = 0.1


@contextmanager
def activity(where: Widget, verb: str) -> Iterator[None]:
    """Show a verb (“Checking the order”) and the seconds so far while the block takes longer than ``DELAY``.

    It is shown on whatever screen is in front, and moves when that changes.
    """
    # Kept by the app itself: a process opens one app after another, and none of them may outlive its end.
    indicator: _Indicator = vars(where.app).setdefault("_activity_indicator", _Indicator(where.app))
    entry = (verb, time.monotonic())
    indicator.begin(entry)
    try:
        yield
    finally:
        indicator.end(entry)


class ActivityLine(Static):
    """One line over the bottom of a screen; it takes no room from what is below."""


class _Indicator:
    """The activities of one app; the newest is shown."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._entries: list[tuple[str, float]] = []
        self._timer: Timer | None = None
        self._lines: list[ActivityLine] = []

    def begin(self, entry: tuple[str, float]) -> None:
        self._entries.append(entry)
        if self._timer is None:
            self._timer = self._app.set_interval(_STEP, self._draw)

    def end(self, entry: tuple[str, float]) -> None:
        self._entries.remove(entry)
        if not self._entries and self._timer is not None:
            self._timer.stop()
            self._timer = None
            for line in self._lines:
                line.display = False

    def _draw(self) -> None:
        if not self._entries or not self._app.screen.is_mounted:
            return
        verb, since = self._entries[-1]
        elapsed = time.monotonic() - since
        if elapsed < DELAY:
            return
        line, size = self._line_of(self._app.screen), self._app.screen.size
        frame = _FRAMES[int(elapsed / _STEP) % len(_FRAMES)]
        line.update(Content(visible(f"{frame} {verb}… {elapsed:.1f} s", limit=max(20, size.width - 4))))
        line.styles.offset = (0, size.height - 1)
        line.display = True

    def _line_of(self, screen: Screen[Any]) -> ActivityLine:
        self._lines = [line for line in self._lines if line.is_attached]
        for line in self._lines:
            if line.parent is screen:
                return line
            line.display = False
        line = ActivityLine()
        screen.mount(line)
        self._lines.append(line)
        return line
