"""How a filter reads the list: from which end, when it can stop, and which orders it could not evaluate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from tui.orders.filter import bounds_of, unreadable_field_test
from tui.orders.filter.syntax.moments import milliseconds

if TYPE_CHECKING:
    from tui.orders.filter import Filter
    from tui.orders.order import Order
    from tui.voucherify.responses import OrdersOrder

TimeField = Literal["created_at", "updated_at"]


class Judge:
    """A filter that records the orders with a compared field that it could not read."""

    def __init__(self, where: Filter) -> None:
        self._matches = where.matches
        self._unreadable = unreadable_field_test(where)
        self.unreadable: list[str] = []
        """The name of the field that could not be read, once an order."""

    def __call__(self, order: Order) -> bool:
        """Whether the order matches."""
        name = self._unreadable(order)
        if name is not None:
            self.unreadable.append(name)
        return self._matches(order)


def walking_order(where: Filter, asked: OrdersOrder) -> OrdersOrder:
    """The sort order in which reading can stop early; the requested order if possible.

    The times that the filter bounds decide: a first one from the newest end, a last one from the oldest.
    """
    field = cast("TimeField", asked.removeprefix("-"))
    others: tuple[TimeField, ...] = ("created_at", "updated_at")
    for each in (field, *(other for other in others if other != field)):
        bounds = bounds_of(where, each)
        ends = {f"-{each}": bounds.first is not None, each: bounds.last is not None}
        if ends.get(asked):
            return asked
        if found := next((order for order, is_end in ends.items() if is_end), None):
            return cast("OrdersOrder", found)
    return asked


class PastBounds:
    """Decides for a page of a sorted list whether later pages can match the filter.

    Only what was read counts: pages that are not sorted by the time prove nothing, nor do orders without it.
    """

    def __init__(self, where: Filter, order: OrdersOrder) -> None:
        self._field = cast("TimeField", order.removeprefix("-"))
        bounds = bounds_of(where, self._field)
        # Read from the newest end, times are negated, so that they grow in both directions.
        self._sign = -1 if order.startswith("-") else 1
        limit = bounds.first if self._sign < 0 else bounds.last
        self._limit = None if limit is None else limit * self._sign
        self._is_sorted = True
        self._last: int | None = None

    @property
    def may_end(self) -> bool:
        """Whether the filter limits the times at the end that the list is read towards."""
        return self._limit is not None

    def __call__(self, orders: tuple[Order, ...]) -> bool:
        """Whether no page after this one can match."""
        times = [] if self._last is None else [self._last]
        for order in orders:
            moment = milliseconds(getattr(order, self._field))
            if moment is not None:
                times.append(moment * self._sign)
        self._is_sorted = self._is_sorted and times == sorted(times)
        self._last = times[-1] if times else None
        return self._is_sorted and self._limit is not None and bool(orders) and _is_past(times, self._limit)


def _is_past(times: list[int], limit: int) -> bool:
    return bool(times) and times[-1] > limit
