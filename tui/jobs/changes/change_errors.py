"""Why a change was not sent.

    ChangeRefused
    ├── UnresolvedConflicts     both sides changed the same field; the user must choose
    ├── NothingToSend      the order already is as intended
    ├── OrderChanged       the order changed after the plan; a new plan is attached
    ├── OutcomeUnknown     an earlier change of this order has an unknown outcome
    ├── OrderBusy          another process is changing this order
    ├── AlreadySent        the plan was sent before
    └── CannotUndo         the entry cannot be undone, with the reason
        ├── AlreadyUndone    it was undone earlier
        ├── UndoneElsewhere  another process undid it first
        └── NothingToUndo    there is no change to undo

Nothing was sent. ``title`` is what happened, ``hint`` what to do.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.errors import Category, OrdexError
from tui.jobs.changes.journal_entry import JournalEntry
from tui.orders.changes import Conflict, PatchNote
from tui.orders.times import parse_time

if TYPE_CHECKING:
    from tui.jobs.changes.plans import Plan


class ChangeRefused(OrdexError):
    """Nothing was sent; the subclass is the reason."""

    title = "The change cannot be made"
    category = Category.CONFLICT


class UnresolvedConflicts(ChangeRefused):
    """The user and somebody else changed the same fields differently."""

    title = "Somebody else changed the same fields"
    hint = "Choose a side for each field."

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__(f"{len(conflicts)} fields were changed by both sides")


class NothingToSend(ChangeRefused):
    """The order already is as intended, or the API cannot express the change; see ``notes``."""

    title = "Nothing to send"
    hint = "The order is as it should be, as far as the API can change it."

    def __init__(self, notes: tuple[PatchNote, ...]) -> None:
        self.notes = notes
        super().__init__("; ".join(map(str, notes)) or "no field is changed")


class OrderChanged(ChangeRefused):
    """The order changed after the plan was made; ``plan`` is a new one for its newest state."""

    title = "The order changed after it was read"
    hint = "Look at the changes again and confirm them."

    def __init__(self, plan: Plan, by: JournalEntry | None = None) -> None:
        self.plan = plan
        super().__init__(
            f"{process_name(by)} changed the order after it was read (change {by.id})"
            if by is not None
            else "the order changed after it was read"
        )


class OutcomeUnknown(ChangeRefused):
    """An earlier change of the order was not answered, and the order cannot be read now."""

    title = "The outcome of an earlier change is unknown"
    hint = "Try again when the service is reachable; Ordex checks the earlier change first."

    category = Category.SERVICE

    def __init__(self, entry: JournalEntry) -> None:
        self.entry = entry
        super().__init__(f"the outcome of change {entry.id} is unknown")


def process_name(entry: JournalEntry) -> str:
    """Name the process of an entry in a sentence."""
    return "this process" if entry.owner == os.getpid() else f"process {entry.owner}"


class OrderBusy(ChangeRefused):
    """Another change of the order is being sent; ``entry`` is that change."""

    title = "The order is being changed"
    hint = "Run the command again when that process has finished; nothing was sent."

    def __init__(self, entry: JournalEntry) -> None:
        self.entry = entry
        where = process_name(entry)
        moment = parse_time(entry.prepared_at)
        since = f" since {moment:%H:%M:%S} UTC" if moment else ""
        super().__init__(f"{where} has been sending change {entry.id} of this order{since}")


class AlreadySent(ChangeRefused):
    """The journal has an entry of this plan."""

    title = "This was already sent"
    hint = "See its outcome in the journal; to send it once more, make the change again."


class CannotUndo(ChangeRefused):
    """The entry cannot be undone; the message is the reason."""

    title = "This cannot be undone"
    hint = "Edit the order to restore its values."
    category = Category.REFUSED

    def __init__(self, reason: str, *, hint: str | None = None) -> None:
        if hint is not None:
            self.hint = hint
        super().__init__(reason)


class AlreadyUndone(CannotUndo):
    """The entry was undone by the change ``by``."""

    def __init__(self, entry: JournalEntry, by: JournalEntry, *, hint: str) -> None:
        super().__init__(f"change {entry.id} was already undone, by change {by.id}", hint=hint)
        self.by = by


class UndoneElsewhere(CannotUndo):
    """Another process undid the entry first."""

    category = Category.CONFLICT

    def __init__(self, entry: JournalEntry, by: JournalEntry, *, hint: str) -> None:
        super().__init__(
            f"{process_name(by)} has already undone change {entry.id}, by change {by.id}", hint=hint
        )


class NothingToUndo(CannotUndo):
    """The journal has no change that an undo without a number could undo."""

    title = "There is nothing to undo"
    category = Category.NOT_FOUND
    hint = "See the changes with their numbers: ordex journal."
