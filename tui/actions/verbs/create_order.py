"""``create``: create an order, or update the order with the same id or source_id after showing that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.actions.arguments.document import (
    CONFIRM,
    DRY_RUN,
    FILE,
    SET,
    YES,
    assigned,
    check_assignments,
    check_document,
    document_of_file,
)
from tui.actions.catalogue import of_verb
from tui.actions.changes.apply_plan import Consent, carry_out, planned, ready_to_write
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DoneResult, Result
from tui.actions.verb import InputError, Verb, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.orders.changes import update_amounts
from tui.orders.request import OrderRequest


@dataclass(frozen=True)
class CreateArguments(Consent):
    """Values of the arguments of ``create``, by their names."""

    file: str | None = None
    set: tuple[str, ...] = ()


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """Read the document, look up whether the order exists, show the plan, ask, and send it.

    Raises:
        InputError: the arguments cannot be sent; nothing was sent.
        VoucherifyError: it could not be found out whether the order exists.
    """
    arguments = typed_arguments(CreateArguments, given)
    texts = arguments.set
    if arguments.file is None and not texts:
        raise InputError("nothing to create; pass --file or --set")
    check_assignments(texts)
    read = document_of_file(arguments.file, context.read_input)
    document = update_amounts(read, assigned(read, texts))
    context.learn(document)
    check_document(document, OrderRequest, argument="set" if texts else "file")
    session = await ready_to_write(context, dry_run=arguments.dry_run)
    plan = await planned(session.mutations.plan_create(document))
    if isinstance(plan, DoneResult):
        return plan
    if plan.order_id is not None:
        context.narrate("an order with this id or source_id exists: sending this would update it")
    return await carry_out(context, session, plan, arguments)


VERB = Verb(
    name="create",
    summary=of_verb("create").help,
    help=(
        "Create an order from a file, from --set, or from both. If an order with its id or source_id "
        "exists, Ordex shows the plan of an update. An order without a source_id gets one, so "
        "that it can be found after a lost connection. On production, type the profile's name or pass it "
        "with --confirm; --yes is not enough."
    ),
    run=run,
    arguments=(FILE, SET, DRY_RUN, YES, CONFIRM),
    examples=(
        "create --set source_id=WEB-1 --set amount=1250 --set status=PAID",
        "create --file order.json --set metadata.channel=phone --dry-run",
        "create --set items[0].product_id=prod_1 --set items[0].quantity=2 --set items[0].price=990",
    ),
    formats=FORMATS,
    writes=True,
)
