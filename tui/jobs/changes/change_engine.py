"""Creates, updates and undoes orders safely.

A plan reads the order again and merges changes by others. Applying the plan records it in the journal, sends
it once, and reads the order to find out the outcome of a request that was not answered.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TypeVar

from tui.jobs.changes.change_errors import (
    CannotUndo,
    NothingToSend,
    OrderBusy,
    OrderChanged,
    OutcomeUnknown,
    UndoneElsewhere,
    UnresolvedConflicts,
    process_name,
)
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.jobs.changes.change_sender import ChangeSender, OrderChangeClient
from tui.jobs.changes.journal_entry import JournalEntry
from tui.jobs.changes.plans import Plan, UpdatePlan, create_plan, update_plan, upsert_plan
from tui.jobs.changes.undo import (
    document_before,
    find_newest,
    find_reason_against,
    older_hint,
    what_stays,
    with_kept_nulls,
)
from tui.orders.api_object import ApiDocument
from tui.orders.changes import diff, patch_for
from tui.orders.order import Order
from tui.orders.request import FieldFault, InvalidFields, OrderRequest, read_request
from tui.orders.request.field_faults import shown_value
from tui.voucherify.errors import NotFound, Unsendable

FRESH_SECONDS = 5.0
"""Seconds after which a plan is checked against the order again before it is sent."""

SETTLE_SECONDS = 2.0
"""Seconds to wait for a service that did not answer, before an unchanged order counts as not done."""

NEIGHBOUR_SECONDS = 5.0
"""Seconds to wait for another process that is changing the same order."""

NEIGHBOUR_PAUSE = 0.1
"""Seconds between two checks whether the other process has finished."""

MOST_NEIGHBOURS = 50
"""Changes of the same order by other processes to wait for, before a change is refused."""

P = TypeVar("P", bound=Plan)


class ChangeEngine:
    """Creates, updates and undoes orders of one profile.

    Args:
        client: the client of the service.
        journal: records every request before it is sent.
        profile: the profile's name; entries of other profiles are ignored.
        fresh_seconds: see ``FRESH_SECONDS``.
        settle_seconds: see ``SETTLE_SECONDS``; 0 to read once.
        neighbour_seconds: see ``NEIGHBOUR_SECONDS``.
    """

    def __init__(
        self,
        client: OrderChangeClient,
        journal: ChangeJournal,
        profile: str,
        *,
        fresh_seconds: float = FRESH_SECONDS,
        settle_seconds: float = SETTLE_SECONDS,
        neighbour_seconds: float = NEIGHBOUR_SECONDS,
    ) -> None:
        self._client = client
        self._journal = journal
        self._profile = profile
        self._fresh_seconds = fresh_seconds
        self._neighbour_seconds = neighbour_seconds
        self._writer = ChangeSender(client, journal, profile, settle_seconds=settle_seconds)

    async def plan_update(self, opened: ApiDocument, intended: ApiDocument) -> UpdatePlan:
        """Plan an update from the order as ``opened`` to ``intended``; costs one call, changes nothing.

        Raises:
            InvalidFields: the API would refuse a value, or a field is read-only.
            OrderBusy: another process is changing the order.
            OutcomeUnknown: an earlier change of the order has an unknown outcome.
            VoucherifyError: the order could not be read.
        """
        order_id = opened.get("id")
        if not isinstance(order_id, str) or not order_id:
            raise InvalidFields([FieldFault("id", "is missing, so the order to update is unknown")])
        patch_for(opened, intended)
        await self._settle_earlier(order_id)
        position = await self._position()
        now = await self._client.get_order(order_id)
        plan = update_plan(opened, intended, now.raw, made_at=time.monotonic(), journal_position=position)
        if plan.conflicts:
            newest = await self._newest_of_order(order_id, after=0)
            if newest is not None and (newest.answer or {}).get("updated_at") == now.raw.get("updated_at"):
                return replace(plan, changed_by=process_name(newest))
        return plan

    async def plan_create(self, document: ApiDocument) -> Plan:
        """Plan to create an order, or to update it if its id or source_id exists.

        A missing ``source_id`` is generated, so that the order can be found if the request is not answered.
        Costs a call for each given identifier; changes nothing.

        Raises:
            InvalidFields: the API would refuse a value.
            OrderBusy: another process is changing that order.
            OutcomeUnknown: an earlier create of this source_id has an unknown outcome.
            VoucherifyError: the lookup of the order failed.
        """
        reading = read_request(document, OrderRequest)
        request, spent, position = reading.request, 0, await self._position()
        for name, key in (("id", request.id), ("source_id", request.source_id)):
            if key is None:
                continue
            await self._settle_earlier(key)
            try:
                existing, spent = await self._find(key), spent + 1
            except Unsendable as error:
                text = (
                    "could not be looked up afterwards, since the API has no address for it; choose another"
                )
                raise InvalidFields([FieldFault(name, text, shown_value(key))]) from error
            if existing is not None and existing.raw.get(name) == key:
                plan = upsert_plan(reading, existing.raw, calls_spent=spent)
                return replace(plan, journal_position=position)
            if existing is not None and name == "source_id":
                text = "is the id of another order, so this one could not be found by it; choose another"
                raise InvalidFields([FieldFault("source_id", text, shown_value(key))])
        return replace(create_plan(reading, calls_spent=spent), journal_position=position)

    async def newest_change(self) -> JournalEntry:
        """The change that an undo without a number undoes.

        Raises:
            NothingToUndo: there is none.
            OutcomeUnknown, OrderBusy: the outcome of the newest change is unknown.
        """
        found = await asyncio.to_thread(find_newest, self._journal, self._profile)
        if found.is_open:
            await self._settle(found)
            found = await asyncio.to_thread(find_newest, self._journal, self._profile)
        return found

    async def plan_undo(self, entry: JournalEntry) -> UpdatePlan:
        """Plan the update that undoes an entry; costs one call, changes nothing.

        Later changes by others are merged: only fields that both changed are conflicts.

        Raises:
            CannotUndo: it is a create, was not done, was undone already, or nothing can be restored.
            OrderBusy: another process is changing the order.
            OutcomeUnknown: an earlier change of the order has an unknown outcome.
            VoucherifyError: the order could not be read.
        """
        against = await asyncio.to_thread(find_reason_against, self._journal, entry, self._profile)
        if against is not None:
            raise against
        await self._settle_earlier(str(entry.order_id))
        await self._check_not_undone(entry)
        position = await self._position()
        now = (await self._client.get_order(str(entry.order_id))).raw
        plan = await self._undo_of(entry, now, position)
        if not plan.body and not plan.conflicts:
            await self._settle_earlier(str(entry.order_id))
            await self._check_not_undone(entry)
            hint = await asyncio.to_thread(older_hint, self._journal, entry)
            left = "; ".join(map(str, plan.notes)) or "the order no longer shows it"
            raise CannotUndo(f"no field of change {entry.id} can be restored: {left}", hint=hint)
        return plan

    async def _undo_of(self, entry: JournalEntry, now: ApiDocument, position: int | None) -> UpdatePlan:
        """The update that undoes an entry, for the current order.

        Raises:
            CannotUndo: the order holds what an update cannot send.
        """
        before, nulls = with_kept_nulls(document_before(entry), now)
        try:
            return update_plan(
                entry.answer or {},
                before,
                now,
                made_at=time.monotonic(),
                operation="undo",
                undoes=entry.id,
                extra_notes=(*what_stays(entry), *nulls),
                journal_position=position,
            )
        except InvalidFields as error:
            hint = await asyncio.to_thread(older_hint, self._journal, entry)
            text = f"change {entry.id} stays: an undo would send what the API does not store: {error}"
            raise CannotUndo(text, hint=hint) from None

    async def carry_out(self, plan: Plan) -> ChangeOutcome:
        """Send the plan once and return its outcome.

        Cancelling the caller after the request was recorded cancels neither the request nor the search for
        its outcome.

        Raises:
            ChangeRefused: nothing was sent, for one of the reasons in ``change_errors``.
            VoucherifyError: the order could not be read again; nothing was sent.
        """
        if isinstance(plan, UpdatePlan):
            if plan.conflicts:
                raise UnresolvedConflicts(plan.conflicts)
            if not plan.body:
                raise NothingToSend(plan.notes)
        busy: OrderBusy | None = None
        for _ in range(MOST_NEIGHBOURS):
            if time.monotonic() - plan.made_at > self._fresh_seconds or await self._was_changed_here(plan):
                plan = await self._checked_again(plan)
            try:
                return await self._writer.write(plan)
            except OrderBusy as error:
                busy = error
            if busy.entry.is_open:
                await self._settle(busy.entry)
        raise busy or NothingToSend(plan.notes)

    async def resolve_open_entries(self) -> list[JournalEntry]:
        """Find out the outcomes of entries that a crash or a lost connection left open; one call each.

        Entries that a running process is sending are skipped. Returns every checked entry: closed, or still
        open if the order could not be read.
        """
        entries = await asyncio.to_thread(self._journal.open_entries, self._profile)
        return [await self._writer.resolve(entry) for entry in entries if self._writer.is_idle(entry)]

    def was_made_here(self, entry: JournalEntry) -> bool:
        """Whether this process made the change."""
        return self._writer.was_sent_here(entry)

    async def finish(self) -> None:
        """Wait for the requests in flight; call it before the event loop ends."""
        await self._writer.finish()

    async def _settle_earlier(self, order: str) -> None:
        for entry in await asyncio.to_thread(self._journal.open_entries, self._profile, order=order):
            await self._settle(entry)

    async def _settle(self, entry: JournalEntry) -> None:
        """Wait for the process that is sending an entry, or find out its outcome."""
        deadline = time.monotonic() + (0 if self._writer.is_sent_here(entry) else self._neighbour_seconds)
        while not self._writer.is_idle(entry):
            if time.monotonic() >= deadline:
                raise OrderBusy(entry)
            await asyncio.sleep(NEIGHBOUR_PAUSE)
        now = await asyncio.to_thread(self._journal.get, entry.id) or entry
        if now.is_open and (await self._writer.resolve(now)).is_open:
            raise OutcomeUnknown(entry)

    async def _position(self) -> int:
        return await asyncio.to_thread(self._journal.position)

    async def _was_changed_here(self, plan: Plan) -> bool:
        """Whether the journal has a change of the order that is newer than the plan."""
        return await self._newer_change(plan) is not None

    async def _newer_change(self, plan: Plan) -> JournalEntry | None:
        if plan.journal_position is None:
            return None
        key = plan.order_id or str(plan.source_id)
        found = await self._newest_of_order(key, after=plan.journal_position)
        return None if found is None or found.token == plan.token else found

    async def _newest_of_order(self, key: str, *, after: int) -> JournalEntry | None:
        return await asyncio.to_thread(self._journal.newer_of_order, self._profile, key, after)

    async def _check_not_undone(self, entry: JournalEntry) -> None:
        """Check, after waiting for other processes, that none of them has undone the entry."""
        by = await asyncio.to_thread(self._journal.undone_by, entry.id)
        if by is not None:
            hint = await asyncio.to_thread(older_hint, self._journal, entry)
            raise UndoneElsewhere(entry, by, hint=hint)

    async def _entry(self, number: int) -> JournalEntry | None:
        return await asyncio.to_thread(self._journal.get, number)

    async def _find(self, key: str) -> Order | None:
        try:
            return await self._client.get_order(key)
        except NotFound:
            return None

    async def _checked_again(self, plan: P) -> P:
        """The same plan, after reading the order again.

        Raises:
            OrderChanged: the order changed; a new plan is attached.
        """
        await self._settle_earlier(str(plan.order_id or plan.source_id))
        position, made_at = await self._position(), time.monotonic()
        by = await self._newer_change(plan)
        if isinstance(plan, UpdatePlan):
            if plan.undoes is not None and (undone := await self._entry(plan.undoes)) is not None:
                await self._check_not_undone(undone)
            now = (await self._client.get_order(plan.order_id)).raw
            if diff(plan.base, now):
                moved = update_plan(
                    plan.base,
                    plan.intended,
                    now,
                    made_at=made_at,
                    operation=plan.operation,
                    undoes=plan.undoes,
                    extra_notes=plan.extra_notes,
                    journal_position=position,
                )
                changed_by = process_name(by) if by else ""
                moved = replace(moved, upsert=plan.upsert, warnings=plan.warnings, changed_by=changed_by)
                raise OrderChanged(moved, by)
        elif not plan.filled and await self._find(plan.source_id) is not None:
            raise OrderChanged(await self.plan_create(plan.body), by)
        return replace(plan, made_at=made_at, journal_position=position)
