"""A list of orders as services answer it that are not quite right: totals, pages, ids and order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.fake_orders import order_document
from tui.orders.order import Order
from tui.voucherify.errors import VoucherifyError
from tui.voucherify.responses import OrdersOrder, OrdersPage

State = Callable[[int, int], int | None]
"""The total that is stated: of the true total and the rows on the page."""


@dataclass
class OddList:
    """Answers ``list_orders`` from ``documents``, newest first, in an odd way.

    ``cap`` is the most rows of a page, ``empty_pages`` come without rows, ``before_page`` happens before a
    page is answered, ``failures`` are raised instead of the page of that number.
    """

    documents: list[dict[str, Any]]
    state: State = lambda total, rows: total
    cap: int = 100
    empty_pages: Sequence[int] = ()
    same_page: bool = False
    failures: dict[int, VoucherifyError] = field(default_factory=dict)
    before_page: dict[int, Callable[[list[dict[str, Any]]], None]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    async def list_orders(
        self, *, limit: int = 100, page: int = 1, order: OrdersOrder = "-created_at"
    ) -> OrdersPage:
        """One page."""
        self.asked.append(page)
        if page in self.failures:
            raise self.failures[page]
        if (happens := self.before_page.pop(page, None)) is not None:
            happens(self.documents)
        size = min(limit, self.cap)
        at = 0 if self.same_page else (page - 1) * size
        rows = [] if page in self.empty_pages else self.documents[at : at + size]
        orders = tuple(Order.read(document) for document in rows)
        total = self.state(len(self.documents), len(rows))
        return OrdersPage(orders, total, page, limit, order, datetime.now(UTC))


def documents(count: int) -> list[dict[str, Any]]:
    """So many orders, newest first."""
    return [order_document(number) for number in reversed(range(count))]


STATED: dict[str, State] = {
    "true": lambda total, rows: total,
    "absent": lambda total, rows: None,
    "zero": lambda total, rows: 0,
    "one less": lambda total, rows: max(total - 1, 0),
    "a few": lambda total, rows: min(total, 7),
    "a hundred": lambda total, rows: 100,
    "one more": lambda total, rows: total + 1,
    "many more": lambda total, rows: total + 1000,
}
"""Ways to state a total."""
