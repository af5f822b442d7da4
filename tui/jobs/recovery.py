"""Finding out what became of a request that left and was not answered: by reading the order."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.changes import Verdict, fits, judge
from tui.orders.times import instant
from tui.voucherify.errors import ApiError, NotFound, VoucherifyError

from .entries import Entry, State
from .journal import Journal
from .orders_client import OrdersClient

STATES: dict[Verdict, State] = {"done": "DONE", "not done": "NOT_DONE", "conflict": "CONFLICT"}

LONGEST_WRITE = timedelta(minutes=15)
"""A process that carries out a request for longer than this has died, and its number was given anew."""


async def resolve(client: OrdersClient, journal: Journal, entry: Entry, *, settle_seconds: float) -> Entry:
    """Close an open entry by what the order looks like; it stays open when the order cannot be read.

    An order that looks untouched is read a second time after ``settle_seconds``, since the service may
    still be at work on a request that timed out here.
    """
    try:
        state, now = await _look(client, entry)
        if state == "NOT_DONE" and settle_seconds > 0:
            await asyncio.sleep(settle_seconds)
            state, now = await _look(client, entry)
    except VoucherifyError as error:
        return await asyncio.to_thread(journal.sent, entry.id, entry.error or told(error))
    return await asyncio.to_thread(journal.finish, entry.id, state, answer=now)


def may_be_under_way(entry: Entry) -> bool:
    """Whether another process that still runs may be carrying the entry out."""
    if entry.owner == os.getpid():
        return False
    prepared = instant(entry.prepared_at)
    if prepared is None or datetime.now(UTC) - prepared > LONGEST_WRITE:
        return False
    try:
        os.kill(entry.owner, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def told(error: VoucherifyError) -> dict[str, Any]:
    """An error as the journal keeps it; holds no header and no address."""
    kept: dict[str, Any] = {"kind": type(error).__name__, "title": error.title, "message": str(error)}
    if isinstance(error, ApiError):
        kept |= {"status": error.status, "key": error.key, "request_id": error.request_id}
    return kept


async def _look(client: OrdersClient, entry: Entry) -> tuple[State, ApiDocument | None]:
    create = entry.operation == "create"
    key = entry.source_id if create else entry.order_id
    try:
        now = (await client.get_order(str(key))).raw
    except NotFound:
        return ("NOT_DONE" if create else "CONFLICT"), None
    if not create:
        return STATES[judge(entry.base, entry.body, now)], now
    if now.get("source_id") != key:
        return "NOT_DONE", None
    return ("DONE" if fits({}, entry.body, now) else "CONFLICT"), now
