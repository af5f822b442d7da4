"""Telling a person in time that changes will be refused again, and that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.widget import Widget

from tui.actions.account_status import minutes_and_seconds
from tui.app.feedback.notifications import notify

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo

A_TICK = 1.0
"""Seconds between two looks."""

IN_TIME = 60.0
"""Seconds before the end at which it is announced, unless there were no more from the start."""


class LockWatch:
    """Looks at the lock of a session each second while it is open for a time, and not otherwise."""

    def __init__(self, where: Widget, opened: SessionInfo) -> None:
        self._where = where
        self._opened = opened
        self._name = opened.name
        self._ticking: Timer | None = None
        self._was_open = not opened.read_only
        self._announced = False

    def look(self) -> None:
        """See how the lock is; whoever opens or closes it calls this once, then the clock does.

        It is called at the beginning too: a lock may come opened for a time from the REPL.
        """
        left, is_open = self._opened.write_lock.seconds_left, not self._opened.read_only
        if is_open and not self._was_open and left is not None:
            self._tell("Unlocked", f"changes are allowed for {minutes_and_seconds(left)}.")
            self._announced = left <= IN_TIME
        elif self._was_open and not is_open:
            self._tell("Locked", "it only reads.")
        elif left is not None and left <= IN_TIME and not self._announced:
            self._announced = True
            self._tell("Unlocked", "in a minute it only reads again.")
        self._was_open = is_open
        self._tick(go_on=left is not None)

    def _tick(self, *, go_on: bool) -> None:
        if go_on and self._ticking is None:
            self._ticking = self._where.set_interval(A_TICK, self.look)
        elif not go_on and self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def _tell(self, title: str, words: str) -> None:
        notify(self._where, f"{self._name}: {words}", title=title, severity="warning")
