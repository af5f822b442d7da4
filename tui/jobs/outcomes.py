"""What became of a mutation, and the reasons not to start one.

    MutationRefused
    ├── ConflictsStand     both sides changed the same; a person must choose first
    ├── NothingToSend      the order is already as it is meant
    ├── OrderMoved         the order changed after the plan was made; a new plan is attached
    ├── OutcomeOpen        what became of an earlier change of this order is not known yet
    ├── OrderBusy          a running process is changing this order, and does not come to an end
    ├── AlreadySent        the plan was carried out before
    └── CannotUndo         the entry cannot be taken back, with the reason
        ├── AlreadyUndone    it was taken back earlier
        ├── UndoneMeanwhile  another process was faster
        └── NothingToUndo    there is no change that could be meant

In each case nothing was sent. ``title`` names what happened, ``hint`` what to do.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import Category, OrdexError
from tui.orders.api_object import ApiDocument
from tui.orders.changes import Change, Conflict, Note
from tui.orders.times import instant
from tui.voucherify.errors import VoucherifyError

from .entries import Entry, State

if TYPE_CHECKING:
    from .plans import Plan

TITLES: dict[State, str] = {
    "PREPARED": "What became of it is not known yet",
    "SENT": "What became of it is not known yet",
    "DONE": "Done",
    "NOT_DONE": "Not done; the order is as it was",
    "CONFLICT": "Somebody else wrote meanwhile",
    "REFUSED": "The service refused it",
}

HINTS: dict[State, str] = {
    "PREPARED": "The order could not be read; it is looked up again at the next start.",
    "SENT": "The order could not be read; it is looked up again at the next start.",
    "DONE": "",
    "NOT_DONE": "Try again.",
    "CONFLICT": "Look at the order as it is now, and make the change anew if it is still wanted.",
    "REFUSED": "Mend what the service names.",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one mutation.

    ``differences`` are fields that were to be changed and are not as intended, ``by_others`` changes of other
    fields that somebody else made meanwhile, ``server_made`` what the service worked out by itself (totals,
    times, ids), ``left`` what the plan said the API cannot take back. ``error`` is what the service or the
    network said.
    """

    entry: Entry
    differences: tuple[Change, ...] = ()
    by_others: tuple[Change, ...] = ()
    left: tuple[Note, ...] = ()
    server_made: tuple[Change, ...] = ()
    error: VoucherifyError | None = None

    @property
    def state(self) -> State:
        """What became of it."""
        return self.entry.state

    @property
    def is_as_intended(self) -> bool:
        """Whether the order is as it was to be, in every field that was to be changed."""
        return not self.differences and not self.left

    @property
    def answer(self) -> ApiDocument | None:
        """The order as it was afterwards, if it is known."""
        return self.entry.answer

    @property
    def title(self) -> str:
        """The state in words."""
        if self.state == "DONE" and not self.is_as_intended:
            return "Done, but not as intended"
        return TITLES[self.state]

    @property
    def hint(self) -> str:
        """What to do now; the error's own hint where there is an error to mend."""
        if self.error is not None and self.state in ("REFUSED", "NOT_DONE"):
            return self.error.hint
        return HINTS[self.state]


class MutationRefused(OrdexError):
    """Nothing was sent, for a reason."""

    title = "The change cannot be made"
    category = Category.CONFLICT


class ConflictsStand(MutationRefused):
    """Mine and theirs changed the same fields differently."""

    title = "Somebody else changed the same"
    hint = "Choose a side for each field."

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__(f"{len(conflicts)} fields were changed by both sides")


class NothingToSend(MutationRefused):
    """The order is already as it is meant, or what is meant cannot be expressed; ``notes`` say what."""

    title = "Nothing to send"
    hint = "The order is as it should be, as far as the API can change it."

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        super().__init__("; ".join(map(str, notes)) or "no field is changed")


class OrderMoved(MutationRefused):
    """The order changed between the plan and its carrying out; ``plan`` is made on its newest state."""

    title = "The order changed meanwhile"
    hint = "Look at the changes again and confirm them."

    def __init__(self, plan: Plan, by: Entry | None = None) -> None:
        self.plan = plan
        super().__init__(
            f"{process_of(by)} changed the order meanwhile (change {by.id})"
            if by is not None
            else "the order changed meanwhile"
        )


class OutcomeOpen(MutationRefused):
    """An earlier change of the order left without an answer, and the order cannot be read now."""

    title = "An earlier change is not settled yet"
    hint = "Try again when the service can be reached; the earlier change is looked up first."

    category = Category.SERVICE

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(f"what became of change {entry.id} is not known yet")


def process_of(entry: Entry) -> str:
    """The process that made an entry, to name it in a sentence."""
    return "this process" if entry.owner == os.getpid() else f"process {entry.owner}"


class OrderBusy(MutationRefused):
    """Another change of the order is being sent; ``entry`` is that change."""

    title = "The order is being changed"
    hint = "Run the command again when that process has finished; nothing was sent."

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        where = process_of(entry)
        moment = instant(entry.prepared_at)
        since = f" since {moment:%H:%M:%S} UTC" if moment else ""
        super().__init__(f"{where} has been sending change {entry.id} of this order{since}")


class AlreadySent(MutationRefused):
    """The journal holds an entry of this very plan."""

    title = "This was already sent"
    hint = "Look at the journal for its outcome; make the change anew to send another."


class CannotUndo(MutationRefused):
    """The entry cannot be taken back, with the reason."""

    title = "This cannot be taken back"
    hint = "Change the order by hand if it is to be as it was."
    category = Category.REFUSED

    def __init__(self, reason: str, *, hint: str | None = None) -> None:
        if hint is not None:
            self.hint = hint
        super().__init__(reason)


class AlreadyUndone(CannotUndo):
    """The entry was taken back, by the change ``by``."""

    def __init__(self, entry: Entry, by: Entry, *, hint: str) -> None:
        super().__init__(f"change {entry.id} was taken back already, by change {by.id}", hint=hint)
        self.by = by


class UndoneMeanwhile(CannotUndo):
    """Another process took the entry back while this one was about to."""

    category = Category.CONFLICT

    def __init__(self, entry: Entry, by: Entry, *, hint: str) -> None:
        super().__init__(
            f"{process_of(by)} took change {entry.id} back meanwhile, by change {by.id}", hint=hint
        )


class NothingToUndo(CannotUndo):
    """The journal has no change that an undo without a number could mean."""

    title = "There is nothing to undo"
    category = Category.NOT_FOUND
    hint = "See the changes with their numbers: ordex journal."
