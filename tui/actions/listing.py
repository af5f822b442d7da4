"""Reading orders page by page for a list: how many, through which window, kept by which filter.

The server neither filters nor sorts beyond the two times (``voucherify-api.md`` 1.1), so a filter reads
pages until enough orders match, and says how far it looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui.voucherify.answers import PAGE_LIMIT, OrdersOrder, OrdersPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.orders.order import Order

FILTER_PAGES = 10
"""Pages that a filter looks through unless everything was asked for: 1,000 orders for ten calls."""


class OrdersReader(Protocol):
    """What reading needs of the client."""

    async def list_orders(
        self, *, limit: int = 100, page: int = 1, order: OrdersOrder = "-created_at"
    ) -> OrdersPage:
        """One page of ``GET /v1/orders``."""
        ...


@dataclass(frozen=True, slots=True)
class Listing:
    """What to read. ``limit`` orders from the start of ``page``; ``everything`` walks all pages."""

    limit: int = 10
    page: int = 1
    order: OrdersOrder = "-created_at"
    everything: bool = False
    matches: Callable[[Order], bool] | None = None


@dataclass(frozen=True, slots=True)
class OrdersRead:
    """What was read: the orders that match, how many were looked at, and how many there are.

    ``exhausted`` is whether every order that can be listed was looked at; ``moved`` whether orders came
    or went meanwhile, so that one may have slipped through.
    """

    orders: tuple[Order, ...]
    looked_at: int
    total: int
    calls: int
    exhausted: bool
    moved: bool


async def read_orders(client: OrdersReader, listing: Listing) -> OrdersRead:
    """Read the orders of a listing; every order at most once however pages shift meanwhile.

    Raises:
        VoucherifyError: a page could not be read.
    """
    one_page = not listing.everything and listing.matches is None and listing.limit <= PAGE_LIMIT
    size = listing.limit if one_page else PAGE_LIMIT
    seen: dict[str, Order] = {}
    matching: list[Order] = []
    totals: list[int] = []
    page = listing.page
    while True:
        answer = await client.list_orders(limit=size, page=page, order=listing.order)
        totals.append(answer.total)
        for order in answer.orders:
            if order.id in seen:
                continue
            seen[order.id] = order
            if listing.matches is None or listing.matches(order):
                matching.append(order)
        exhausted = len(answer.orders) < size or page * size >= answer.total
        enough = not listing.everything and (len(matching) >= listing.limit or len(totals) >= FILTER_PAGES)
        if one_page or exhausted or page >= PAGE_LIMIT or enough:
            break
        page += 1
    wanted = matching if listing.everything else matching[: listing.limit]
    return OrdersRead(
        orders=tuple(wanted),
        looked_at=len(seen),
        total=totals[-1],
        calls=len(totals),
        exhausted=exhausted,
        moved=len(set(totals)) > 1,
    )
