"""Whether a job of the service is the one that a request started."""

from __future__ import annotations

import json

import pytest

from tui.jobs.importing.sending.chunks import Chunk
from tui.jobs.importing.sending.job_matching import match_ends
from tui.jobs.importing.sending.job_results import JobOutcome
from tui.orders.order import Order
from tui.voucherify.responses import AsyncAction

JOB = AsyncAction.read({
    "id": "aa_1", "type": "ORDERS.IMPORT", "status": "DONE", "processing_time": 2000,
    "created_at": "2026-03-01T10:00:00.000Z", "updated_at": "2026-03-01T10:00:03.000Z",
})  # fmt: skip
NONE_FAILED = JobOutcome(failed={}, named=frozenset(), doubtful=(), strange=0)


def order(amount: int, updated_at: str) -> Order:
    """The order of a row, as it is now."""
    document = {"id": "ord_1", "source_id": "a", "status": "CREATED", "amount": amount}
    return Order.read({**document, "updated_at": updated_at})


@pytest.mark.parametrize(
    ("now", "match"),
    [
        (order(500, "2026-03-01T10:00:02.000Z"), "ours"),
        (order(900, "2026-03-01T10:00:02.000Z"), "unknown"),
        (order(500, "2026-03-01T10:00:09.000Z"), "unknown"),
        (order(500, "2026-03-01T09:00:00.000Z"), "other"),
        (None, "other"),
    ],
)
async def test_a_job_is_ours_when_its_orders_hold_what_was_sent(now: Order | None, match: str) -> None:
    """An import of the same orders that ran just before wrote other values into them."""
    rows = [{"source_id": "a", "amount": 500}]
    chunk = Chunk(1, "SENT", tuple((n, 1) for n in range(1)), json.dumps(rows).encode(), proven=False)

    async def find(_: str) -> Order | None:
        return now

    assert await match_ends(chunk, JOB, NONE_FAILED, find) == match
