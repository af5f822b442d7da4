"""Looks up the types of metadata in the account's current orders, with as few calls as possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from tui.files.threads import run_uncancellable
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.existing_orders import is_match
from tui.jobs.importing.checking.metadata_types import UntypedCell, UntypedCells
from tui.jobs.importing.checking.prepared_order import OrderIdentity
from tui.jobs.importing.import_client import ImportClient
from tui.jobs.importing.import_options import MetadataRule
from tui.jobs.importing.runs.import_journal import ImportJournal, add_findings
from tui.orders.coverage import Coverage
from tui.orders.order import Order
from tui.terminal.pluralize import pluralize
from tui.voucherify.errors import NotFound, VoucherifyError
from tui.voucherify.responses import PAGE_LIMIT

MOST_CALLS = 500
"""The most calls that are made without the user's request."""

BATCH = 200
"""Orders that are looked up before the results are saved."""

OnLookup = Callable[[int, int], None]
"""Called with the calls made and their expected total."""


@dataclass(frozen=True, slots=True)
class TypeLookup:
    """What was found of metadata whose type the file does not show.

    ``rows`` have such metadata; ``as_text`` of them have values whose type no order shows, the first at
    ``example``. ``refused_by_id`` rows that name an order by id have a cell that the order contradicts.
    ``open_rows`` were not looked up, since that would take ``cost`` calls, of which the background may make
    ``calls`` now, or because of a ``failure``; the first of them is at ``open_example``.
    """

    rows: int
    calls_made: int = 0
    as_text: int = 0
    example: UntypedCell | None = None
    refused_by_id: int = 0
    open_rows: int = 0
    open_example: UntypedCell | None = None
    cost: int = 0
    calls: int | None = None
    failure: str = ""

    @property
    def obstacle(self) -> str | None:
        """Why the import cannot start before the user decides."""
        if not self.open_rows:
            return None
        left = "" if self.calls is None else f", and {self.calls:,} are left for this"
        left = f", which failed ({self.failure})" if self.failure else left
        return (
            f"metadata types are unknown in {pluralize(self.open_rows, 'row')}"
            f" ({self.open_example}); looking the orders up takes {pluralize(self.cost, 'call')}{left}."
            " Decide with --metadata current (look them up, however long it takes), text, or json;"
            " in the explorer, under Types of metadata"
        )

    def remarks(self) -> list[str]:
        """Its remarks in the plan."""
        lines = []
        if self.calls_made:
            lines.append(
                f"The file has no types for metadata: {pluralize(self.rows, 'row')} take the types"
                f" of the orders' current values ({pluralize(self.calls_made, 'call')} to look)."
            )
        if self.as_text:
            lines.append(
                f"New metadata of {pluralize(self.as_text, 'row')} is sent as text ({self.example});"
                " --metadata json sends numbers, flags and lists."
            )
        return lines


class TypeSearch:
    """One search for the types of a checked run, whose journal is at ``path``."""

    def __init__(
        self,
        path: Path,
        client: ImportClient,
        ration: BackgroundQuota,
        *,
        rule: MetadataRule | None,
        on_lookup: OnLookup | None = None,
        on_wait: Callable[[float], None] | None = None,
    ) -> None:
        self._path = path
        self._client = client
        self._ration = ration
        self._rule = rule
        self._on_lookup = on_lookup
        self._on_wait = on_wait
        self._made = self._expected = 0
        self._new_rows: set[int] = set()
        self._refused_by_id: set[int] = set()
        self._example: UntypedCell | None = None

    async def run(self) -> TypeLookup:
        """Look the orders up, or report what that would cost, or why it failed."""
        rows, orders = await run_uncancellable(self._read, lambda cells: (cells.rows(), cells.orders()))
        try:
            cost = await self._look_up(orders)
        except VoucherifyError as error:
            left = await run_uncancellable(self._read, lambda cells: cells.orders())
            return await self._result(rows, cost=left, failure=str(error))
        return await self._result(rows, cost=cost)

    async def _look_up(self, orders: int) -> int:
        """Look them up by pages, then one by one; returns the calls that continuing would take."""
        left = orders
        if orders > 1 and self._affords(1):
            left = await self._by_pages()
        if left and not self._affords(left):
            return left
        await self._one_by_one(left)
        return 0

    def _affords(self, calls: int) -> bool:
        if self._rule == "current":
            return True
        allowed = self._ration.allowance().calls
        return calls <= MOST_CALLS and (allowed is None or calls <= allowed)

    async def _by_pages(self) -> int:
        """Read the list while its pages cost less than the orders one by one; returns the orders left."""
        coverage = Coverage()
        seen: set[str] = set()
        left = 0
        for page in range(1, PAGE_LIMIT + 1):
            self._expected = max(self._expected, page)
            async with self._ration.call(self._on_wait):
                answer = await self._client.list_orders(limit=PAGE_LIMIT, page=page, order="created_at")
            self._count()
            left = await run_uncancellable(
                self._write, [(order, _identities(order)) for order in answer.orders]
            )
            fresh = {order.id for order in answer.orders} - seen
            seen |= fresh
            coverage = coverage.after(
                page, asked=PAGE_LIMIT, received=len(answer.orders), new=len(fresh), stated=answer.total
            )
            if left and coverage.complete:
                await run_uncancellable(self._set_new)  # The whole list was read: the others are new orders.
                return 0
            if not left or coverage.next_page is None or coverage.missing is None:
                return left
            more = max(ceil(coverage.missing / PAGE_LIMIT), 1)
            if more >= left or page + more > PAGE_LIMIT or not self._affords(more):
                return left
            self._expected = page + more
        return left

    async def _one_by_one(self, left: int) -> None:
        self._expected = self._made + left
        while identities := await run_uncancellable(self._read, lambda cells: cells.identities(BATCH)):
            found: list[tuple[Order | None, tuple[OrderIdentity, ...]]] = []
            for identity in identities:
                order = None
                with suppress(NotFound):
                    async with self._ration.call(self._on_wait):
                        order = await self._client.get_order(identity.value)
                self._count()
                found.append(
                    (order if order is not None and is_match(order, identity) else None, (identity,))
                )
            await run_uncancellable(self._write, found)

    async def _result(self, rows: int, *, cost: int, failure: str = "") -> TypeLookup:
        open_rows, first = await run_uncancellable(self._read, lambda cells: (cells.rows(), cells.first()))
        return TypeLookup(
            rows,
            self._made,
            as_text=len(self._new_rows),
            example=self._example,
            refused_by_id=len(self._refused_by_id),
            open_rows=open_rows,
            open_example=first,
            cost=cost,
            calls=self._ration.allowance().calls,
            failure=failure,
        )

    def _count(self) -> None:
        self._made += 1
        if self._on_lookup is not None:
            self._on_lookup(self._made, max(self._expected, self._made))

    def _read(self, query: Callable[[UntypedCells], Any]) -> Any:
        with closing(ImportJournal(self._path)) as journal, journal.change() as db:
            return query(UntypedCells(db))

    def _write(self, found: list[tuple[Order | None, tuple[OrderIdentity, ...]]]) -> int:
        """Decide the types of cells by the orders; returns how many orders are left."""
        with closing(ImportJournal(self._path)) as journal, journal.change() as db:
            cells = UntypedCells(db)
            for order, identities in found:
                metadata = {} if order is None else order.metadata or {}
                for identity in identities:
                    self._settle(cells, identity, metadata, db)
            return cells.orders()

    def _settle(
        self, cells: UntypedCells, identity: OrderIdentity, metadata: Mapping[str, Any], db: Connection
    ) -> None:
        taken = cells.take(identity)
        refused = list(cells.settle(taken, metadata))
        add_findings(db, refused)
        if identity.field == "id":
            self._refused_by_id.update(finding.key for finding in refused)
        for cell in taken:
            if cell.name not in metadata:
                self._new_rows.add(cell.key)
                if self._example is None or cell.key < self._example.key:
                    self._example = cell

    def _set_new(self) -> None:
        """Orders that were not found are new."""
        with closing(ImportJournal(self._path)) as journal, journal.change() as db:
            cells = UntypedCells(db)
            while identities := cells.identities(BATCH):
                for identity in identities:
                    self._settle(cells, identity, {}, db)


def _identities(order: Order) -> tuple[OrderIdentity, ...]:
    named = [OrderIdentity("id", order.id)] if order.id else []
    return (*named, *([OrderIdentity("source_id", order.source_id)] if order.source_id else []))
