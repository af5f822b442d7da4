"""The actions that change orders: create, edit, set status, undo, and the journal."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from tui.actions.catalogue.action import Danger
from tui.actions.changes.consent import danger_of
from tui.actions.changes.outcome_text import describe_refusal, entry_sentence
from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.dialogs.message_dialog import MessageDialog
from tui.jobs.changes.change_errors import ChangeRefused, NothingToSend, NothingToUndo
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.orders.changes import PatchNote
from tui.orders.order import STATUSES, Order
from tui.orders.request import InvalidFields
from tui.orders.times import format_short
from tui.settings.setting_errors import SettingsError
from tui.terminal.visible import visible
from tui.voucherify.errors import VoucherifyError

from .bulk_status import BulkStatus, order_name
from .change_services import OPENING_JOURNAL
from .flow_host import FlowHost
from .plan_sender import NotSent, PlanSender

if TYPE_CHECKING:
    from tui.jobs.changes.journal_entry import JournalEntry

    from .change_services import ChangeServices, OpenChangeServices
    from .form_flow import FormFlow

WITHOUT_JOURNAL = "this explorer has no journal, so it is read-only"


class OrderActions:
    """Runs one action at a time; ``blocked`` is why nothing can be changed."""

    def __init__(
        self, stage: FlowHost, open_changes: OpenChangeServices | None, loaded: Callable[[], Sequence[Order]]
    ) -> None:
        self._stage = stage
        self._open_changes = open_changes
        self._loaded = loaded
        self._changes: ChangeServices | None = None
        self._sending: PlanSender | None = None
        self._running = False
        self.blocked: str | None = WITHOUT_JOURNAL if open_changes is None else OPENING_JOURNAL

    @property
    def under_way(self) -> bool:
        """Whether a request is being sent."""
        return self._sending is not None and self._sending.under_way > 0

    async def finish(self) -> None:
        """Wait for requests in flight."""
        if self._changes is not None:
            await self._changes.mutations.finish()

    async def open(self) -> None:
        """Open the journal, and report changes that an earlier run left unfinished."""
        if self._open_changes is None:
            return
        try:
            changes = await asyncio.to_thread(self._open_changes)
        except (SettingsError, OSError, sqlite3.Error) as error:
            self.blocked = f"the journal cannot be opened ({error}). Nothing can be changed without it"
            return
        self._changes, self._sending = changes, PlanSender(self._stage, changes)
        self.blocked = None
        for entry in await changes.mutations.resolve_open_entries():
            done = entry.state == "DONE"
            self._stage.say(entry_sentence(entry), severity="information" if done else "warning")

    def create(self, template: Order | None = None) -> None:
        """Create an order, optionally from a template."""
        self._run(lambda changes, sending: self._form(changes, sending).create(template))

    def edit(self, order: Order) -> None:
        """Edit an order."""
        self._run(lambda changes, sending: self._form(changes, sending).edit(order))

    def set_status(self, orders: Sequence[Order]) -> None:
        """Set the status of one or several orders."""
        self._run(lambda changes, sending: self._set_status(orders, changes, sending))

    def undo(self, entry: JournalEntry | None = None) -> None:
        """Undo a change, by default the last one."""
        self._run(lambda changes, sending: self._undo(entry, changes, sending))

    def show_journal(self) -> None:
        """Show the journal."""
        changes = self._changes
        if changes is not None:
            self._stage.start_once("journal", lambda: self._show_journal(changes))

    def _form(self, changes: ChangeServices, sending: PlanSender) -> FormFlow:
        from .form_flow import FormFlow

        return FormFlow(self._stage, changes, sending, self._loaded())

    def _run(self, flow: Callable[[ChangeServices, PlanSender], Awaitable[None]]) -> None:
        if self._changes is None or self._sending is None:
            return
        if not self._running:
            self._running = True
            self._stage.start(self._guarded(flow, self._changes, self._sending))
        elif self.under_way:
            self._stage.say("The previous change is still being sent. Try again in a moment.")

    async def _guarded(
        self,
        flow: Callable[[ChangeServices, PlanSender], Awaitable[None]],
        changes: ChangeServices,
        sending: PlanSender,
    ) -> None:
        try:
            await flow(changes, sending)
        except (NothingToSend, NothingToUndo) as nothing:
            self._stage.say(str(nothing), title=nothing.title)
        except ChangeRefused as refused:
            await self._stage.show(MessageDialog(refused.title, describe_refusal(refused)))
        except (InvalidFields, VoucherifyError) as error:
            self._stage.say(f"{error} {error.hint}", title=error.title, severity="error")
        except (OSError, sqlite3.Error) as error:
            self._stage.say(str(error), title="The journal or a draft could not be written", severity="error")
        finally:
            self._running = False

    async def _set_status(
        self, orders: Sequence[Order], changes: ChangeServices, sending: PlanSender
    ) -> None:
        status = await self._stage.show(self._status_chooser(orders))
        if status is None:
            return
        if len(orders) > 1:
            await BulkStatus(self._stage, changes, sending).run(orders, status)
            return
        order = orders[0]
        with self._stage.activity(f"Reading {order_name(order)}"):
            plan = await changes.mutations.plan_update(order.raw, {**order.raw, "status": status})
        await self._ended(await sending.send(plan, at_once=True), sending)

    def _status_chooser(self, orders: Sequence[Order]) -> Chooser:
        one = orders[0] if len(orders) == 1 else None
        title = f"Status of {order_name(one)}" if one else f"Status of {len(orders)} marked orders"
        title = visible(title, limit=60)
        at = one.status if one else None
        choices = [Choice(status, status, "current" if status == at else "") for status in STATUSES]
        danger = danger_of(kind=self._stage.account.kind, status_only=True)
        if one and danger is Danger.UNDOABLE:
            return Chooser(title, choices, at=at, clock=self._stage.clock)
        return Chooser(title, choices, at=at)

    async def _undo(self, entry: JournalEntry | None, changes: ChangeServices, sending: PlanSender) -> None:
        with self._stage.activity("Reading the order to undo its change"):
            if entry is None:  # from the disk each time: other processes change orders too
                entry = await changes.mutations.newest_change()
            plan = await changes.mutations.plan_undo(entry)
        if not changes.mutations.was_made_here(entry):
            plan = plan.with_note(_made_elsewhere(entry))
        await self._ended(await sending.send(plan), sending)

    @staticmethod
    async def _ended(sent: ChangeOutcome | NotSent, sending: PlanSender) -> None:
        if isinstance(sent, ChangeOutcome):
            await sending.tell(sent)

    async def _show_journal(self, changes: ChangeServices) -> None:
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
    text = (
        "made outside this window (by another window, the command line or an earlier run) at"
        f" {format_short(entry.prepared_at)} UTC"
    )
    return PatchNote("made elsewhere", f"change {entry.id}", text)
