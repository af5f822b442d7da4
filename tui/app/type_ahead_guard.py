"""Keys typed before a question could be read do not answer it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from tui.terminal.line_input import QUIET

_POLL = 0.05

Clock = Callable[[], float]
"""Seconds that only grow."""


class TypeAheadGuard:
    """Accepts keys only after its screen was visible, and no key was pressed, for ``QUIET``.

    Nothing has the focus until then. Where something covered the screen, the wait begins again: keys pressed
    in the meantime were meant for the other screen.

    Args:
        screen: the screen, which passes on its keys and says when it is on top.
        first_focus: gives what takes the focus when keys are accepted.
        clock: the clock, for tests.
    """

    def __init__(
        self, screen: Screen[Any], first_focus: Callable[[], Widget | None], *, clock: Clock = time.monotonic
    ) -> None:
        self._screen = screen
        self._first_focus = first_focus
        self._clock = clock
        self._quiet_since: float | None = None
        self.accepts_keys = False
        """Whether a key is an answer."""

    def restart(self) -> None:
        """Wait until the screen is painted, then for the quiet time."""
        self._quiet_since = None
        self._set_accepting(False)
        self._screen.set_focus(None)
        self._screen.call_after_refresh(self._begin_waiting)

    def key_pressed(self, event: events.Key) -> None:
        """A key that comes too early was meant for the previous screen; the wait begins again."""
        if not self.accepts_keys:
            event.stop()
            if self._quiet_since is not None:
                self._quiet_since = self._clock()

    def _begin_waiting(self) -> None:
        if self._quiet_since is None and self._screen.is_current:
            self._quiet_since = self._clock()
            self._screen.set_timer(QUIET, self._accept_when_quiet)

    def _accept_when_quiet(self) -> None:
        if self._quiet_since is None or self.accepts_keys or not self._screen.is_current:
            return
        if self._clock() - self._quiet_since < QUIET:
            self._screen.set_timer(_POLL, self._accept_when_quiet)
            return
        self._set_accepting(True)
        if (wanted := self._first_focus()) is not None and self._screen.focused is None:
            wanted.focus()

    def _set_accepting(self, accepts: bool) -> None:
        self.accepts_keys = accepts
        self._screen.set_class(not accepts, "-waiting")
