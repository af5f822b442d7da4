"""The one guarded way by which orders are changed.

Plan, look, carry out: a plan re-reads the order and merges what others did meanwhile; carrying it out
writes the journal first, sends once, and finds out by reading what became of a request that was cut off.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from tui.orders.api_object import ApiDocument
from tui.orders.changes import diff, patch_for
from tui.orders.order import Order
from tui.orders.request import FieldFault, InvalidFields, OrderRequest, read_request
from tui.orders.request.faults import shown_value
from tui.voucherify.errors import NotFound

from .creating import create_plan, upsert_plan
from .entries import Entry
from .journal import Journal
from .orders_client import OrdersClient
from .outcomes import CannotUndo, ConflictsStand, NothingToSend, OrderMoved, Outcome, OutcomeOpen
from .plans import CreatePlan, Plan, UpdatePlan, update_plan
from .undoing import refuse_if_moved, refuse_what_cannot_be_undone, undo_target, what_stays
from .writing import Writer

FRESH_SECONDS = 5.0
"""A plan older than this is checked against the order again before it is sent."""

SETTLE_SECONDS = 2.0
"""How long a service that did not answer is given before an untouched order counts as not written."""


class Mutations:
    """Creates, updates and undoes orders of one profile.

    Args:
        client: how the service is reached.
        journal: where every request is written down before it goes.
        profile: the profile's name; entries of other profiles are not touched.
        fresh_seconds: see ``FRESH_SECONDS``.
        settle_seconds: see ``SETTLE_SECONDS``; 0 to read once.
    """

    def __init__(
        self,
        client: OrdersClient,
        journal: Journal,
        profile: str,
        *,
        fresh_seconds: float = FRESH_SECONDS,
        settle_seconds: float = SETTLE_SECONDS,
    ) -> None:
        self._client = client
        self._journal = journal
        self._profile = profile
        self._fresh_seconds = fresh_seconds
        self._writer = Writer(client, journal, profile, settle_seconds=settle_seconds)

    async def plan_update(self, opened: ApiDocument, intended: ApiDocument) -> UpdatePlan:
        """Plan to make the order that was ``opened`` as ``intended``; costs one call, sends nothing.

        Raises:
            InvalidFields: a value that the API would refuse, or a field that cannot be written.
            OutcomeOpen: what became of an earlier change of the order is not known.
            VoucherifyError: the order could not be read.
        """
        order_id = opened.get("id")
        if not isinstance(order_id, str) or not order_id:
            raise InvalidFields([FieldFault("id", "is missing, so it is not known which order to update")])
        patch_for(opened, intended)
        await self._settle_earlier(order_id)
        now = await self._client.get_order(order_id)
        return update_plan(opened, intended, now.raw, made_at=time.monotonic())

    async def plan_create(self, document: ApiDocument) -> Plan:
        """Plan to create an order; where its id or source_id exists, the plan is that order's update.

        A ``source_id`` is filled in when there is none, so that the order can be found after a cut line.
        Costs a call for each identifier that is given; sends nothing.

        Raises:
            InvalidFields: a value that the API would refuse.
            OutcomeOpen: what became of an earlier create of this source_id is not known.
            VoucherifyError: it could not be found out whether the order exists.
        """
        reading = read_request(document, OrderRequest)
        request, spent = reading.request, 0
        for name, key in (("id", request.id), ("source_id", request.source_id)):
            if key is None:
                continue
            await self._settle_earlier(key)
            existing, spent = await self._find(key), spent + 1
            if existing is not None and existing.raw.get(name) == key:
                return upsert_plan(reading, existing.raw, calls_spent=spent)
            if existing is not None and name == "source_id":
                said = "is the id of another order, so this one could not be found by it; choose another"
                raise InvalidFields([FieldFault("source_id", said, shown_value(key))])
        return create_plan(reading, calls_spent=spent)

    async def plan_undo(self, entry: Entry) -> UpdatePlan:
        """Plan the update that takes an entry back; costs one call, sends nothing.

        Raises:
            CannotUndo: with the reason: a create, not done, taken back already, or the order moved since.
            OutcomeOpen: what became of an earlier change of the order is not known.
            VoucherifyError: the order could not be read.
        """
        undone = await asyncio.to_thread(self._journal.undone_by, entry.id)
        refuse_what_cannot_be_undone(entry, profile=self._profile, undone_by=undone)
        await self._settle_earlier(str(entry.order_id))
        now = (await self._client.get_order(str(entry.order_id))).raw
        refuse_if_moved(entry, now)
        made_at = time.monotonic()
        plan = update_plan(
            now, undo_target(entry, now), now, made_at=made_at, operation="undo", undoes=entry.id
        )
        return replace(plan, notes=(*plan.notes, *what_stays(entry)))

    async def carry_out(self, plan: Plan) -> Outcome:
        """Send what is planned, once, and tell what became of it.

        Cancelling the caller after the request was written down cancels neither the request nor the
        finding out of its outcome.

        Raises:
            ConflictsStand, NothingToSend, OrderMoved, OutcomeOpen, AlreadySent: nothing was sent.
            VoucherifyError: the order could not be read again; nothing was sent.
        """
        if isinstance(plan, UpdatePlan):
            if plan.conflicts:
                raise ConflictsStand(plan.conflicts)
            if not plan.body:
                raise NothingToSend(plan.notes)
        if time.monotonic() - plan.made_at > self._fresh_seconds:
            await self._refuse_if_moved(plan)
        return await self._writer.write(plan)

    async def resolve_open_entries(self) -> list[Entry]:
        """Find out what became of entries that a crash or a cut line left open; one call each.

        Entries that this or another running process is carrying out now are left alone. Comes back with
        every entry looked at: closed, or still open where the order could not be read.
        """
        entries = await asyncio.to_thread(self._journal.open_entries, self._profile)
        return [await self._writer.resolve(entry) for entry in entries if self._writer.is_idle(entry)]

    async def finish(self) -> None:
        """Wait for requests that are under way; call it before the event loop ends."""
        await self._writer.finish()

    async def _settle_earlier(self, order: str) -> None:
        for entry in await asyncio.to_thread(self._journal.open_entries, self._profile, order=order):
            if not self._writer.is_idle(entry) or (await self._writer.resolve(entry)).is_open:
                raise OutcomeOpen(entry)

    async def _find(self, key: str) -> Order | None:
        try:
            return await self._client.get_order(key)
        except NotFound:
            return None

    async def _refuse_if_moved(self, plan: Plan) -> None:
        if isinstance(plan, CreatePlan):
            if not plan.filled and await self._find(plan.source_id) is not None:
                raise OrderMoved(await self.plan_create(plan.body))
            return
        now = (await self._client.get_order(plan.order_id)).raw
        changes = tuple(diff(plan.base, now))
        if changes and plan.operation == "undo":
            raise CannotUndo("the order was changed since, and that change would be lost", changes)
        if changes:
            raise OrderMoved(update_plan(plan.base, plan.intended, now, made_at=time.monotonic()))
