"""Allowing changes for a time, refusing them again, and warning before the time ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.timer import Timer
from textual.widget import Widget

from tui.actions.account_status import minutes_and_seconds, why_read_only
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import as_bound
from tui.app.feedback.notifications import notify

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from tui.actions.session import SessionInfo
    from tui.app.type_ahead_guard import Clock


"""Instead of minutes: until the session ends."""


def unlock_key(app: App[Any]) -> str:
    """The key that unlocks, as shown to users; empty if it was unbound."""
    return as_bound(app, [CATALOGUE["unlock"]])[0].key


def read_only_reason(app: App[Any], opened: SessionInfo) -> str | None:
    """Why nothing can be changed now, and the remedy; ``None`` if changes are allowed."""
    if not opened.read_only:
        return None
    return why_read_only(sealed=opened.write_lock.sealed, key=unlock_key(app))


async def ensure_unlocked(screen: Screen[Any], opened: SessionInfo, *, why: str = "", clock: Clock) -> bool:
    """Return whether changes are allowed, asking the user to unlock if they are not.

    If changes were allowed at the start and then locked by key, the key unlocks them without a question,
    except on production.

    Args:
        screen: where to ask; called in one of its workers.
        opened: the session.
        why: the pending change, shown above the question.
        clock: the dialog's clock.
    """
    lock = opened.write_lock
    if not opened.read_only:
        return True
    if lock.sealed:
        notify(screen, why_read_only(sealed=True), title="Not sent" if why else "", severity="warning")
        return False
    if not why and lock.can_reopen and opened.kind != "production":
        lock.reopen()
        return True
    from .unlock_dialog import WHOLE_SESSION, UnlockDialog

    minutes = await screen.app.push_screen_wait(UnlockDialog(opened, why=why, clock=clock))
    if minutes == WHOLE_SESSION:
        lock.reopen()
    elif minutes is not None:
        lock.open_for(minutes * 60)
    return not opened.read_only


CHECK_INTERVAL = 1.0
"""Seconds between two checks."""

WARN_BEFORE = 60.0
"""Seconds before the end at which a warning is shown."""


class LockMonitor:
    """Checks the write lock of a session each second while it is unlocked for a limited time."""

    def __init__(self, where: Widget, opened: SessionInfo) -> None:
        self._where = where
        self._opened = opened
        self._name = opened.name
        self._ticking: Timer | None = None
        self._was_open = not opened.read_only
        self._announced = False

    def look(self) -> None:
        """Check the lock and notify about changes. Call it after locking or unlocking.

        Call it at the start too: the lock may already be open for a limited time from the REPL.
        """
        left, is_open = self._opened.write_lock.seconds_left, not self._opened.read_only
        if is_open and not self._was_open and left is not None:
            self._tell("Unlocked", f"changes are allowed for {minutes_and_seconds(left)}.")
            self._announced = left <= WARN_BEFORE
        elif self._was_open and not is_open:
            self._tell("Locked", "read-only again.")
        elif left is not None and left <= WARN_BEFORE and not self._announced:
            self._announced = True
            self._tell("Unlocked", "read-only again in a minute.")
        self._was_open = is_open
        self._tick(go_on=left is not None)

    def _tick(self, *, go_on: bool) -> None:
        if go_on and self._ticking is None:
            self._ticking = self._where.set_interval(CHECK_INTERVAL, self.look)
        elif not go_on and self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def _tell(self, title: str, words: str) -> None:
        notify(self._where, f"{self._name}: {words}", title=title, severity="warning")
