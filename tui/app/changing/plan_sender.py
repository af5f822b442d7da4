"""Sends a plan: resolve conflicts, preview, confirm, send once, report the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.actions.catalogue.action import Danger
from tui.actions.changes.consent import danger_of, is_status_only, text_to_type
from tui.actions.changes.outcome_text import (
    describe_differences,
    describe_server_made,
    describe_undo,
    done_sentence,
)
from tui.actions.changes.plan_text import name_of, planned_request
from tui.app.dialogs.message_dialog import MessageDialog
from tui.jobs.changes.change_errors import NothingToSend, OrderChanged
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.jobs.changes.plans import UpdatePlan
from tui.orders.order import Order

from .conflict_screen import ConflictScreen
from .flow_host import FlowHost
from .plan_preview import PlanPreview

if TYPE_CHECKING:
    from tui.jobs.changes.plans import Plan

    from .change_services import ChangeServices


WAITING_CHANGE = "The change was not sent yet; it is kept."
"""Shown when changes are no longer allowed."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The user did not send it; ``back`` is whether to return to the form."""

    back: bool


class PlanSender:
    """Sends plans for the explorer. ``under_way`` is the number of requests in flight."""

    def __init__(self, stage: FlowHost, changes: ChangeServices) -> None:
        self._stage = stage
        self._changes = changes
        self.under_way = 0

    async def send(self, plan: Plan, *, back: str = "back", at_once: bool = False) -> ChangeOutcome | NotSent:
        """Show a plan, ask, and send it.

        Args:
            plan: the change.
            back: label of the key that goes back.
            at_once: whether to send a change without asking if one key undoes it.

        Raises:
            InvalidFields: the sides that were chosen do not fit together.
            ChangeRefused: nothing was sent, for a reason; there may have been nothing to send.
            VoucherifyError: the order could not be read again; nothing was sent.
        """
        while True:
            settled = await self._without_conflicts(plan)
            if settled is None:
                return NotSent(back=True)
            plan = settled
            if isinstance(plan, UpdatePlan) and not plan.body:
                raise NothingToSend(plan.notes)
            if not await self._stage.may_write(WAITING_CHANGE):
                return self._refused()
            if not (at_once and self._danger(plan) is Danger.UNDOABLE):
                answer = await self._stage.show(self._preview(plan, back))
                if answer == "dry run":
                    curl = planned_request(plan).as_curl(self._changes.base_url)
                    self._stage.copy("Nothing was sent; curl command", curl)
                if answer != "send":
                    return NotSent(back=answer == "back")
                if not await self._stage.may_write(WAITING_CHANGE):
                    return self._refused()
            try:
                return await self.carry_out(plan)
            except OrderChanged as moved:
                text = f"{moved}; nothing was sent yet."
                self._stage.say(text[:1].upper() + text[1:], severity="warning")
                plan, at_once = moved.plan, False

    def _refused(self) -> NotSent:
        name = self._stage.account.name
        self._stage.say(f"{name} is read-only. Nothing was sent.", title="Not sent", severity="warning")
        return NotSent(back=True)

    async def carry_out(self, plan: Plan) -> ChangeOutcome:
        """Send a confirmed plan."""
        self.under_way += 1
        try:
            with self._stage.activity(f"Sending {name_of(plan)}"):
                return await self._changes.mutations.carry_out(plan)
        finally:
            self.under_way -= 1

    async def tell(self, outcome: ChangeOutcome) -> None:
        """Report the outcome, and update the order in the explorer."""
        if outcome.answer is not None:
            self._stage.written(Order.read(outcome.answer))
        different, made = describe_differences(outcome), describe_server_made(outcome)
        if outcome.state == "DONE" and outcome.is_as_intended:
            back = ""
            if outcome.entry.operation == "update":
                back = f"; {describe_undo(outcome.entry).replace('ordex undo reverts it', 'u undoes it')}"
            text = "".join(f"\n{words}" for words in different)
            text += "".join(f"\nby the service: {words}" for words in made[:3])
            self._stage.say(f"{done_sentence(outcome.entry)}{back}{text}", title=outcome.title)
            return
        lines = [f"change {outcome.entry.id}", *([str(outcome.error)] if outcome.error else [])]
        lines += different
        lines += [f"by the service: {words}" for words in made]
        await self._stage.show(
            MessageDialog(outcome.title, [*lines, *([outcome.hint] if outcome.hint else [])])
        )

    async def _without_conflicts(self, plan: Plan) -> Plan | None:
        if isinstance(plan, UpdatePlan):
            self._stage.written(Order.read(plan.base))  # as just read
        while isinstance(plan, UpdatePlan) and plan.conflicts:
            choices = await self._stage.show(ConflictScreen(plan, clock=self._stage.clock))
            if choices is None:
                return None
            plan = plan.decided(choices)
        return plan

    def _danger(self, plan: Plan) -> Danger:
        return danger_of(kind=self._stage.account.kind, status_only=is_status_only(plan.body))

    def _preview(self, plan: Plan, back: str) -> PlanPreview:
        account = self._stage.account
        typed = text_to_type(account.name) if self._danger(plan) is Danger.TYPE_NAME else None
        return PlanPreview(
            plan,
            account=account,
            typed=typed,
            base_url=self._changes.base_url,
            back=back,
            copy_text=self._stage.copy_text,
            clock=self._stage.clock,
        )
