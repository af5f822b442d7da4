"""What was found out about the rows of one request, on disk as it comes.

Looking rows up may take a hundred calls. A process that dies in between leaves its findings to the next one,
which goes on there: otherwise a service that fails often enough would keep a run from ever ending.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

from .journal import Journal

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

    def __init__(self, journal: Journal, chunk_id: int) -> None:
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
        """The rows that a page of a list told of, and how far the list is read with it."""
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
