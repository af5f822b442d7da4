"""``list``: orders, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.actions.catalogue import of_verb
from tui.actions.desk import Desk
from tui.actions.listing import Listing, OrdersRead, read_orders
from tui.actions.printing.formats import FORMATS
from tui.actions.reading import chosen_column, chosen_columns, chosen_filter
from tui.actions.results import OrdersResult
from tui.actions.verb import Argument, Verb
from tui.orders.columns import sorted_by
from tui.terminal.counting import counted

ORDER_WORDS = {
    "-created_at": "newest first",
    "created_at": "oldest first",
    "-updated_at": "last updated first",
    "updated_at": "least recently updated first",
}


async def run(desk: Desk, given: Mapping[str, Any]) -> OrdersResult:
    """Read, filter and sort.

    Raises:
        InputError: an argument cannot be; nothing was sent.
        VoucherifyError: a page could not be read.
    """
    columns = chosen_columns(given["columns"])
    sort: str | None = given["sort"]
    sorting = chosen_column(sort.removeprefix("-"), argument="sort") if sort else None
    where = chosen_filter(given["where"], now=desk.now())
    listing = Listing(
        limit=given["limit"],
        page=given["page"],
        order=given["order"],
        everything=given["all"],
        matches=where.matches if where else None,
    )
    account = await desk.open()
    read = await read_orders(account.client, listing)
    orders = list(read.orders)
    if sorting and sort:
        orders = sorted_by(orders, sorting, descending=sort.startswith("-"))
    return OrdersResult(orders, columns, tuple(_account(read, listing, sort)))


def _account(read: OrdersRead, listing: Listing, sort: str | None) -> list[str]:
    """What was read, out of how many, and what that does not cover; in words."""
    found = f"{len(read.orders):,} of {counted(read.total, 'order')}"
    if listing.matches:
        match = "matches" if len(read.orders) == 1 else "match"
        found = f"{counted(len(read.orders), 'order')} {match} among the {read.looked_at:,} looked at"
        found += f", of {read.total:,}"
    said = [f"{found} · {ORDER_WORDS[listing.order]} · {counted(read.calls, 'call')}"]
    if sort:
        these = "this 1 order" if len(read.orders) == 1 else f"these {len(read.orders):,} orders"
        said.append(f"sorted by {sort.removeprefix('-')} over {these} only")
    if read.moved:
        said.append("orders came in meanwhile; one may be missing: run it again to be sure")
    if listing.everything and not read.exhausted:
        said.append("the API lists 10,000 orders in one direction at most; use an export for the rest")
    elif listing.matches and not read.exhausted and len(read.orders) < listing.limit:
        said.append("--all looks through all of them")
    return said


VERB = Verb(
    name="list",
    summary=of_verb("list").help,
    help=(
        "List orders, newest first. json is an array of orders and jsonl one order a line, each exactly as "
        "the API sent it; csv holds amounts in minor units. What was read, and out of how many, is said on "
        "stderr."
    ),
    run=run,
    arguments=(
        Argument("limit", "number", "How many orders.", default=10, minimum=1, maximum=10_000),
        Argument(
            "page",
            "number",
            "Start at this page of LIMIT orders (of 100 where more are read).",
            default=1,
            minimum=1,
        ),
        Argument("order", "choice", "The server's sort.", default="-created_at", choices=tuple(ORDER_WORDS)),
        Argument("all", "flag", "Walk every page: 100 orders a call, 10,000 at most.", default=False),
        Argument(
            "where",
            "filter",
            "Keep the orders that match (ordex help filter); looks through 1,000 unless --all.",
            metavar="FILTER",
        ),
        Argument(
            "sort", "column", "Sort what was read by a column; a minus in front reverses.", metavar="COLUMN"
        ),
        Argument("columns", "columns", "The columns of table and csv.", metavar="A,B"),
    ),
    examples=(
        "list",
        "list --limit 50 --order -updated_at",
        "list --where 'status:paid amount>=100' --format csv",
        "list --all --format jsonl > orders.jsonl",
    ),
    formats=FORMATS,
)
