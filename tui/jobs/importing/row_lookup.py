"""Which rows of a request arrived, told from the orders themselves.

For when the service's word is missing or cannot be trusted: an answer that was lost, a job that failed, a
result that cannot be read. A row whose order was not written since the request went out did not arrive and
can be sent. A row whose order was written since, and holds what the row holds, arrived. Any other row was
written by somebody since: sending it again could take back their change, so it is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tui.orders.changes import ABSENT, expect, split_differences
from tui.orders.order import Order
from tui.orders.times import instant
from tui.voucherify.addresses import has_order_path
from tui.voucherify.answers import PAGE_LIMIT, OrdersOrder, OrdersPage
from tui.voucherify.errors import NotFound, Unsendable

from .job_matching import JobTimes

FEW = 20
"""Rows that are looked up one by one; more are looked for in the list of the newest orders."""

MOST_READ = 100
"""Rows looked up one by one where that list does not go back far enough."""

LISTS: tuple[OrdersOrder, ...] = ("-updated_at", "-created_at")

SPARE_PAGES = 10
"""Pages of that list beyond those that the rows themselves would fill twice."""


class OrderReader(Protocol):
    """How orders are looked up; each call is counted and repeated as the import's other calls are."""

    async def read(self, order_id: str) -> Order:
        """One order by its id or source_id. Raises ``NotFound``."""
        ...

    async def page(self, number: int, order: OrdersOrder) -> OrdersPage:
        """A page of the list of orders, of ``PAGE_LIMIT``, from 1."""
        ...


@dataclass(frozen=True, slots=True)
class RowStates:
    """Positions of rows. ``changed``: written since, and not as the row says; ``unread``: not known."""

    arrived: tuple[int, ...]
    untouched: tuple[int, ...]
    changed: tuple[int, ...]
    unread: tuple[int, ...]


async def look_up_rows(
    documents: Sequence[dict[str, Any]],
    positions: Sequence[int],
    *,
    since: datetime,
    times: JobTimes | None,
    reader: OrderReader,
) -> RowStates:
    """What became of the rows at some positions.

    Args:
        documents: all rows of the request.
        positions: those that are looked up.
        since: no order that was last written before that was written by the request.
        times: of the job, where it is known to be the request's: what was written then was written by it.
        reader: how orders are looked up.
    """
    found, unread = await _written_since(documents, positions, since, reader)
    states: dict[str, list[int]] = {"arrived": [], "untouched": [], "changed": [], "unread": []}
    for at in positions:
        order = found.get(at)
        if at in unread:
            states["unread"].append(at)
        elif order is None:
            states["untouched"].append(at)
        elif (times is not None and times.holds(_written(order) or since)) or _holds(order, documents[at]):
            states["arrived"].append(at)
        else:
            states["changed"].append(at)
    return RowStates(**{name: tuple(rows) for name, rows in states.items()})


async def _written_since(
    documents: Sequence[dict[str, Any]], positions: Sequence[int], since: datetime, reader: OrderReader
) -> tuple[dict[int, Order], set[int]]:
    """The orders that were written since then, by position, and the positions that could not be looked up."""
    found: dict[int, Order] = {}
    left = list(positions)
    if len(left) > FEW or not all(has_order_path(_name(documents[at])) for at in left):
        found, reached = await _listed(documents, left, since, reader)
        left = [] if reached else [at for at in left if at not in found]
    unread = set(left[MOST_READ:])
    for at in left[:MOST_READ]:
        try:
            order = await reader.read(_name(documents[at]))
        except NotFound:
            continue
        except Unsendable:
            unread.add(at)
            continue
        if (written := _written(order)) is None or written >= since:
            found[at] = order
    return found, unread


async def _listed(
    documents: Sequence[dict[str, Any]], positions: Sequence[int], since: datetime, reader: OrderReader
) -> tuple[dict[int, Order], bool]:
    """The rows' orders among the newest ones, and whether the lists went back to ``since``.

    An order that was never updated has no ``updated_at``, so it takes two lists to see all that was written.
    """
    by_name = {_name(documents[at]): at for at in positions}
    most = min(2 * (len(positions) // PAGE_LIMIT + 1) + SPARE_PAGES, PAGE_LIMIT)
    found: dict[int, Order] = {}
    reached = await _begins_with_updated(reader)
    for order in LISTS:
        went_back = False
        # What was written while the pages were read has moved to the first one.
        for number in (*range(1, most + 1), 1):
            if went_back and number > 1:
                continue
            orders = (await reader.page(number, order)).orders
            for each in orders:
                at = by_name.get(each.id, by_name.get(each.source_id or ""))
                written = _written(each)
                if at is not None and written is not None and written >= since:
                    found[at] = each
            went_back |= not orders or any(_is_before(each, order, since) for each in orders)
        reached &= went_back
    return found, reached


async def _begins_with_updated(reader: OrderReader) -> bool:
    """Whether the list of the last updated orders begins with them, not with orders never updated."""
    newest = (await reader.page(1, "-updated_at")).orders
    if not newest or newest[0].updated_at is not None:
        return True
    least = (await reader.page(1, "updated_at")).orders
    return not least or least[0].updated_at is None


def _is_before(order: Order, by: OrdersOrder, since: datetime) -> bool:
    time = instant(order.updated_at if by == "-updated_at" else order.created_at)
    return time is None or time < since


def _holds(order: Order, row: dict[str, Any]) -> bool:
    """Whether an order has everything that a row says; further metadata keys aside."""
    body = {name: value for name, value in row.items() if name not in ("id", "created_at")}
    missed, _ = split_differences({}, body, expect({}, body), order.raw)
    return all(change.path[0] == "metadata" and change.old is ABSENT for change in missed)


def _name(row: dict[str, Any]) -> str:
    return str(row.get("source_id") or row["id"])


def _written(order: Order) -> datetime | None:
    return instant(order.updated_at) or instant(order.created_at)
