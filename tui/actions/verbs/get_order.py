"""``get``: show one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.actions.catalogue import of_verb
from tui.actions.printing.formats import FORMATS
from tui.actions.results import OrderResult
from tui.actions.verb import Argument, Verb, typed_arguments
from tui.actions.verb_context import VerbContext


@dataclass(frozen=True)
class GetArguments:
    """Values of the arguments of ``get``, by their names."""

    id: str | None = None


async def run(context: VerbContext, given: Mapping[str, Any]) -> OrderResult:
    """Read the order with one call.

    Raises:
        VoucherifyError: it could not be read.
    """
    arguments = typed_arguments(GetArguments, given)
    session = await context.open()
    order = await session.client.get_order(arguments.id or "")
    return OrderResult(
        order, tuple(f"unexpected value, kept as sent: {problem}" for problem in order.problems)
    )


VERB = Verb(
    name="get",
    summary=of_verb("get").help,
    help="Show one order by id or source_id. Costs one call.",
    run=run,
    arguments=(Argument("id", "text", "An id or source_id.", positional=True, required=True, metavar="ID"),),
    examples=("get WEB-2026-004711", "get ord_0c5564b67d0e571534 --format json"),
    formats=FORMATS,
)
