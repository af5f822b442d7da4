"""Create and edit by the form, which stays open until the change is done or left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.forms import DraftKeeper, FormResult, FormStart, OrderForm, Refusal, gather_seen
from tui.jobs.changes.change_errors import ChangeRefused
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.orders.request import InvalidFields
from tui.voucherify.errors import VoucherifyError

from .refusals import refusal_of, refusal_of_outcome
from .sending import NotSent, Sending
from .stage import Stage

if TYPE_CHECKING:
    from tui.orders.order import Order

    from .changes import Changes


class FormFlow:
    """One form from its opening to its end."""

    def __init__(self, stage: Stage, changes: Changes, sending: Sending, loaded: Sequence[Order]) -> None:
        self._stage = stage
        self._changes = changes
        self._sending = sending
        self._drafts = DraftKeeper(changes.drafts, changes.account)
        self._loaded = loaded

    async def create(self, template: Order | None) -> None:
        """A new order, from a template if there is one."""
        await self._fill(FormStart.new() if template is None else FormStart.template(template.raw))

    async def edit(self, order: Order) -> None:
        """An order to change; the base is the order as it is shown."""
        await self._fill(FormStart.edit(order))

    async def _fill(self, start: FormStart) -> None:
        form = OrderForm(
            start,
            seen=gather_seen(self._loaded),
            drafts=self._drafts,
            submit=self._submit,
            is_sending=lambda: self._sending.under_way > 0,
        )
        ended = await self._stage.show(form)
        if isinstance(ended, ChangeOutcome):
            if ended.state == "DONE":
                await self._drafts.discard(form.draft)
            await self._sending.tell(ended)

    async def _submit(self, result: FormResult) -> ChangeOutcome | NotSent | Refusal | None:
        """Check, show and send what was typed; ``None`` when the user goes back to the form."""
        mutations = self._changes.mutations
        try:
            with self._stage.activity("Checking the order"):
                if result.base is None:
                    plan = await mutations.plan_create(result.intended)
                else:
                    plan = await mutations.plan_update(result.base, result.intended)
            if result.base is None and plan.order_id is not None:
                said = "An order with this id or source_id exists: this would update it."
                self._stage.say(said, severity="warning")
            sent = await self._sending.send(plan, back="back to the form")
        except (InvalidFields, ChangeRefused, VoucherifyError) as error:
            return refusal_of(error)
        if isinstance(sent, ChangeOutcome):
            undone = sent.state in ("REFUSED", "NOT_DONE", "CONFLICT")
            return refusal_of_outcome(sent) if undone else sent
        return None if sent.back else sent
