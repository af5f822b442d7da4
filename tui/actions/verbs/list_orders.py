"""``list``: list orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.actions.arguments.filter_and_columns import (
    notes_on_empty_result,
    parse_column,
    parse_columns,
    parse_filter,
)
from tui.actions.catalogue import of_verb
from tui.actions.listing.copied_list import LIMIT, list_copied
from tui.actions.listing.coverage_text import describe_sort, describe_unreadable, end_code, found, plan, rest
from tui.actions.listing.filtered_walk import Judge, PastBounds, walking_order
from tui.actions.listing.page_reader import Listing, OrdersWalk
from tui.actions.printing.formats import FORMATS
from tui.actions.results import OrdersResult
from tui.actions.verb import Argument, InputError, Verb, command_text
from tui.actions.verb_context import VerbContext
from tui.orders.columns import column, sorted_by
from tui.orders.orders_snapshot import SERVER_ORDERS

if TYPE_CHECKING:
    from tui.jobs.background.quota import Quota
    from tui.orders.coverage import Coverage
    from tui.orders.filter import Filter


async def run(context: VerbContext, given: Mapping[str, Any]) -> OrdersResult:
    """Read, filter and sort.

    Raises:
        InputError: an argument is invalid; nothing was sent.
        VoucherifyError: the first page could not be read.
    """
    if given["all"] and given["limit"] is not None:
        raise InputError("--all reads every page: leave --limit out, or --all", argument="limit")
    columns = parse_columns(given["columns"])
    sort: str | None = given["sort"]
    sorting = parse_column(sort.removeprefix("-"), argument="sort") if sort else None
    where = parse_filter(given["where"], now=context.now())
    if not given["live"]:
        copied = await list_copied(context, given, columns, where, sorting)
        if copied is not None:
            return copied
    listing, judge, past = _listing(given, where)
    session = await context.open()
    allowance = session.ration.allowance if listing.everything else None
    in_order = listing.order == given["order"]
    streams = listing.everything and in_order and sorting is None and context.stream is not None
    walk = OrdersWalk(
        session.client,
        listing,
        allowance=allowance,
        on_page=partial(context.stream.page, columns=columns) if streams and context.stream else None,
        on_first=lambda coverage: _say_plan(context, coverage, allowance, past),
    )
    read = await walk.read()
    orders = list(read.orders)
    for by in (*([] if in_order else [given["order"]]), *([sort] if sort else [])):
        orders = sorted_by(orders, column(by.removeprefix("-")), descending=by.startswith("-"))
    again = command_text(
        context, VERB, {**given, "all": True, "page": read.next_page, "order": listing.order}
    )
    lines = (
        *found(read, listing, given["order"]),
        *notes_on_empty_result(where, len(orders)),
        *describe_unreadable(read, [] if judge is None else judge.unreadable),
        *describe_sort(read, sort),
        *rest(read, listing, allowance, again),
    )
    return OrdersResult(orders, columns, lines, end_code(read, listing))


def _listing(
    given: Mapping[str, Any], where: Filter | None
) -> tuple[Listing, Judge | None, PastBounds | None]:
    """What to read; a filter on times may read the list from its other end to finish earlier."""
    listing = Listing(given["limit"] or LIMIT, given["page"], given["order"], given["all"])
    if where is None:
        return listing, None, None
    # Other pages in another order would not be the ones asked for, nor the first so many matches.
    is_free = given["all"] and given["page"] == 1
    order = walking_order(where, given["order"]) if is_free else given["order"]
    judge, past = Judge(where), PastBounds(where, order)
    return replace(listing, order=order, matches=judge, is_past=past), judge, past


def _say_plan(
    context: VerbContext,
    coverage: Coverage,
    allowance: Callable[[], Quota] | None,
    past: PastBounds | None,
) -> None:
    if allowance is None:
        return
    if words := plan(coverage, allowance(), may_end_early=past is not None and past.may_end):
        context.narrate(words)


VERB = Verb(
    name="list",
    summary=of_verb("list").help,
    help=(
        "List orders, newest first. json is an array of orders and jsonl one order per line, each exactly"
        " as the API sent it; csv has amounts in minor units. How many orders were read, and out of how "
        "many, goes to stderr. --all writes each page as it arrives (json, jsonl, csv) and leaves a fifth"
        " of the account's calls for you. If it stops early, it exits with 7 or 9 and prints the command "
        "that continues. With a local copy (ordex sync), all orders are searched and sorted in it, without a "
        "call, and stderr says as of when; --live asks the service."
    ),
    run=run,
    arguments=(
        Argument("limit", "number", f"Number of orders.  [default: {LIMIT}]", minimum=1, maximum=10_000),
        Argument(
            "page",
            "number",
            "Start at this page; a page has LIMIT orders, at most 100.",
            default=1,
            minimum=1,
        ),
        Argument(
            "order",
            "choice",
            "Order in which the service lists.",
            default="-created_at",
            choices=tuple(SERVER_ORDERS),
        ),
        Argument("all", "flag", "Read every page: 100 orders per call, at most 10,000.", default=False),
        Argument(
            "where",
            "filter",
            "Show only orders that match (see ordex help filter). Searches 1,000 orders, or all with --all.",
            metavar="FILTER",
        ),
        Argument(
            "sort",
            "column",
            "Sort the orders that were read by a column; -COLUMN sorts in descending order.",
            metavar="COLUMN",
        ),
        Argument("columns", "columns", "Columns of table and csv.", metavar="A,B"),
        Argument("live", "flag", "Ask the service even if there is a local copy.", default=False),
    ),
    examples=(
        "list",
        "list --limit 50 --order -updated_at",
        "list --where 'status:paid amount>=100' --format csv",
        "list --all --format jsonl > orders.jsonl",
    ),
    formats=FORMATS,
)
