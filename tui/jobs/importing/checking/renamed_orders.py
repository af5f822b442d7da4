"""Finds orders whose source_id the import would change: the row has their ``id`` and another source_id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil

from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.confirmations import ImportConfirmation, may_be_respelled
from tui.jobs.importing.checking.metadata_type_lookup import MOST_CALLS
from tui.jobs.importing.import_client import ImportClient
from tui.orders.order import Order
from tui.terminal.pluralize import pluralize
from tui.voucherify.addresses import has_order_path
from tui.voucherify.errors import NotFound, VoucherifyError
from tui.voucherify.responses import PAGE_LIMIT

MOST_NAMED = PAGE_LIMIT * PAGE_LIMIT
"""The most rows to compare: the list of orders has no more."""

SHOWN = 3
"""Renamed orders that are named."""

OnCall = Callable[[int, int], None]
"""Called with the calls made and their expected total."""


@dataclass(frozen=True, slots=True)
class RowWithId:
    """A row that names its order by ``id`` and has a ``source_id``."""

    line: int
    key: int
    id: str
    source_id: str


@dataclass(frozen=True, slots=True)
class OrderRename:
    """A row whose order has another source_id, ``old``, than the row, ``new``."""

    line: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"line {self.line:,}: {self.old!a} → {self.new!a}"


@dataclass(frozen=True, slots=True)
class SourceIdComparison:
    """The results for ``rows``. Without a ``cost`` or ``failure`` all were compared.

    ``cost`` is the calls that it would take, where that is more than may be spent without being asked for.
    """

    rows: int
    renames: tuple[OrderRename, ...] = ()
    cost: int = 0
    failure: str = ""
    may_be_respelled: bool = False

    @property
    def doubts(self) -> tuple[ImportConfirmation, ...]:
        """Its question to the user."""
        if self.renames:
            orders = pluralize(len(self.renames), "order")
            shown = "; ".join(map(str, self.renames[:SHOWN]))
            more = "; …" if len(self.renames) > SHOWN else ""
            words = (
                f"It would rename {orders}: the id names an order that has another source_id"
                f" ({shown}{more}). A spreadsheet that saves 0009 as 9 does that."
            )
            return (ImportConfirmation("renames", words, f"Rename {orders} ({shown}{more})?"),)
        if self._uncompared and self.may_be_respelled:
            rows = pluralize(self.rows, "row")
            question = f"Set the source_ids of {rows}, also if they differ now?"
            return (ImportConfirmation("renames", f"It may rename orders: {self._uncompared}.", question),)
        return ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Its text in a plan."""
        if not self._uncompared or self.may_be_respelled:
            return ()
        return (f"An order gets the source_id of its row: {self._uncompared}.",)

    @property
    def _uncompared(self) -> str:
        if not (self.cost or self.failure):
            return ""
        why = self.failure or f"that takes {pluralize(self.cost, 'call')}"
        rows = pluralize(self.rows, "row")
        return f"the source_ids of {rows} with an id were not compared with the orders ({why})"


async def compare_source_ids(
    rows: Sequence[RowWithId],
    total: int,
    client: ImportClient,
    ration: BackgroundQuota,
    on_call: OnCall | None = None,
) -> SourceIdComparison:
    """Compare the source_ids of rows with those of the orders that their ids name.

    Args:
        rows: at most ``MOST_NAMED`` of them.
        total: how many there are in the file.
        client: asked by pages of the list or one by one, by the way that takes fewer calls.
        ration: the calls that may be used.
        on_call: called for each call.
    """
    respelled = any(may_be_respelled(row.source_id) for row in rows)
    search = _Search(rows, client, ration, on_call)
    try:
        cost = total if total > len(rows) else await search.run()
    except VoucherifyError as error:
        return SourceIdComparison(total, failure=str(error), may_be_respelled=respelled)
    renames = tuple(sorted(search.renames, key=lambda rename: rename.line))
    return SourceIdComparison(total, renames, cost, may_be_respelled=respelled)


class _Search:
    """One comparison. ``renames`` are those found until now."""

    def __init__(
        self, rows: Sequence[RowWithId], client: ImportClient, ration: BackgroundQuota, on_call: OnCall | None
    ) -> None:
        self.renames: list[OrderRename] = []
        self._left = {row.id: row for row in rows}
        self._client = client
        self._ration = ration
        self._on_call = on_call
        self._made = 0

    async def run(self) -> int:
        """Compare all, or return the calls that it would take to go on."""
        if len(self._left) > 1 and self._affords(1):
            await self._by_pages()
        if not self._affords(len(self._left)):
            return len(self._left)
        for row in list(self._left.values()):
            with suppress(NotFound):
                if has_order_path(row.id):
                    self._count(len(self._left))
                    async with self._ration.call():
                        self._compare([await self._client.get_order(row.id)])
        return 0

    async def _by_pages(self) -> None:
        """Read the list from its beginning while that costs less than the orders one by one."""
        number = listed = 0
        while self._left:
            number += 1
            self._count(0)
            async with self._ration.call():
                page = await self._client.list_orders(limit=PAGE_LIMIT, page=number, order="created_at")
            self._compare(page.orders)
            listed += len(page.orders)
            if listed == page.total:
                self._left.clear()  # no order has the other ids: the service will refuse their rows
            if len(page.orders) < PAGE_LIMIT or page.total is None:
                return
            more = ceil((page.total - listed) / PAGE_LIMIT)
            if more >= len(self._left) or number + more > PAGE_LIMIT or not self._affords(more):
                return

    def _affords(self, calls: int) -> bool:
        allowed = self._ration.allowance().calls
        return calls <= MOST_CALLS and (allowed is None or calls <= allowed)

    def _compare(self, orders: Iterable[Order]) -> None:
        for order in orders:
            row = self._left.pop(order.id, None)
            if row is not None and order.source_id is not None and order.source_id != row.source_id:
                self.renames.append(OrderRename(row.line, order.source_id, row.source_id))

    def _count(self, expected: int) -> None:
        self._made += 1
        if self._on_call is not None:
            self._on_call(self._made, max(expected, self._made))
