"""Sending a plan: the journal first, the request once, and then its outcome, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from tui.orders.changes import compare_answer, server_made
from tui.orders.order import Order
from tui.voucherify.errors import ApiError, RateLimited, VoucherifyError

from .entries import Entry, State
from .journal import Journal
from .orders_client import OrdersClient
from .outcomes import AlreadySent, Outcome
from .plans import Plan, UpdatePlan
from .recovery import may_be_under_way, resolve, told

_under_way: set[str] = set()
"""Tokens of the plans that this process is carrying out now."""


class Writer:
    """Writes for one profile; see ``Mutations`` for the arguments."""

    def __init__(
        self, client: OrdersClient, journal: Journal, profile: str, *, settle_seconds: float
    ) -> None:
        self._client = client
        self._journal = journal
        self._profile = profile
        self._settle_seconds = settle_seconds
        self._writes: set[asyncio.Task[Outcome]] = set()

    async def write(self, plan: Plan) -> Outcome:
        """Carry out a plan that was checked. Cancelling the caller does not cancel the write.

        Raises:
            AlreadySent: the plan was carried out before.
        """
        write = asyncio.ensure_future(self._write(plan))
        self._writes.add(write)
        write.add_done_callback(self._writes.discard)
        return await asyncio.shield(write)

    async def finish(self) -> None:
        """Wait for the writes that are under way."""
        if self._writes:
            await asyncio.wait(self._writes)

    async def resolve(self, entry: Entry) -> Entry:
        """Find out what became of an open entry; it stays open when the order cannot be read."""
        return await resolve(self._client, self._journal, entry, settle_seconds=self._settle_seconds)

    def is_idle(self, entry: Entry) -> bool:
        """Whether nobody is carrying the entry out: no task here, no other process that still runs."""
        return entry.token not in _under_way and not may_be_under_way(entry)

    async def _write(self, plan: Plan) -> Outcome:
        if plan.token in _under_way:
            raise AlreadySent("this change is being sent now")
        _under_way.add(plan.token)
        try:
            return await self._journalled(plan)
        finally:
            _under_way.discard(plan.token)

    async def _journalled(self, plan: Plan) -> Outcome:
        entry = await asyncio.to_thread(
            self._journal.prepare,
            token=plan.token,
            profile=self._profile,
            operation=plan.operation,
            order_id=plan.order_id,
            source_id=plan.source_id,
            body=plan.body,
            base=plan.base,
            intended=plan.expected,
            undoes=plan.undoes,
        )
        try:
            answer = await self._send(plan)
        except VoucherifyError as error:
            return await self._failed(plan, entry, error)
        done = await asyncio.to_thread(self._journal.finish, entry.id, "DONE", answer=answer.raw)
        return _outcome(plan, done, None)

    def _send(self, plan: Plan) -> Coroutine[Any, Any, Order]:
        if isinstance(plan, UpdatePlan):
            return self._client.update_order(plan.order_id, plan.body)
        return self._client.create_order(plan.body)

    async def _failed(self, plan: Plan, entry: Entry, error: VoucherifyError) -> Outcome:
        if error.sent:
            await asyncio.to_thread(self._journal.sent, entry.id, told(error))
            return _outcome(plan, await self.resolve(entry), error)
        refused = isinstance(error, ApiError) and not isinstance(error, RateLimited)
        state: State = "REFUSED" if refused else "NOT_DONE"
        closed = await asyncio.to_thread(self._journal.finish, entry.id, state, error=told(error))
        return _outcome(plan, closed, error)


def _outcome(plan: Plan, entry: Entry, error: VoucherifyError | None) -> Outcome:
    if entry.answer is None or entry.state not in ("DONE", "CONFLICT"):
        return Outcome(entry, error=error)
    return Outcome(
        entry,
        differences=tuple(compare_answer(plan.expected, entry.answer)),
        server_made=tuple(server_made(plan.expected, entry.answer)),
        error=error if entry.state != "DONE" else None,
    )
