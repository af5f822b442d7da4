"""``summary``: counts and sums of all orders, by columns, metadata or spans of time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.actions.arguments.filter_and_columns import parse_filter
from tui.actions.copy_answers import open_copy
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DocumentsResult
from tui.actions.verb import Argument, Verb, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.orders.amounts import format_amount
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.mirror.copy_summary import Summary, SummaryGroup, SummaryKey
    from tui.orders.columns import OrderColumn
    from tui.orders.privacy import Masks

BAR = 20
"""Cells of the longest bar."""

MEASURES = ("orders", "sum", "average", "median", "min", "max")


@dataclass(frozen=True)
class SummaryArguments:
    """Values of the arguments of ``summary``, by their names."""

    by: str | None
    where: str | None
    of: str
    top: int | None


async def run(context: VerbContext, given: Mapping[str, Any]) -> DocumentsResult:
    """Summarise the orders.

    Raises:
        InputError: the filter is invalid.
        SummaryError: there is no such key, or no such number.
        NotRead: it depends on parts of orders that were not read yet.
        CopyError: the copy cannot be read or made.
        VoucherifyError: the account cannot be read.
    """
    from tui.mirror.copy_summary import parse_key, parse_measure, summarize

    arguments = typed_arguments(SummaryArguments, given)
    keys = [parse_key(name.strip()) for name in arguments.by.split(",")] if arguments.by else []
    measure = parse_measure(arguments.of)
    where = parse_filter(arguments.where, now=context.now())
    async with open_copy(context) as copy:
        summary = await asyncio.to_thread(summarize, copy.reader, keys, where, measure=measure)
        orders = copy.reader.manifest.orders
    groups = _largest(summary, arguments.top)
    matching = f" of {orders:,}" if where is not None else ""
    lines = [f"{pluralize(summary.total.orders, 'order')}{matching}, {copy.age}"]
    if len(groups) < len(summary.groups):
        left = summary.total.orders - sum(group.orders for group in groups)
        rest = pluralize(len(summary.groups) - len(groups), "more group")
        lines.append(f"{rest} with {pluralize(left, 'order')} not shown (--top)")
    documents = [_masked(group.document(keys), keys, context.masks) for group in groups]
    fields = (*(key.name for key in keys), *MEASURES)
    return DocumentsResult(
        documents, fields, tuple(lines), shown=_shown(documents, summary.total.orders, keys, measure)
    )


def _largest(summary: Summary, top: int | None) -> Sequence[SummaryGroup]:
    """The groups with the most orders, in the order of the summary."""
    if top is None or top >= len(summary.groups):
        return summary.groups
    ranked = sorted(range(len(summary.groups)), key=lambda at: -summary.groups[at].orders)
    chosen = set(ranked[:top])
    return [group for at, group in enumerate(summary.groups) if at in chosen]


def _masked(document: dict[str, Any], keys: Sequence[SummaryKey], masks: Masks | None) -> dict[str, Any]:
    if masks is None or not masks.on:
        return document
    names = {key.name for key in keys}
    return {
        name: masks.cell(name, value) if name in names and isinstance(value, str) else value
        for name, value in document.items()
    }


def _shown(
    documents: Sequence[dict[str, Any]], total: int, keys: Sequence[SummaryKey], measure: OrderColumn
) -> list[dict[str, Any]]:
    """The rows of the table: amounts as people write them, numbers below each other, and bars."""
    most = max((document["orders"] for document in documents), default=0)
    rows = []
    for document in documents:
        row = {key.name: "-" if document[key.name] is None else str(document[key.name]) for key in keys}
        row["orders"] = f"{document['orders']:,}"
        if keys:
            row["share"] = f"{document['orders'] / total:.1%}"
            row["bar"] = "█" * max(round(BAR * document["orders"] / most), 1)
        numbers = {name: document[name] for name in MEASURES[1:]}
        rows.append(row | {name: _number(value, measure) for name, value in numbers.items()})
    for name in ("orders", "share", *MEASURES[1:]):
        width = max((len(row[name]) for row in rows if name in row), default=0)
        for row in rows:
            if name in row:
                row[name] = row[name].rjust(width)
    return rows


def _number(value: float | None, measure: OrderColumn) -> str:
    if value is None:
        return "-"
    return format_amount(round(value)) if measure.kind == "amount" else f"{value:,.4g}"


VERB = Verb(
    name="summary",
    summary="Count and add up all orders, by columns, metadata or spans of time.",
    help=(
        "Count and add up orders of the whole account. KEY is a column, metadata.PATH, or created: or "
        "updated: with hour, day, week, month or weekday (UTC). json has amounts in minor units; the table "
        "draws bars. It is answered from the local copy; without one, Ordex reads the account and shows the "
        "cost first. Periods are listed in order of time, other groups by their number of orders."
    ),
    run=run,
    arguments=(
        Argument("by", "text", "Group by these keys.", metavar="KEY,KEY"),
        Argument("where", "filter", "Only orders that match (see ordex help filter).", metavar="FILTER"),
        Argument("of", "text", "Add up this column.", default="total_amount", metavar="COLUMN"),
        Argument("top", "number", "Show only this many groups, those with the most orders.", minimum=1),
    ),
    examples=(
        "summary",
        "summary --by status,created:week --format json",
        "summary --by metadata.channel --where 'created>=-30d' --of total_discount_amount",
        "summary --by customer --top 10",
    ),
    formats=FORMATS,
)
