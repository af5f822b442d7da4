"""Allowing changes for a time, and refusing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.actions.account_status import why_read_only
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import as_bound
from tui.app.feedback.notifications import notify

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from tui.actions.session import SessionInfo
    from tui.app.type_ahead_guard import Clock


WHOLE_SESSION = 0
"""In place of minutes: until the session ends."""


def unlock_key(app: App[Any]) -> str:
    """The key that unlocks, as people write it; empty when the user took it away."""
    return as_bound(app, [CATALOGUE["unlock"]])[0].key


def reads_only(app: App[Any], opened: SessionInfo) -> str | None:
    """Why nothing can be changed now and what to do about it; ``None`` when changes may leave."""
    if not opened.read_only:
        return None
    return why_read_only(sealed=opened.write_lock.sealed, key=unlock_key(app))


async def unlocked(screen: Screen[Any], opened: SessionInfo, *, why: str = "", clock: Clock) -> bool:
    """Whether changes may leave; where they may not, a person is asked to unlock.

    What was allowed from the beginning and locked by a key is allowed again by the same key, without a
    question, except on production.

    Args:
        screen: where to ask; called in one of its workers.
        opened: the session.
        why: what waits for the answer, told above the question.
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
    from .unlock_dialog import UnlockDialog

    minutes = await screen.app.push_screen_wait(UnlockDialog(opened, why=why, clock=clock))
    if minutes == WHOLE_SESSION:
        lock.reopen()
    elif minutes is not None:
        lock.open_for(minutes * 60)
    return not opened.read_only
