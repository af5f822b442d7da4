"""Conditions of actions: each returns why it is not met, or ``None``."""

from __future__ import annotations

from tui.actions.account_status import why_read_only
from tui.actions.catalogue.action import Situation


def needs_order(situation: Situation) -> str | None:
    """An order is under the cursor."""
    return None if situation.cursor else "no order is selected"


def needs_rows(situation: Situation) -> str | None:
    """Orders are shown."""
    if situation.rows:
        return None
    return "there are no orders here" if situation.connected else needs_session(situation)


def needs_masks(situation: Situation) -> str | None:
    """Something is masked, and an order is open."""
    if not situation.masked:
        return "nothing is masked"
    return None if situation.detail else "open the order first, and go to the field"


def needs_session(situation: Situation) -> str | None:
    """The session is open."""
    return None if situation.connected else "the session is not open yet"


def _reads_only(situation: Situation) -> str | None:
    if not situation.read_only:
        return None
    return why_read_only(sealed=situation.sealed, key=situation.unlock_key)


def needs_lock(situation: Situation) -> str | None:
    """The session is open, and may be unlocked."""
    if situation.connected and situation.sealed:
        return why_read_only(sealed=True)
    return needs_session(situation)


def needs_writing(situation: Situation) -> str | None:
    """Changes may be sent."""
    if not situation.connected:
        return "the session is not open yet"
    return _reads_only(situation) or situation.blocked


def needs_order_to_write(situation: Situation) -> str | None:
    """Changes may be sent, and an order is under the cursor."""
    return needs_writing(situation) or needs_order(situation)


def needs_orders_to_write(situation: Situation) -> str | None:
    """Changes may be sent, and orders are marked or one is under the cursor."""
    return needs_writing(situation) or (None if situation.marks else needs_order(situation))


def needs_journal(situation: Situation) -> str | None:
    """The journal can be read."""
    return needs_session(situation) or situation.blocked


def needs_jobs(situation: Situation) -> str | None:
    """Jobs can be read."""
    return needs_session(situation) or situation.jobs_blocked


def needs_import(situation: Situation) -> str | None:
    """Jobs can be started, and changes may be sent."""
    return (_reads_only(situation) if situation.connected else None) or needs_jobs(situation)
