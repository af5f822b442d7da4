"""Apply a plan from the command line or the REPL: show it, ask, send it once, show the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.actions.account_status import AccountStatus
from tui.actions.arguments.document import input_error
from tui.actions.catalogue.action import Danger
from tui.actions.changes.consent import danger_of, require_write_access, text_to_type
from tui.actions.changes.outcome_text import entry_sentence, outcome_result, refusal_result
from tui.actions.changes.plan_text import (
    changes_of,
    cost_of,
    describe_conflict,
    describe_undo_conflict,
    name_of,
    plan_sentences,
    planned_request,
    title_of,
)
from tui.actions.exit_codes import ExitCode
from tui.actions.prompts import Confirmation
from tui.actions.results import DoneResult, OrderResult, Result
from tui.jobs.changes.change_errors import ChangeRefused, OrderChanged
from tui.jobs.changes.plans import UpdatePlan
from tui.orders.order import Order
from tui.orders.request import InvalidFields
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tui.actions.session import Session
    from tui.actions.verb_context import VerbContext
    from tui.jobs.changes.plans import Plan


@dataclass(frozen=True)
class Consent:
    """Agreement given in advance: ``--yes``, or ``--confirm`` with the profile's name; or ``--dry-run``."""

    yes: bool = False
    confirm: str | None = None
    dry_run: bool = False

    async def given(self, context: VerbContext, session: Session, plan: Plan) -> bool:
        """Whether to send the plan; asks unless the user agreed in advance."""
        if self.confirm is not None:
            if self.confirm == session.name:
                return True
            context.narrate(f"--confirm {self.confirm} does not match the profile's name, {session.name}")
            return False
        typed = text_to_type(session.name) if danger_of(kind=session.kind) is Danger.TYPE_NAME else None
        if self.yes and typed is None:
            return True
        return await context.confirm(
            Confirmation(AccountStatus.of(session), f"{title_of(plan)}?", typed=typed)
        )


async def ready_to_write(context: VerbContext, *, dry_run: bool = False) -> Session:
    """Open the session and report changes whose outcome an earlier run left open.

    Raises:
        ReadOnly: the profile is read-only, and this is not a dry run.
    """
    session = await context.open()
    if not dry_run:
        require_write_access(session)
    for entry in await session.mutations.resolve_open_entries():
        context.narrate(entry_sentence(entry))
    return session


async def planned(plan: Awaitable[Plan]) -> Plan | DoneResult:
    """A plan, or the reason why nothing has to be sent.

    Raises:
        InputError: the API would refuse a value.
        VoucherifyError: the order could not be read.
    """
    try:
        return await plan
    except InvalidFields as error:
        raise input_error(error) from None
    except ChangeRefused as refused:
        return refusal_result(refused)


async def carry_out(context: VerbContext, session: Session, plan: Plan, consent: Consent) -> Result:
    """Show a plan, ask, send it, and return the outcome; with ``dry_run``, only return the request."""
    while True:
        context.learn(plan.body)
        if (stop := _nothing_to_do(plan)) is not None:
            return stop
        for sentence in plan_sentences(plan):
            context.narrate(visible(sentence))
        if consent.dry_run:
            return _dry(plan, session.base_url)
        if not await consent.given(context, session, plan):
            return DoneResult(("not confirmed; nothing was sent",), code=ExitCode.REFUSED)
        try:
            return outcome_result(await session.mutations.carry_out(plan))
        except OrderChanged as moved:
            context.narrate(f"{moved}; nothing was sent yet")
            plan = moved.plan
        except ChangeRefused as refused:
            return refusal_result(refused)


def _nothing_to_do(plan: Plan) -> Result | None:
    if not isinstance(plan, UpdatePlan):
        return None
    if plan.conflicts:
        is_undo = plan.operation == "undo"
        in_words = describe_undo_conflict if is_undo else describe_conflict
        words = [in_words(conflict) for conflict in plan.conflicts]
        # The later change may be the user's own.
        how = "again since" if is_undo else f"by {plan.changed_by or 'somebody else'}"
        text = f"order {name_of(plan)} was changed {how} in the same fields; nothing was sent"
        document = {"outcome": "conflict", "order_id": plan.order_id, "conflicts": words}
        return DoneResult((text, *(f"  {line}" for line in words)), document, code=ExitCode.CONFLICT)
    if not plan.body:
        if reasons := [str(note) for note in plan.notes if note.kind == "cannot be removed"]:
            text = f"order {name_of(plan)} cannot be changed this way through the API; nothing was sent"
            document = {"outcome": "cannot be done", "order_id": plan.order_id, "reasons": reasons}
            return DoneResult((text, *(f"  {reason}" for reason in reasons)), document, code=ExitCode.USAGE)
        text = f"order {name_of(plan)} already has these values; nothing to send"
        return OrderResult(Order.read(plan.base), (text,))
    return None


def _dry(plan: Plan, base_url: str | None) -> DoneResult:
    request = planned_request(plan)
    curl = request.as_curl(base_url)
    document = {
        "outcome": "dry run",
        "method": request.method,
        "path": request.path,
        "body": request.body,
        "changes": [str(change) for change in changes_of(plan)],
        "cost": cost_of(plan),
        "curl": curl,
    }
    return DoneResult(("dry run: nothing was sent",), document, f"{request.text}\n\n{curl}")
