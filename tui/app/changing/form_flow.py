"""Create and edit by the form: round and round, until it is done or left, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.forms import DraftKeeper, FormResult, FormStart, NotADraft, OrderForm, gather_seen
from tui.jobs.outcomes import MutationRefused, Outcome
from tui.orders.request import InvalidFields
from tui.voucherify.errors import VoucherifyError

from .refusals import Refusal, refusal_of, refusal_of_outcome
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
        seen, refusal = gather_seen(self._loaded), None
        while True:
            form = OrderForm(start, seen=seen, drafts=self._drafts)
            if refusal is not None:
                form.refuse(refusal.faults, refusal.message)
            result = await self._stage.show(form)
            if result is None:
                return
            ended = await self._sent(result)
            if isinstance(ended, Outcome):
                if ended.state == "DONE":
                    await self._drafts.discard(result.draft)
                await self._sending.tell(ended)
                return
            if isinstance(ended, NotSent) and not ended.back:
                return
            refusal = ended if isinstance(ended, Refusal) else None
            start = await self._as_left(result, start)

    async def _sent(self, result: FormResult) -> Outcome | NotSent | Refusal:
        """What came of a filled form: an end, a way back, or a reason to mend it."""
        mutations = self._changes.mutations
        try:
            if result.base is None:
                plan = await mutations.plan_create(result.intended)
                if plan.order_id is not None:
                    said = "An order with this id or source_id exists: this would update it."
                    self._stage.say(said, severity="warning")
            else:
                plan = await mutations.plan_update(result.base, result.intended)
            sent = await self._sending.send(plan, back="back to the form")
        except (InvalidFields, MutationRefused, VoucherifyError) as error:
            return refusal_of(error)
        if isinstance(sent, Outcome) and sent.state in ("REFUSED", "NOT_DONE", "CONFLICT"):
            return refusal_of_outcome(sent)
        return sent

    async def _as_left(self, result: FormResult, start: FormStart) -> FormStart:
        draft = await self._drafts.load(result.draft)
        try:
            return FormStart.draft(draft) if draft is not None else start
        except NotADraft:
            return start
