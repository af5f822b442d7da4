"""Finds the job that a request started in the service's list of jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from tui.jobs.importing.sending.chunks import Chunk
from tui.jobs.importing.sending.job_results import JobOutcome
from tui.orders.changes import ABSENT, expected_document, split_differences
from tui.orders.order import Order
from tui.orders.times import parse_time
from tui.voucherify.errors import Unsendable
from tui.voucherify.responses import AsyncAction

SKEW = timedelta(minutes=2)
"""How far the service's clock and ours may be apart."""

TYPE = "ORDERS.IMPORT"

WITNESSES = 5
"""Rows at each end of a chunk that are looked up, until one was not written again later."""

Match = Literal["ours", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class JobTimes:
    """When a job was created, began and ended: the service's clock, UTC. It runs one import at a time."""

    created: datetime
    began: datetime
    ended: datetime

    @classmethod
    def of(cls, action: AsyncAction) -> JobTimes | None:
        """The times of a job that ended; ``None`` where it does not state them."""
        ended = parse_time(action.updated_at)
        if ended is None or action.processing_time is None:
            return None
        began = ended - timedelta(milliseconds=action.processing_time)
        return cls(min(parse_time(action.created_at) or began, began), began, ended)

    def holds(self, written: datetime) -> bool:
        """Whether an order was written while the job ran."""
        return self.began <= written <= self.ended


def likeliest_job(
    actions: Iterable[AsyncAction], sent_at: float | None, known: set[str]
) -> AsyncAction | None:
    """The import that began nearest to when the request was sent; those that are ``known`` are others."""
    if sent_at is None:
        return None
    sent = datetime.fromtimestamp(sent_at, UTC)
    near = [
        (abs(created - sent), action)
        for action in actions
        if action.id not in known
        and action.type in {None, TYPE}
        and (created := parse_time(action.created_at)) is not None
        and created >= sent - SKEW
    ]
    return min(near, key=lambda found: found[0])[1] if near else None


def reaches_back(actions: Iterable[AsyncAction], sent_at: float | None) -> bool:
    """Whether a list of jobs, newest first, goes back to before a request was sent."""
    if sent_at is None:
        return True
    before = datetime.fromtimestamp(sent_at, UTC) - SKEW
    return any(
        (created := parse_time(action.created_at)) is not None and created < before for action in actions
    )


async def match_ends(
    chunk: Chunk,
    action: AsyncAction,
    outcome: JobOutcome,
    find_order: Callable[[str], Awaitable[Order | None]],
) -> Match:
    """Whether a job, whose counts fit the chunk, held the chunk's first and last rows.

    A row was in the job when the job names it as failed, or when its order was last written while the job
    ran and holds what the row says: another import of the same orders may have run just before. An order that
    was last written before the job was created was not in it; any other proves nothing, and the next row is
    looked at. Rows of a chunk are the same portion of the file wherever
    it is cut, so a job of as many rows with the same ends is the chunk's own.

    ``find_order`` reads an order by id or source_id, ``None`` when there is none.
    """
    times = JobTimes.of(action)
    if times is None:
        return "unknown"
    size = len(chunk.places)
    found: set[Match] = set()
    for end in (range(min(size, WITNESSES)), range(size - 1, max(size - 1 - WITNESSES, -1), -1)):
        match: Match = "unknown"
        for at in end:
            match = "ours" if at in outcome.named else await _match_row(chunk, at, times, outcome, find_order)
            if match != "unknown":
                break
        found.add(match)
    return "other" if "other" in found else "unknown" if "unknown" in found else "ours"


async def _match_row(
    chunk: Chunk,
    at: int,
    times: JobTimes,
    outcome: JobOutcome,
    find_order: Callable[[str], Awaitable[Order | None]],
) -> Match:
    if at in outcome.failed:
        return "unknown"
    document = chunk.documents[at]
    try:
        order = await find_order(document.get("source_id") or document["id"])
    except Unsendable:  # a source_id that no address can hold
        return "unknown"
    written = None if order is None else written_at(order)
    if order is None or written is None or written < times.created:
        return "other"
    return "ours" if times.holds(written) and order_holds_row(order, document) else "unknown"


def written_at(order: Order) -> datetime | None:
    """When an order was last written, by the service's clock."""
    return parse_time(order.updated_at) or parse_time(order.created_at)


def order_holds_row(order: Order, row: dict[str, Any]) -> bool:
    """Whether an order has all values of a row; further metadata keys aside."""
    body = {name: value for name, value in row.items() if name not in ("id", "created_at")}
    missed, _ = split_differences({}, body, expected_document({}, body), order.raw)
    return all(change.path[0] == "metadata" and change.old is ABSENT for change in missed)


def earliest_write(chunk: Chunk, action: AsyncAction | None) -> datetime:
    """The time, by the service's clock, before which the request wrote nothing."""
    sent = datetime.fromtimestamp(chunk.sent_at or 0.0, UTC) - SKEW
    created = parse_time(action.created_at) if action is not None and chunk.proven else None
    return created or sent
