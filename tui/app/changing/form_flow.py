"""Creating and editing an order in the form, which stays open until the change is done or cancelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.forms.form_drafts import ProfileDrafts
from tui.app.forms.form_interface import FormRefusal, FormStart, FormSubmission
from tui.app.forms.model.suggestions import collect_suggestions
from tui.app.forms.order_form import OrderForm
from tui.jobs.changes.change_errors import ChangeRefused
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.orders.request import FieldFault, InvalidFields
from tui.voucherify.errors import ApiError, VoucherifyError

from .flow_host import FlowHost
from .plan_sender import NotSent, PlanSender

if TYPE_CHECKING:
    from tui.orders.order import Order

    from .change_services import ChangeServices


_NAMED = re.compile(r"Property \.(\S+) (.+)")
"""How the service reports a field (``docs/voucherify-api.md#error-messages``)."""


def form_refusal(error: InvalidFields | ChangeRefused | VoucherifyError) -> FormRefusal:
    """The refusal to show in the form for an error."""
    if isinstance(error, InvalidFields):
        return FormRefusal(error.title, error.faults)
    text = f"{error.title}: {error}" if str(error) != error.title else error.title
    faults = _faults(error.details or "") if isinstance(error, ApiError) else ()
    return FormRefusal(f"{text}. {error.hint}".strip(), faults)


def outcome_refusal(outcome: ChangeOutcome) -> FormRefusal:
    """The refusal to show in the form for an outcome other than done."""
    if outcome.error is not None:
        refusal = form_refusal(outcome.error)
        return FormRefusal(f"{outcome.title}. {refusal.message}", refusal.faults)
    return FormRefusal(f"{outcome.title}. {outcome.hint}")


def _faults(details: str) -> tuple[FieldFault, ...]:
    found = _NAMED.match(details)
    return (FieldFault(found.group(1), found.group(2)),) if found else ()


class FormFlow:
    """One form, from opening to the outcome of the change."""

    def __init__(
        self, stage: FlowHost, changes: ChangeServices, sending: PlanSender, loaded: Sequence[Order]
    ) -> None:
        self._stage = stage
        self._changes = changes
        self._sending = sending
        self._drafts = ProfileDrafts(changes.drafts, changes.account)
        self._loaded = loaded

    async def create(self, template: Order | None) -> None:
        """Create an order, optionally from a template."""
        await self._fill(FormStart.new() if template is None else FormStart.template(template.raw))

    async def edit(self, order: Order) -> None:
        """Edit an order; the base is the order as shown."""
        await self._fill(FormStart.edit(order))

    async def _fill(self, start: FormStart) -> None:
        form = OrderForm(
            start,
            seen=collect_suggestions(self._loaded),
            drafts=self._drafts,
            submit=self._submit,
            is_sending=lambda: self._sending.under_way > 0,
        )
        ended = await self._stage.show(form)
        if isinstance(ended, ChangeOutcome):
            if ended.state == "DONE":
                await self._drafts.discard(form.autosave.name)
            await self._sending.tell(ended)

    async def _submit(self, result: FormSubmission) -> ChangeOutcome | NotSent | FormRefusal | None:
        """Check, show and send the change; ``None`` if the user goes back to the form."""
        mutations = self._changes.mutations
        try:
            with self._stage.activity("Checking the order"):
                if result.base is None:
                    plan = await mutations.plan_create(result.intended)
                else:
                    plan = await mutations.plan_update(result.base, result.intended)
            if result.base is None and plan.order_id is not None:
                text = "An order with this ID or source ID exists. Sending updates it."
                self._stage.say(text, severity="warning")
            sent = await self._sending.send(plan, back="back to the form")
        except (InvalidFields, ChangeRefused, VoucherifyError) as error:
            return form_refusal(error)
        if isinstance(sent, ChangeOutcome):
            undone = sent.state in ("REFUSED", "NOT_DONE", "CONFLICT")
            return outcome_refusal(sent) if undone else sent
        return None if sent.back else sent
