"""The orders that were read, as an immutable snapshot with its sort and filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .columns import column, sorted_by
from .coverage import LAST_PAGE, Coverage, is_of_page, orders_by_key
from .times import parse_time

if TYPE_CHECKING:
    from .order import Order

PAGE_SIZE = 100
"""Orders on one page of ``GET /v1/orders``, at most (``docs/voucherify-api.md#list-orders``)."""

REACH = PAGE_SIZE * LAST_PAGE

"""Pages read within this time count as read at the time of the first."""

Accepts = Callable[["Order"], bool]

SERVER_ORDERS = {
    "-created_at": "newest first",
    "created_at": "oldest first",
    "-updated_at": "last updated first",
    "updated_at": "least recently updated first",
}
"""The sort orders of the API, with their descriptions."""


@dataclass(frozen=True, slots=True)
class LocalSort:
    """A sort of what is loaded, by the name of a column."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class LocalFilter:
    """A filter over the loaded orders: its text, and the test it compiles to.

    ``renew`` compiles it again, for a text with a relative date such as ``today``. ``note`` is
    the message to show if nothing matches.
    ``unreadable`` names the field of an order that the filter compares and cannot read.
    """

    text: str
    accepts: Accepts
    renew: Callable[[], Accepts] | None = None
    note: str = ""
    unreadable: Callable[[Order], str | None] | None = None

    @property
    def test(self) -> Accepts:
        """The test at this moment."""
        return self.renew() if self.renew is not None else self.accepts


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class OrdersSnapshot:
    """The orders read so far, in the server's order, and how they are shown.

    Snapshots never change: every method returns a new one that shares the unchanged parts. Two snapshots
    are equal only if they are the same object, so comparing them costs nothing.
    """

    server_order: str = "-created_at"
    by_id: Mapping[str, Order] = field(default_factory=_nothing)
    """Every order read, by its key (which is its id, where it has one); the newest reading of each."""
    server_ids: tuple[str, ...] = ()
    """The keys in the order in which the server lists them."""
    read_at: Mapping[int, datetime] = field(default_factory=_nothing)
    """When each page was last read (UTC), by page number from 1."""
    coverage: Coverage = field(default_factory=Coverage)
    """How much of the list the pages read prove to be here."""
    sort: LocalSort | None = None
    filter: LocalFilter | None = None
    before: Mapping[str, Order | None] = field(default_factory=_nothing)
    """The orders that a later reading changed: the reading before, or ``None`` for a new order."""
    arranged: tuple[Order, ...] = ()
    """Every order read, in the order shown."""
    rows: tuple[Order, ...] = ()
    """The orders shown: arranged, and accepted by the filter."""
    skipped: int = 0
    """Orders whose value the filter cannot read."""

    @classmethod
    def of_orders(cls, orders: Iterable[Order], name: str) -> OrdersSnapshot:
        """A snapshot of exactly these orders: a filter with this name hides orders that are read later."""
        by_id = {order.key: order for order in orders}
        wanted = LocalFilter(name, lambda order: order.key in by_id, note=f"{name} are not loaded")
        loaded = cls(by_id=by_id, server_ids=tuple(by_id), filter=wanted, coverage=Coverage(seen=len(by_id)))
        return loaded._arrange()

    def add_page(
        self,
        orders: Iterable[Order],
        *,
        page: int,
        total: int | None,
        read_at: datetime,
        server_order: str,
        page_size: int = PAGE_SIZE,
    ) -> OrdersSnapshot:
        """Add one page of the list, with the service's ``total``. Another server order starts over.

        An order that is on several pages, since the list moved between two readings, is kept once: the
        newest reading wins, and its place is where the newest page has it.
        """
        if server_order != self.server_order:
            fresh = OrdersSnapshot(server_order=server_order, sort=self.sort, filter=self.filter)
            return fresh.add_page(
                orders,
                page=page,
                total=total,
                read_at=read_at,
                server_order=server_order,
                page_size=page_size,
            )
        listed = tuple(orders)
        read = orders_by_key(listed, page)
        again = page in self.read_at
        start = (page - 1) * page_size
        kept = [key for key in self.server_ids if not (again and is_of_page(key, page))]
        others = [key for key in kept if key not in read]
        by_id = {**{key: self.by_id[key] for key in kept}, **read}
        coverage = self.coverage.after(
            page, asked=page_size, received=len(listed), new=len(by_id) - len(kept), stated=total
        )
        return replace(
            self,
            by_id=by_id,
            server_ids=(*others[:start], *read, *others[start:]),
            read_at={**self.read_at, page: read_at},
            coverage=replace(coverage, seen=len(by_id)),
            before={**self.before, **self._changed(read, again=again)},
        )._arrange()

    def with_order(self, order: Order) -> OrdersSnapshot:
        """Add or replace one order, at its position in the list.

        One that is not loaded comes where the server would list it; beyond the loaded orders, it is not
        added. Only an order that was just created is new, and counts to the total.
        """
        changed = self._changed({order.key: order}, again=order.updated_at is None)
        ids, coverage = self.server_ids, self.coverage
        if order.key not in self.by_id:
            place = self._place_of(order)
            if place is None:
                return self
            ids = (*ids[:place], order.key, *ids[place:])
            total = self.total
            if total is not None:
                total = max(len(ids), total + (order.updated_at is None))
            coverage = replace(coverage, seen=coverage.seen + 1, stated=total)
        by_id = {**self.by_id, order.key: order}
        before = {**self.before, **changed}
        return replace(self, by_id=by_id, server_ids=ids, coverage=coverage, before=before)._arrange()

    def with_sort(self, sort: LocalSort | None) -> OrdersSnapshot:
        """Show in another order; ``None`` is the server's own."""
        return replace(self, sort=sort)._arrange()

    def with_filter(self, wanted: LocalFilter | None) -> OrdersSnapshot:
        """Show only what the filter accepts; ``None`` shows everything loaded."""
        return replace(self, filter=wanted)._sift()

    def with_changes_seen(self) -> OrdersSnapshot:
        """Forget which orders changed, before a refresh."""
        return replace(self, before=_nothing())

    @property
    def count(self) -> int:
        """Orders read so far."""
        return len(self.server_ids)

    @property
    def total(self) -> int | None:
        """Orders of the whole account as the service states it; ``None`` where unknown or disproved."""
        return self.coverage.total

    @property
    def is_read(self) -> bool:
        """Whether a page was read, be it an empty one."""
        return bool(self.read_at)

    @property
    def pages(self) -> int:
        """The highest page read, 0 when none was."""
        return max(self.read_at, default=0)

    @property
    def at_ceiling(self) -> bool:
        """Whether the API's last page was read and there are orders beyond it."""
        return self.pages >= LAST_PAGE and not self.complete

    @property
    def beyond_reach(self) -> bool:
        """Whether the account has more orders than the API lists in one server order."""
        return self.total is not None and self.total > REACH

    @property
    def complete(self) -> bool:
        """Whether it is proved that every order of the account is here."""
        return self.coverage.complete

    @property
    def next_page(self) -> int | None:
        """The page to read next, or ``None`` when there is none."""
        return self.coverage.next_page

    def index(self, order_id: str) -> int | None:
        """Where the order is among the rows shown; ``None`` if it is not."""
        found = self.by_id.get(order_id)
        if found is None:
            return None
        return next((at for at, order in enumerate(self.rows) if order is found), None)

    def _place_of(self, order: Order) -> int | None:
        """Where the server lists an order among those loaded; ``None`` beyond what is loaded."""
        wanted = _listed_by(order, self.server_order)
        for place, key in enumerate(self.server_ids):
            if _listed_by(self.by_id[key], self.server_order) > wanted:
                return place
        return len(self.server_ids) if self.complete or not self.server_ids else None

    def _changed(self, read: Mapping[str, Order], *, again: bool) -> dict[str, Order | None]:
        """The read orders that changed since they were last read; new ones only after a refresh."""
        changed: dict[str, Order | None] = {}
        for order_id, order in read.items():
            known = self.by_id.get(order_id)
            if (known is None and again) or (known is not None and known.raw != order.raw):
                changed[order_id] = known
        return changed

    def _arrange(self) -> OrdersSnapshot:
        orders = [self.by_id[order_id] for order_id in self.server_ids]
        if self.sort is not None:
            orders = sorted_by(orders, column(self.sort.column), descending=self.sort.descending)
        return replace(self, arranged=tuple(orders))._sift()

    def _sift(self) -> OrdersSnapshot:
        if self.filter is None:
            return replace(self, rows=self.arranged, skipped=0)
        unreadable = self.filter.unreadable
        skipped = 0 if unreadable is None else sum(unreadable(order) is not None for order in self.arranged)
        return replace(self, rows=tuple(filter(self.filter.test, self.arranged)), skipped=skipped)


def _listed_by(order: Order, server_order: str) -> float:
    """A key that grows along the server's list; an order without the time comes first in ascending order."""
    text = order.updated_at if server_order.endswith("updated_at") else order.created_at
    moment = parse_time(text)
    seconds = float("-inf") if moment is None else moment.timestamp()
    return -seconds if server_order.startswith("-") else seconds
