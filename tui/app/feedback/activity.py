"""The activity indicator: what is in progress, and for how long, on the bottom line of the top screen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


_VERBS = (
    ("GET orders/", "Reading an order"),
    ("GET orders", "Reading orders"),
    ("POST orders/import", "Sending orders"),
    ("POST orders/export", "Requesting an export"),
    ("POST orders", "Sending an order"),
    ("PUT orders", "Sending an order"),
    ("DELETE exports", "Deleting an export"),
    ("GET exports/", "Reading an export"),
    ("GET async-actions/", "Reading a job"),
    ("GET exports", "Reading jobs"),
    ("GET async-actions", "Reading jobs"),
)
"""What a call does, by its method and the beginning of its path; an export's file may be anywhere."""


@contextmanager
def activity(where: Widget, verb: str) -> Iterator[None]:
    """Show a verb (“Checking the order”) and the seconds so far while the block takes longer than ``DELAY``.

    It is shown on the top screen, and moves when another screen is on top.
    """
    with _shown(where.app, _Entry(verb, time.monotonic())):
        yield


def watch_calls(app: App[Any], client: object) -> None:
    """Show every call of a client in the same way, unless an ``activity`` describes it better.

    One place shows them all, so that no screen can forget to.
    """
    if hasattr(client, "around_call"):
        client.around_call = lambda method, path: _shown(
            app, _Entry(call_verb(method, path), time.monotonic(), is_call=True)
        )


def call_verb(method: str, path: str) -> str:
    """What a call of the API does, for a person."""
    place = path.partition("/v1/")[2]
    return next((verb for start, verb in _VERBS if f"{method} {place}".startswith(start)), "Downloading")


@contextmanager
def _shown(app: App[Any], entry: _Entry) -> Iterator[None]:
    # Kept by the app itself: a process opens one app after another, and none of them may outlive its end.
    indicator: _Indicator = vars(app).setdefault("_activity_indicator", _Indicator(app))
    indicator.begin(entry)
    try:
        yield
    finally:
        indicator.end(entry)


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """Something under way; ``since`` is on the monotonic clock."""

    verb: str
    since: float
    is_call: bool = False


class ActivityLine(Static):
    """One line over the bottom of a screen; it takes no room from what is below."""


class _Indicator:
    """The activities of one app. The newest activity is shown, or else the call that takes longest."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._entries: list[_Entry] = []
        self._timer: Timer | None = None
        self._lines: list[ActivityLine] = []

    def begin(self, entry: _Entry) -> None:
        self._entries.append(entry)
        if self._timer is None:
            self._timer = self._app.set_interval(_STEP, self._draw)

    def end(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        if not self._entries and self._timer is not None:
            self._timer.stop()
            self._timer = None
            for line in self._lines:
                line.display = False

    def _draw(self) -> None:
        if not self._entries or not self._app.screen.is_mounted:
            return
        activities = [each for each in self._entries if not each.is_call]
        entry = activities[-1] if activities else self._entries[0]
        elapsed = time.monotonic() - entry.since
        if elapsed < DELAY:
            return
        line, size = self._line_of(self._app.screen), self._app.screen.size
        frame = _FRAMES[int(elapsed / _STEP) % len(_FRAMES)]
        line.update(Content(visible(f"{frame} {entry.verb}… {elapsed:.1f} s", limit=max(20, size.width - 4))))
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
