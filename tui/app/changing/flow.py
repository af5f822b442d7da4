"""What users do to orders, from the key that they press to the note that says how it ended."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from tui.actions.catalogue.action import Danger
from tui.actions.changes.consent import danger_of
from tui.actions.changes.outcome_text import entry_sentence, refusal_words
from tui.app.dialogs.chooser import Choice, Chooser
from tui.jobs.changes.change_errors import ChangeRefused, NothingToSend, NothingToUndo
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.orders.changes import PatchNote
from tui.orders.order import STATUSES, Order
from tui.orders.request import InvalidFields
from tui.orders.times import format_short
from tui.settings.setting_errors import SettingsError
from tui.terminal.visible import visible
from tui.voucherify.errors import VoucherifyError

from .bulk import name_of
from .bulk_status import BulkStatus
from .changes import OPENING
from .report import Report
from .sending import NotSent, Sending
from .sending_chooser import SendingChooser
from .stage import Stage

if TYPE_CHECKING:
    from tui.jobs.changes.journal_entry import JournalEntry

    from .changes import Changes, OpenChanges
    from .form_flow import FormFlow

WITHOUT_JOURNAL = "this explorer was opened without a journal, so it only reads"


class Changing:
    """Runs one flow at a time; ``blocked`` says why nothing can be changed."""

    def __init__(
        self, stage: Stage, open_changes: OpenChanges | None, loaded: Callable[[], Sequence[Order]]
    ) -> None:
        self._stage = stage
        self._open_changes = open_changes
        self._loaded = loaded
        self._changes: Changes | None = None
        self._sending: Sending | None = None
        self._running = False
        self.blocked: str | None = WITHOUT_JOURNAL if open_changes is None else OPENING

    @property
    def under_way(self) -> bool:
        """Whether a request is being sent."""
        return self._sending is not None and self._sending.under_way > 0

    async def finish(self) -> None:
        """Wait for requests that are under way."""
        if self._changes is not None:
            await self._changes.mutations.finish()

    async def open(self) -> None:
        """Open the journal, and find out and tell what became of what an earlier run left open."""
        if self._open_changes is None:
            return
        try:
            changes = await asyncio.to_thread(self._open_changes)
        except (SettingsError, OSError, sqlite3.Error) as error:
            self.blocked = f"the journal cannot be opened ({error}), and nothing is sent without it"
            return
        self._changes, self._sending = changes, Sending(self._stage, changes)
        self.blocked = None
        for entry in await changes.mutations.resolve_open_entries():
            done = entry.state == "DONE"
            self._stage.say(entry_sentence(entry), severity="information" if done else "warning")

    def create(self, template: Order | None = None) -> None:
        """A new order, or one like another."""
        self._run(lambda changes, sending: self._form(changes, sending).create(template))

    def edit(self, order: Order) -> None:
        """Change an order."""
        self._run(lambda changes, sending: self._form(changes, sending).edit(order))

    def set_status(self, orders: Sequence[Order]) -> None:
        """Another status for one order or for several."""
        self._run(lambda changes, sending: self._set_status(orders, changes, sending))

    def undo(self, entry: JournalEntry | None = None) -> None:
        """Take a change back; the last one when none is given."""
        self._run(lambda changes, sending: self._undo(entry, changes, sending))

    def show_journal(self) -> None:
        """What was changed from here."""
        changes = self._changes
        if changes is not None:
            self._stage.start_once("journal", lambda: self._show_journal(changes))

    def _form(self, changes: Changes, sending: Sending) -> FormFlow:
        from .form_flow import FormFlow

        return FormFlow(self._stage, changes, sending, self._loaded())

    def _run(self, flow: Callable[[Changes, Sending], Awaitable[None]]) -> None:
        if self._changes is None or self._sending is None:
            return
        if not self._running:
            self._running = True
            self._stage.start(self._guarded(flow, self._changes, self._sending))
        elif self.under_way:
            self._stage.say("The change before is still being sent; try again in a moment.")

    async def _guarded(
        self, flow: Callable[[Changes, Sending], Awaitable[None]], changes: Changes, sending: Sending
    ) -> None:
        try:
            await flow(changes, sending)
        except (NothingToSend, NothingToUndo) as nothing:
            self._stage.say(str(nothing), title=nothing.title)
        except ChangeRefused as refused:
            await self._stage.show(Report(refused.title, refusal_words(refused)))
        except (InvalidFields, VoucherifyError) as error:
            self._stage.say(f"{error} {error.hint}", title=error.title, severity="error")
        except (OSError, sqlite3.Error) as error:
            self._stage.say(str(error), title="The journal or a draft could not be written", severity="error")
        finally:
            self._running = False

    async def _set_status(self, orders: Sequence[Order], changes: Changes, sending: Sending) -> None:
        status = await self._stage.show(self._status_chooser(orders))
        if status is None:
            return
        if len(orders) > 1:
            await BulkStatus(self._stage, changes, sending).run(orders, status)
            return
        order = orders[0]
        with self._stage.activity(f"Reading {name_of(order)}"):
            plan = await changes.mutations.plan_update(order.raw, {**order.raw, "status": status})
        await self._ended(await sending.send(plan, at_once=True), sending)

    def _status_chooser(self, orders: Sequence[Order]) -> Chooser:
        one = orders[0] if len(orders) == 1 else None
        title = f"Status of {name_of(one)}" if one else f"Status of {len(orders)} marked orders"
        title = visible(title, limit=60)
        at = one.status if one else None
        choices = [Choice(status, status, "as it is" if status == at else "") for status in STATUSES]
        danger = danger_of(kind=self._stage.account.kind, status_only=True)
        if one and danger is Danger.UNDOABLE:
            return SendingChooser(title, choices, at=at, clock=self._stage.clock)
        return Chooser(title, choices, at=at)

    async def _undo(self, entry: JournalEntry | None, changes: Changes, sending: Sending) -> None:
        with self._stage.activity("Reading the order to undo its change"):
            if entry is None:  # from the disk each time: other processes change orders too
                entry = await changes.mutations.newest_change()
            plan = await changes.mutations.plan_undo(entry)
        if not changes.mutations.was_made_here(entry):
            plan = plan.with_note(_made_elsewhere(entry))
        await self._ended(await sending.send(plan), sending)

    @staticmethod
    async def _ended(sent: ChangeOutcome | NotSent, sending: Sending) -> None:
        if isinstance(sent, ChangeOutcome):
            await sending.tell(sent)

    async def _show_journal(self, changes: Changes) -> None:
        from .journal_screen import SHOWN, JournalScreen

        try:
            most = SHOWN + 1  # one more shows that there are older ones
            with self._stage.activity("Reading the journal"):
                entries = await asyncio.to_thread(
                    changes.journal.entries, profile=changes.account, limit=most
                )
        except (OSError, sqlite3.Error) as error:
            self._stage.say(str(error), title="The journal could not be read", severity="error")
            return
        entry = await self._stage.show(JournalScreen(entries, changes.journal))
        if entry is not None:
            self.undo(entry)


def _made_elsewhere(entry: JournalEntry) -> PatchNote:
    said = (
        "made outside this window (by another window, the command line or an earlier run) at"
        f" {format_short(entry.prepared_at)} UTC"
    )
    return PatchNote("made elsewhere", f"change {entry.id}", said)
