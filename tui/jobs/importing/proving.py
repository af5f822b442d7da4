"""Whether a job found in the service's list is the one that a request of ours started."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

from tui.orders.times import instant
from tui.voucherify.answers import AsyncAction

from .chunks import Chunk
from .outcomes import Outcome

SKEW = timedelta(minutes=2)
"""How far the service's clock and ours may be apart."""

TYPE = "ORDERS.IMPORT"


def likeliest(actions: Iterable[AsyncAction], sent_at: float | None, known: set[str]) -> AsyncAction | None:
    """The import that began nearest to when the request went out; those that are ``known`` are others."""
    if sent_at is None:
        return None
    sent = datetime.fromtimestamp(sent_at, UTC)
    near = [
        (abs(created - sent), action)
        for action in actions
        if action.id not in known
        and action.type in {None, TYPE}
        and (created := instant(action.created_at)) is not None
        and created >= sent - SKEW
    ]
    return min(near, key=lambda found: found[0])[1] if near else None


async def is_ours(
    chunk: Chunk,
    action: AsyncAction,
    outcome: Outcome,
    written_at: Callable[[str], Awaitable[str | None]],
) -> bool:
    """Whether a job, whose counts fit the chunk, held the chunk's first and last row.

    A row was in the job when the job names it as failed, or when its order was last written while the job
    ran: the service runs one import at a time. ``written_at`` tells when an order was last written. Rows of
    a chunk are the same portion of the file wherever it is cut, so a job of as many rows with the same ends
    is the chunk's own.
    """
    ended = instant(action.updated_at)
    if ended is None or action.processing_time is None:
        return False
    began = ended - timedelta(milliseconds=action.processing_time)
    for at in sorted({0, len(chunk.places) - 1} - outcome.named):
        if at in outcome.failed:
            return False
        document = chunk.documents[at]
        written = instant(await written_at(document.get("source_id") or document["id"]))
        if written is None or not began <= written <= ended:
            return False
    return True
