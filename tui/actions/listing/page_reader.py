"""Reading orders page by page: which pages, when to stop, and whether the result is complete.

The server neither filters nor sorts beyond the two times (``docs/voucherify-api.md#list-orders``), so a
filter reads pages until enough orders match, and reports how far it read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Protocol

from tui.orders.coverage import LAST_PAGE, Coverage, orders_by_key
from tui.voucherify.errors import VoucherifyError
from tui.voucherify.responses import PAGE_LIMIT, OrdersOrder, OrdersPage

if TYPE_CHECKING:
    from tui.jobs.background.quota import Quota
    from tui.orders.order import Order

FILTER_PAGES = 10
"""Pages that a filter searches without ``--all``: 1,000 orders with ten calls."""

SECOND_LOOKS = 3
"""Pages that are read again when the orders do not add up to the service's total."""


class OrdersReader(Protocol):
    """The part of the client that reading uses."""

    async def list_orders(
        self, *, limit: int = 100, page: int = 1, order: OrdersOrder = "-created_at"
    ) -> OrdersPage:
        """One page of ``GET /v1/orders``."""
        ...


@dataclass(frozen=True, slots=True)
class Listing:
    """What to read. ``limit`` orders from the start of ``page``; ``everything`` walks all pages.

    ``is_past`` is whether no page after this one can match.
    """

    limit: int = 10
    page: int = 1
    order: OrdersOrder = "-created_at"
    everything: bool = False
    matches: Callable[[Order], bool] | None = None
    is_past: Callable[[tuple[Order, ...]], bool] | None = None

    @property
    def is_one_page(self) -> bool:
        """Whether a single page is enough."""
        return not self.everything and self.matches is None and self.limit <= PAGE_LIMIT

    @property
    def page_size(self) -> int:
        """Orders per call."""
        return self.limit if self.is_one_page else PAGE_LIMIT


@dataclass(frozen=True, slots=True)
class OrdersRead:
    """What was read: the orders that match, how many were looked at, and what is known of the rest.

    ``matching`` counts those that match among all that were looked at; ``orders`` holds the first of them.
    ``error`` is what ended the reading early, after at least one page; ``kept_calls`` whether it ended to
    leave the rest of the budget to the person; ``bounded`` whether nothing behind the last page can match.
    ``next_page`` is where reading continues.
    """

    orders: tuple[Order, ...]
    matching: int
    looked_at: int
    calls: int
    coverage: Coverage
    error: VoucherifyError | None = None
    kept_calls: bool = False
    bounded: bool = False

    @property
    def next_page(self) -> int:
        """The page that was not read yet."""
        return self.coverage.last_page + 1

    @property
    def exhausted(self) -> bool:
        """Whether every order that could match was read."""
        return self.coverage.complete or self.bounded


@dataclass(slots=True)
class OrdersWalk:
    """Reads the pages of a listing, each order once however pages shift meanwhile.

    Args:
        client: what answers pages.
        listing: what to read.
        allowance: what may be used of the budget now; called only if everything is read.
        on_page: is given the orders of each page that match, as soon as it came.
        on_first: is given the coverage after the first page, if a second one is to be read.
    """

    client: OrdersReader
    listing: Listing
    allowance: Callable[[], Quota] | None = None
    on_page: Callable[[list[Order]], None] | None = None
    on_first: Callable[[Coverage], None] | None = None
    _seen: set[str] = field(default_factory=set)
    _matching: list[Order] = field(default_factory=list)
    _last: tuple[Order, ...] = ()
    _calls: int = 0
    _coverage: Coverage = field(default_factory=Coverage)

    async def read(self) -> OrdersRead:
        """Read until there are enough orders, or no more.

        Raises:
            VoucherifyError: the first page could not be read. An error later on is in the result.
        """
        listing = self.listing
        self._coverage = Coverage(skipped=(listing.page - 1) * listing.page_size, last_page=listing.page - 1)
        error: VoucherifyError | None = None
        bounded = False
        page: int | None = listing.page
        try:
            while page is not None and not self._must_keep_calls():
                await self._read_page(page)
                bounded = listing.is_past is not None and listing.is_past(self._last)
                page = None if bounded or self._is_enough() else self._coverage.next_page
                if page is not None and self._calls == 1 and self.on_first is not None:
                    self.on_first(self._coverage)
            if page is None:
                await self._look_again(bounded=bounded)
        except VoucherifyError as failure:
            if not self._calls:
                raise
            error = failure
        wanted = self._matching if listing.everything else self._matching[: listing.limit]
        return OrdersRead(
            orders=tuple(wanted),
            matching=len(self._matching),
            looked_at=len(self._seen),
            calls=self._calls,
            coverage=self._coverage,
            error=error,
            kept_calls=error is None and page is not None,
            bounded=bounded,
        )

    async def _read_page(self, page: int) -> None:
        size = self.listing.page_size
        answer = await self.client.list_orders(limit=size, page=page, order=self.listing.order)
        self._calls += 1
        # A service that ignores the page number sends the same page for ever.
        repeated = bool(self._last) and [o.raw for o in answer.orders] == [o.raw for o in self._last]
        read = {} if repeated else orders_by_key(answer.orders, page)
        fresh = [order for key, order in read.items() if key not in self._seen]
        self._last = answer.orders
        self._seen.update(order.key for order in fresh)
        received = len(answer.orders)
        self._coverage = self._coverage.after(
            page, asked=size, received=received, new=len(fresh), stated=answer.total
        )
        matches = self.listing.matches
        matching = fresh if matches is None else [order for order in fresh if matches(order)]
        self._matching += matching
        if self.on_page is not None:
            self.on_page(matching)

    async def _look_again(self, *, bounded: bool) -> None:
        """Read the pages again that most likely have the missing orders."""
        coverage = self._coverage
        if not self.listing.everything or coverage.complete:
            return
        if not (bounded or coverage.missing or coverage.gaps):
            return
        # Orders that were made or changed meanwhile are at the top of a list that is newest first.
        top = (self.listing.page,) if self._may_have_moved_to_the_top else ()
        for page in (*coverage.gaps, *top)[:SECOND_LOOKS]:
            if not self._must_keep_calls():
                await self._read_page(page)

    @property
    def _may_have_moved_to_the_top(self) -> bool:
        """Whether the missing orders may be on a page that was read before."""
        moved = bool(self._coverage.contradiction)
        return moved and self.listing.order.startswith("-") and self.listing.page < self._coverage.last_page

    def _must_keep_calls(self) -> bool:
        """Whether the remaining calls are reserved for the user. The first call is always made."""
        if not self._calls or self.allowance is None or not self.listing.everything:
            return False
        calls = self.allowance().calls
        return calls is not None and calls <= 0

    def _is_enough(self) -> bool:
        listing, coverage = self.listing, self._coverage
        if listing.everything:
            return False
        if len(self._matching) >= listing.limit or self._calls >= FILTER_PAGES:
            return True
        # One page answers it, unless the service sends smaller pages than it was asked for.
        return listing.is_one_page and not (coverage.short and self._last)


def pages_to_come(coverage: Coverage) -> int | None:
    """Calls for the rest of a list according to the service's total; ``None`` without a total."""
    if coverage.next_page is None:
        return 0
    if coverage.missing is None or not coverage.seen:
        return None
    rest = ceil(coverage.missing / min(coverage.seen, PAGE_LIMIT))
    return min(max(rest, 1), LAST_PAGE - coverage.last_page)
