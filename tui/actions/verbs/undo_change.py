"""``undo``: take the last update back, or the one that is named."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from tui.actions.carrying_out import carry_out, planned, ready_to_write
from tui.actions.catalogue import of_verb
from tui.actions.desk import Account, Desk
from tui.actions.exit_codes import ExitCode
from tui.actions.given_document import CONFIRM, DRY_RUN, YES
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DoneResult, Result
from tui.actions.verb import Argument, Verb
from tui.jobs.entries import Entry


async def run(desk: Desk, given: Mapping[str, Any]) -> Result:
    """Find the change, plan the update that takes it back, tell, ask, send.

    Raises:
        VoucherifyError: the order could not be read.
    """
    account = await ready_to_write(desk, dry_run=given["dry_run"])
    entry = await asyncio.to_thread(_entry, account, given["change"])
    if entry is None:
        number = given["change"]
        said = f"there is no change {number}" if number else f"nothing was changed with {account.name} yet"
        return DoneResult((f"{said}; see “ordex journal”",), code=ExitCode.NOT_FOUND)
    plan = await planned(account.mutations.plan_undo(entry))
    if isinstance(plan, DoneResult):
        return plan
    return await carry_out(desk, account, plan, given)


def _entry(account: Account, number: int | None) -> Entry | None:
    if number is None:
        return account.journal.last_done(account.account)
    return account.journal.get(number)


VERB = Verb(
    name="undo",
    summary=of_verb("undo").help,
    help=(
        "Take the last update back by another update, or the change whose number “ordex journal” shows. "
        "Refused with the reason when the order was changed since, and for an order that was created: the "
        "API has no way to delete one."
    ),
    run=run,
    arguments=(
        Argument("change", "number", "A change's number.", positional=True, metavar="[CHANGE]", minimum=1),
        DRY_RUN,
        YES,
        CONFIRM,
    ),
    examples=("undo", "undo 12 --yes", "undo --dry-run"),
    formats=FORMATS,
    writes=True,
)
