"""What a change led to, for the user to read."""

from __future__ import annotations

from dataclasses import dataclass

from tui.jobs.changes.journal_entry import JournalEntry, State
from tui.orders.api_object import ApiDocument
from tui.orders.changes import Change, Note
from tui.voucherify.errors import VoucherifyError

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
class ChangeOutcome:
    """The end of one mutation.

    ``differences`` are fields that were to be changed and are not as intended, ``by_others`` changes of other
    fields that somebody else made meanwhile, ``server_made`` what the service worked out by itself (totals,
    times, ids), ``left`` what the plan said the API cannot take back. ``error`` is what the service or the
    network said.
    """

    entry: JournalEntry
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
