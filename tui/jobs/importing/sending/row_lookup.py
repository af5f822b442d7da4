"""What was found out about the rows of one request, on disk as it comes.

Looking rows up may take a hundred calls. A process that dies in between leaves its findings to the next one,
which continues there: otherwise a service that fails often would keep a run from ever ending.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from tui.files.threads import run_uncancellable
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.sending.job_matching import JobTimes, order_holds_row, written_at
from tui.orders.order import Order
from tui.orders.times import parse_time
from tui.voucherify.addresses import has_order_path
from tui.voucherify.errors import NotFound, Unsendable
from tui.voucherify.responses import PAGE_LIMIT, OrdersOrder, OrdersPage

RowState = Literal["arrived", "untouched", "changed", "unread"]


@dataclass(frozen=True, slots=True)
class ListPosition:
    """How far a list of the newest orders was read. Times are ISO 8601, as the service wrote them.

    It is read in rounds: back to where it is needed, then back to what was the newest when that began, until
    a round takes a single page, so that nothing was written meanwhile. ``until`` is where the round ends,
    ``None`` in the first one; ``newest`` is the time of the first order of the round.
    """

    next_page: int = 1
    newest: str | None = None
    until: str | None = None
    pages_read: int = 0
    is_over: bool = False

    def after_page(self, times: Sequence[str | None], *, reached_back: bool) -> ListPosition:
        """The position when a page with orders of these times was read."""
        pages = self.pages_read + 1
        newest = self.newest or next(iter(times), None)
        if not reached_back:
            return ListPosition(self.next_page + 1, newest, self.until, pages)
        if self.next_page > 1:
            return ListPosition(until=newest, pages_read=pages)
        return ListPosition(pages_read=pages, is_over=True)


class LookupRecord:
    """The look-ups of one chunk. Each method that adds something has it on disk when it returns."""

    def __init__(self, journal: ImportJournal, chunk_id: int) -> None:
        self._journal = journal
        self._chunk = chunk_id

    def states(self, *, by_read: bool | None = None) -> dict[int, RowState]:
        """The rows whose state is known, by position; of those read one by one only, or of the others."""
        query = "SELECT position, state FROM row_state WHERE chunk = ? AND by_read IN (?, ?)"
        wanted = (0, 1) if by_read is None else (by_read, by_read)
        return {row[0]: row[1] for row in self._journal.read(query, self._chunk, *wanted)}

    def add_read(self, position: int, state: RowState) -> None:
        """The state of a row whose order was read by itself."""
        with self._journal.change() as db:
            row = (self._chunk, position, state, True)
            db.execute("INSERT OR REPLACE INTO row_state VALUES (?, ?, ?, ?)", row)

    def list_position(self, order: str) -> ListPosition:
        """How far the list of that order was read."""
        query = (
            "SELECT next_page, newest, until, pages_read, is_over FROM list_position"
            " WHERE chunk = ? AND list = ?"
        )
        for row in self._journal.read(query, self._chunk, order):
            return ListPosition(*row)
        return ListPosition()

    def add_page(self, order: str, position: ListPosition, states: Mapping[int, RowState]) -> None:
        """The rows whose orders a page of a list has, and how far the list is read."""
        with self._journal.change() as db:
            db.executemany(
                # A row that arrived did so, whatever somebody did to its order since.
                "INSERT INTO row_state VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state"
                " WHERE state <> 'arrived'",
                [(self._chunk, at, state, False) for at, state in states.items()],
            )
            db.execute(
                "INSERT OR REPLACE INTO list_position VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._chunk, order, *astuple(position)),
            )


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
    """Positions of rows. ``changed``: written since, with other values; ``unread``: not known."""

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
    record: LookupRecord,
) -> RowStates:
    """What became of the rows at some positions.

    Args:
        documents: all rows of the request.
        positions: those that are looked up.
        since: no order that was last written before that was written by the request.
        times: of the job, where it is known to be the request's: what was written then was written by it.
        reader: how orders are looked up.
        record: what an earlier attempt found out, to which each finding is added as it comes.
    """
    lookup = _Lookup(documents, since, times, reader, record)
    await lookup.look_up(positions)
    known = record.states()
    by_state: dict[RowState, list[int]] = {"arrived": [], "untouched": [], "changed": [], "unread": []}
    for at in positions:
        by_state[known.get(at, lookup.otherwise)].append(at)
    return RowStates(**{name: tuple(rows) for name, rows in by_state.items()})


@dataclass(slots=True)
class _Lookup:
    """The look-up of one request. ``otherwise`` is the state of rows that it found nothing out about."""

    documents: Sequence[dict[str, Any]]
    since: datetime
    times: JobTimes | None
    reader: OrderReader
    record: LookupRecord
    otherwise: RowState = "unread"

    async def look_up(self, positions: Sequence[int]) -> None:
        """Find out the states of the rows at the positions and record them."""
        listed: dict[int, RowState] = {}
        if len(positions) > FEW or not all(has_order_path(_name(self.documents[at])) for at in positions):
            if await self._read_lists(positions):
                self.otherwise = "untouched"
                return
            listed = await run_uncancellable(self.record.states, by_read=False)
        known = await run_uncancellable(self.record.states)
        # The rows that are read are the same in each attempt, so that all attempts together cost no more.
        for at in [at for at in positions if at not in listed][:MOST_READ]:
            if at not in known:
                await run_uncancellable(self.record.add_read, at, await self._read_row(at))

    async def _read_row(self, at: int) -> RowState:
        try:
            order = await self.reader.read(_name(self.documents[at]))
        except NotFound:
            return "untouched"
        except Unsendable:
            return "unread"
        return self._state(at, order) or "untouched"

    async def _read_lists(self, positions: Sequence[int]) -> bool:
        """Record the rows whose orders are among the newest; true when the lists went back far enough.

        An order that was never updated has no ``updated_at``, so it takes two lists to see all that was
        written.
        """
        by_name = {_name(self.documents[at]): at for at in positions}
        most = min(2 * (len(positions) // PAGE_LIMIT + 1) + SPARE_PAGES, PAGE_LIMIT)
        reached = await _begins_with_updated(self.reader)
        for order in LISTS:
            reached &= await self._read_list(order, by_name, most)
        return reached

    async def _read_list(self, order: OrdersOrder, by_name: dict[str, int], most: int) -> bool:
        """Read a list back to ``since``, and again what was written meanwhile; false when there is too much.

        Orders that are written meanwhile move to the first page, and no other way: none is missed by going
        on, after a pause, at the page where reading stopped.
        """
        at = await run_uncancellable(self.record.list_position, order)
        while not at.is_over and at.pages_read < 2 * most:
            orders = (await self.reader.page(at.next_page, order)).orders
            times = [_listed_at(each, order) for each in orders]
            at = at.after_page(times, reached_back=not orders or any(map(self._is_before(at.until), times)))
            await run_uncancellable(self.record.add_page, order, at, self._states(orders, by_name))
        return at.is_over

    def _is_before(self, until: str | None) -> Callable[[str | None], bool]:
        """Whether an order that is listed by a time needs no reading: the list goes back as far as needed."""
        end = parse_time(until)

        def is_before(listed_at: str | None) -> bool:
            time = parse_time(listed_at)
            return time is None or time < self.since or (end is not None and time <= end)

        return is_before

    def _states(self, orders: Sequence[Order], by_name: dict[str, int]) -> dict[int, RowState]:
        """The states of the rows whose orders are among these and were written since."""
        states = {}
        for order in orders:
            at = by_name.get(order.id, by_name.get(order.source_id or ""))
            if at is not None and written_at(order) is not None and (state := self._state(at, order)):
                states[at] = state
        return states

    def _state(self, at: int, order: Order) -> RowState | None:
        """The state of a row whose order was written since; ``None`` where it was not."""
        written = written_at(order)
        if written is not None and written < self.since:
            return None
        in_job = self.times is not None and self.times.holds(written or self.since)
        return "arrived" if in_job or order_holds_row(order, self.documents[at]) else "changed"


async def _begins_with_updated(reader: OrderReader) -> bool:
    """Whether the list of the last updated orders begins with them, not with orders never updated."""
    newest = (await reader.page(1, "-updated_at")).orders
    if not newest or newest[0].updated_at is not None:
        return True
    least = (await reader.page(1, "updated_at")).orders
    return not least or least[0].updated_at is None


def _listed_at(order: Order, by: OrdersOrder) -> str | None:
    """The time that an order has its place in a list by."""
    return order.updated_at if by == "-updated_at" else order.created_at


def _name(row: dict[str, Any]) -> str:
    return str(row.get("source_id") or row["id"])
