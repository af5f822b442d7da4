"""Finding out what became of a request that left and was not answered: by reading the order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.changes import Change, Note, Verdict, fits, judge, split_differences
from tui.orders.paths import format_path
from tui.voucherify.errors import ApiError, NotFound, VoucherifyError

from .entries import SHORTFALL, Entry, State
from .journal import Journal
from .orders_client import OrdersClient

STATES: dict[Verdict, State] = {"done": "DONE", "not done": "NOT_DONE", "conflict": "CONFLICT"}


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
    mark = None
    if state == "DONE" and now is not None:
        mark = shortfall_mark(split_differences(entry.base, entry.body, entry.intended, now)[0])
    return await asyncio.to_thread(journal.finish, entry.id, state, answer=now, error=mark)


def shortfall_mark(differences: Sequence[Change], left: Sequence[Note] = ()) -> dict[str, Any] | None:
    """What the journal keeps of a change that did not take effect as intended; ``None`` if it did."""
    paths = [format_path(change.path) for change in differences]
    paths += [note.path for note in left if note.path not in paths]
    if not paths:
        return None
    return {"kind": SHORTFALL, "message": f"not as intended: {', '.join(paths)}", "fields": paths}


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
