"""The outcome of a change, with its title and hint."""

from __future__ import annotations

from dataclasses import dataclass

from tui.jobs.changes.journal_entry import JournalEntry, State
from tui.orders.api_object import ApiDocument
from tui.orders.changes import Change, PatchNote
from tui.voucherify.errors import VoucherifyError

TITLES: dict[State, str] = {
    "PREPARED": "The outcome is not known yet",
    "SENT": "The outcome is not known yet",
    "DONE": "Done",
    "NOT_DONE": "Not done; the order is unchanged",
    "CONFLICT": "Somebody else changed the order first",
    "REFUSED": "The service refused it",
}
HINTS: dict[State, str] = {
    "PREPARED": "The order could not be read; Ordex checks it again at the next start.",
    "SENT": "The order could not be read; Ordex checks it again at the next start.",
    "DONE": "",
    "NOT_DONE": "Try again.",
    "CONFLICT": "Look at the order, and make the change again if you still want it.",
    "REFUSED": "Correct what the service names.",
}


@dataclass(frozen=True, slots=True)
class ChangeOutcome:
    """The outcome of one change.

    ``differences`` are changed fields that are not as intended, ``by_others`` changes of other fields by
    somebody else meanwhile, ``server_made`` values that the service calculated (totals, times, ids),
    ``left`` what the API cannot undo according to the plan. ``error`` is the error of the service or the
    network.
    """

    entry: JournalEntry
    differences: tuple[Change, ...] = ()
    by_others: tuple[Change, ...] = ()
    left: tuple[PatchNote, ...] = ()
    server_made: tuple[Change, ...] = ()
    error: VoucherifyError | None = None

    @property
    def state(self) -> State:
        """The state of its journal entry."""
        return self.entry.state

    @property
    def is_as_intended(self) -> bool:
        """Whether every changed field of the order is as intended."""
        return not self.differences and not self.left

    @property
    def answer(self) -> ApiDocument | None:
        """The order afterwards, if it is known."""
        return self.entry.answer

    @property
    def title(self) -> str:
        """The state in words."""
        if self.state == "DONE" and not self.is_as_intended:
            return "Done, but not as intended"
        return TITLES[self.state]

    @property
    def hint(self) -> str:
        """What to do now: the error's hint if an error can be corrected."""
        if self.error is not None and self.state in ("REFUSED", "NOT_DONE"):
            return self.error.hint
        return HINTS[self.state]
