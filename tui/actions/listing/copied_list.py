"""The list of orders from the local copy, where there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.actions.arguments.filter_and_columns import notes_on_empty_result
from tui.actions.results import OrdersResult
from tui.actions.session import has_copy
from tui.orders.orders_snapshot import SERVER_ORDERS
from tui.terminal.pluralize import pluralize
from tui.voucherify.responses import PAGE_LIMIT

if TYPE_CHECKING:
    from tui.actions.copy_answers import OpenCopy
    from tui.actions.verb_context import VerbContext
    from tui.mirror.copy_search import FoundOrders
    from tui.orders.columns import OrderColumn
    from tui.orders.filter import Filter

LIMIT = 10
"""The default number of orders."""

STREAMED = 5000
"""Orders that are in memory at once where they are written as they are read."""


async def list_copied(
    context: VerbContext,
    given: Mapping[str, Any],
    columns: Sequence[OrderColumn],
    where: Filter | None,
    sorting: OrderColumn | None,
) -> OrdersResult | None:
    """The orders that the arguments of ``list`` ask for; ``None`` if the copy cannot answer.

    The user is told why it cannot, unless there is none.
    """
    if not has_copy(context.folders, context.profile()):
        return None
    from tui.actions.copy_answers import open_copy
    from tui.mirror.copy_errors import CopyError

    try:
        async with open_copy(context, only_existing=True) as copy:
            return await _list(context, given, columns, where, sorting, copy)
    except CopyError as error:
        context.narrate(f"the local copy cannot answer: {error}; asking the service")
        return None


async def _list(
    context: VerbContext,
    given: Mapping[str, Any],
    columns: Sequence[OrderColumn],
    where: Filter | None,
    sorting: OrderColumn | None,
    copy: OpenCopy,
) -> OrdersResult:
    from tui.actions.copy_answers import copied_orders, describe_partial, honest_columns
    from tui.mirror.copy_search import find_orders

    descending = bool(given["sort"]) and given["sort"].startswith("-")
    find = partial(find_orders, copy.reader, where, order=given["order"], sort=sorting, descending=descending)
    limit = None if given["all"] else given["limit"] or LIMIT
    offset = (given["page"] - 1) * min(limit or PAGE_LIMIT, PAGE_LIMIT)
    stream = context.stream if given["all"] else None
    found = await asyncio.to_thread(find, offset=offset, limit=limit if stream is None else STREAMED)
    count, in_part = len(found.orders), len(found.partial)
    while stream is not None and found.orders:
        stream.page(copied_orders(context, found), columns)
        found = await asyncio.to_thread(find, offset=offset + count, limit=STREAMED)
        count, in_part = count + len(found.orders), in_part + len(found.partial)
    lines = (
        *_described(found, count, given, copy, where),
        *notes_on_empty_result(where, count),
        *describe_partial(in_part),
    )
    return OrdersResult(copied_orders(context, found), honest_columns(columns, found), lines)


def _described(
    found: FoundOrders, count: int, given: Mapping[str, Any], copy: OpenCopy, where: Filter | None
) -> Iterator[str]:
    orders = copy.reader.manifest.orders
    words = f"{count:,} of {pluralize(orders, 'order')}"
    if where is not None:
        match = "matches" if found.matching == 1 else "match"
        words = f"{pluralize(found.matching, 'order')} {match} among all {orders:,}"
        if count < found.matching:
            words += f", {count:,} shown"
    order = f"sorted by {given['sort'].removeprefix('-')}" if given["sort"] else SERVER_ORDERS[given["order"]]
    yield f"{words} · {order} · local copy {copy.age}"
