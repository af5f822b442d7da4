"""``undo``: revert the last change, or the change with a number."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.actions.arguments.document import CONFIRM, DRY_RUN, YES
from tui.actions.catalogue import of_verb
from tui.actions.changes.apply_plan import Consent, carry_out, planned, ready_to_write
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DoneResult, Result
from tui.actions.session import Session
from tui.actions.verb import Argument, Verb, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.jobs.changes.change_errors import AlreadyUndone, NothingToUndo, UndoneElsewhere
from tui.jobs.changes.plans import UpdatePlan


@dataclass(frozen=True)
class UndoArguments(Consent):
    """Values of the arguments of ``undo``, by their names."""

    change: int | None = None


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """Find the change, plan the update that reverts it, show the plan, ask, and send it.

    Raises:
        VoucherifyError: the order could not be read.
    """
    arguments = typed_arguments(UndoArguments, given)
    session = await ready_to_write(context, dry_run=arguments.dry_run)
    plan = await planned(_plan(session, arguments.change))
    if isinstance(plan, DoneResult):
        return plan
    return await carry_out(context, session, plan, arguments)


async def _plan(session: Session, number: int | None) -> UpdatePlan:
    if number is None:
        newest = await session.mutations.newest_change()
        try:
            return await session.mutations.plan_undo(newest)
        except AlreadyUndone as error:
            raise UndoneElsewhere(newest, error.by, hint=error.hint) from None
    entry = await asyncio.to_thread(session.journal.get, number)
    if entry is None:
        raise NothingToUndo(f"there is no change {number}")
    return await session.mutations.plan_undo(entry)


VERB = Verb(
    name="undo",
    summary=of_verb("undo").help,
    help=(
        "Undo the last change, or the change with the number that “ordex journal” shows, with another "
        "update. Changes that others made to other fields are kept. A field that was changed again is a "
        "conflict: nothing is sent. First Ordex shows what the API cannot restore: a metadata key "
        "becomes null instead of disappearing, and most fields cannot be cleared. A created order cannot "
        "be deleted: if the last change is a create, undo names the update before it. Exit code 9 means "
        "that not everything could be restored."
    ),
    run=run,
    arguments=(
        Argument("change", "number", "Number of the change.", positional=True, metavar="[CHANGE]", minimum=1),
        DRY_RUN,
        YES,
        CONFIRM,
    ),
    examples=("undo", "undo 12 --yes", "undo --dry-run"),
    formats=FORMATS,
    writes=True,
)
