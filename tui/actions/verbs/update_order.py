"""``update``: change fields of one order after showing the differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from tui.actions.exit_codes import ExitCode
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DoneResult, Result
from tui.actions.verb import Argument, InputError, Verb, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.orders.api_object import ApiDocument
from tui.orders.changes import describe, diff, overlay_document, update_amounts, writable
from tui.orders.request import OrderUpdateRequest


@dataclass(frozen=True)
class UpdateArguments(Consent):
    """Values of the arguments of ``update``, by their names."""

    id: str | None = None
    file: str | None = None
    set: tuple[str, ...] = ()


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """Read the order, apply the new values, show the differences, ask, and send them.

    Raises:
        InputError: the arguments cannot be sent; nothing was sent.
        VoucherifyError: the order could not be read.
    """
    arguments = typed_arguments(UpdateArguments, given)
    texts = arguments.set
    if arguments.file is None and not texts:
        raise InputError("nothing to change; pass --file or --set")
    check_assignments(texts)
    read = document_of_file(arguments.file, context.read_input)
    part = _given_fields(read)
    context.learn(read)
    check_document(part, OrderUpdateRequest, argument="file")
    session = await ready_to_write(context, dry_run=arguments.dry_run)
    opened = (await session.client.get_order(arguments.id or "")).raw
    if (stale := _stale(read, opened)) is not None:
        return stale
    intended = update_amounts(opened, assigned(overlay_document(opened, part), texts))
    context.learn(intended)
    plan = await planned(session.mutations.plan_update(opened, intended))
    if isinstance(plan, DoneResult):
        return plan
    return await carry_out(context, session, replace(plan, calls_spent=plan.calls_spent + 1), arguments)


def _given_fields(read: ApiDocument) -> ApiDocument:
    """The writable fields of a file, which may be a whole order as ``get`` prints it."""
    return writable(read) if read.get("object") == "order" else {k: v for k, v in read.items() if k != "id"}


def _stale(read: ApiDocument, now: ApiDocument) -> DoneResult | None:
    """Refuse a file of another order, or of an older state of this order."""
    if "id" in read and read["id"] != now["id"]:
        raise InputError(f"the file holds order {read['id']}, not {now['id']}", argument="file")
    if "updated_at" not in read or read["updated_at"] == now.get("updated_at"):
        return None
    taken = read["updated_at"] or "before its first update"
    lines = [f"the order was changed at {now.get('updated_at')}, after the file was taken ({taken}):"]
    lines += [
        f"  {found.field}: the file has {found.new}, the order {found.old}"
        for found in map(describe, diff(writable(now), writable({**now, **read})))
    ]
    lines.append("get the order again with “ordex get”, and repeat the change; nothing was sent")
    return DoneResult(tuple(lines), {"outcome": "conflict", "reasons": lines}, code=ExitCode.CONFLICT)


VERB = Verb(
    name="update",
    summary=of_verb("update").help,
    help=(
        "Change fields of one order, by id or source_id. Ordex sends only what differs, and metadata "
        "always as a complete object. A file contains the fields to change, or a whole order from “ordex "
        "get --format json”: if the order was changed since, nothing is sent. Costs three calls: two to "
        "read and one to write. On production, type the profile's name or pass it with --confirm; --yes "
        "is not enough."
    ),
    run=run,
    arguments=(
        Argument("id", "text", "An id or source_id.", positional=True, required=True, metavar="ID"),
        FILE,
        SET,
        DRY_RUN,
        YES,
        CONFIRM,
    ),
    examples=(
        "update WEB-1 --set status=PAID",
        "update WEB-1 --set items[0].quantity=2 --set metadata.tags='[\"gift\"]' --dry-run",
        "update WEB-1 --set metadata.note-=",
        "update WEB-1 --file changed.json --yes",
    ),
    formats=FORMATS,
    writes=True,
)
