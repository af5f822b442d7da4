"""Sends a planned change once, with a journal entry before it, and finds out its outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from tui.files.private_folder import make_private_folder
from tui.files.process_lock import hold, is_held
from tui.jobs.changes.change_errors import AlreadySent
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.jobs.changes.journal_entry import NOT_AS_INTENDED, JournalEntry, State
from tui.jobs.changes.plans import Plan, UpdatePlan
from tui.orders.api_object import ApiDocument
from tui.orders.changes import (
    Change,
    PatchNote,
    Verdict,
    is_applied,
    server_made_changes,
    split_differences,
    verify_update,
)
from tui.orders.order import Order
from tui.orders.paths import format_path
from tui.voucherify.errors import ApiError, NotFound, NotJson, RateLimited, VoucherifyError


class OrderChangeClient(Protocol):
    """Reads and changes orders; each method raises the errors of ``tui.voucherify.errors``.

    The client must never send a change again that may have reached the service.
    """

    async def get_order(self, order_id: str, /) -> Order:
        """``GET /v1/orders/{orderId}``, by id or source_id."""
        ...

    async def create_order(self, order: ApiDocument, /) -> Order:
        """``POST /v1/orders``."""
        ...

    async def update_order(self, order_id: str, order: ApiDocument, /) -> Order:
        """``PUT /v1/orders/{orderId}`` with the fields that change."""
        ...


STATES: dict[Verdict, State] = {"done": "DONE", "not done": "NOT_DONE", "conflict": "CONFLICT"}


async def resolve_entry(
    client: OrderChangeClient, journal: ChangeJournal, entry: JournalEntry, *, settle_seconds: float
) -> JournalEntry:
    """Close an open entry by reading the order; the entry stays open if the order cannot be read.

    An unchanged order is read again after ``settle_seconds``, since the service may still be processing a
    request that timed out here.
    """
    try:
        state, now = await _compare_with_order(client, entry)
        if state == "NOT_DONE" and settle_seconds > 0:
            await asyncio.sleep(settle_seconds)
            state, now = await _compare_with_order(client, entry)
    except VoucherifyError as error:
        return await asyncio.to_thread(journal.sent, entry.id, entry.error or error_record(error))
    mark = None
    if state == "DONE" and now is not None:
        mark = shortfall_record(split_differences(entry.base, entry.body, entry.intended, now)[0])
    return await asyncio.to_thread(journal.finish, entry.id, state, answer=now, error=mark)


def shortfall_record(differences: Sequence[Change], left: Sequence[PatchNote] = ()) -> dict[str, Any] | None:
    """The journal's record of a change that was not applied as intended; ``None`` if it was."""
    paths = [format_path(change.path) for change in differences]
    paths += [note.path for note in left if note.path not in paths]
    if not paths:
        return None
    return {"kind": NOT_AS_INTENDED, "message": f"not as intended: {', '.join(paths)}", "fields": paths}


def error_record(error: VoucherifyError) -> dict[str, Any]:
    """The journal's record of an error, without headers and addresses."""
    kept: dict[str, Any] = {"kind": type(error).__name__, "title": error.title, "message": str(error)}
    if isinstance(error, ApiError):
        kept |= {"status": error.status, "key": error.key, "request_id": error.request_id}
    return kept


async def _compare_with_order(
    client: OrderChangeClient, entry: JournalEntry
) -> tuple[State, ApiDocument | None]:
    create = entry.operation == "create"
    key = entry.source_id if create else entry.order_id
    try:
        now = (await client.get_order(str(key))).raw
    except NotFound:
        return ("NOT_DONE" if create else "CONFLICT"), None
    if not create:
        return STATES[verify_update(entry.base, entry.body, now)], now
    if now.get("source_id") != key:
        return "NOT_DONE", None
    return ("DONE" if is_applied({}, entry.body, now) else "CONFLICT"), now


LOCKS = "sending"
"""The folder beside the journal with a lock file for each change that is being sent."""

_under_way: set[str] = set()
"""Tokens of the plans that this process is sending now."""

_sent_here: set[str] = set()
"""Tokens of all plans that this process has sent."""


class ChangeSender:
    """Sends the changes of one profile; see ``ChangeEngine`` for the arguments."""

    def __init__(
        self, client: OrderChangeClient, journal: ChangeJournal, profile: str, *, settle_seconds: float
    ) -> None:
        self._client = client
        self._journal = journal
        self._profile = profile
        self._settle_seconds = settle_seconds
        self._locks = journal.path.parent / LOCKS
        self._writes: set[asyncio.Task[ChangeOutcome]] = set()

    async def write(self, plan: Plan) -> ChangeOutcome:
        """Send a plan that was checked. Cancelling the caller does not cancel the request.

        Raises:
            AlreadySent: the plan was sent before.
            OrderBusy: the journal has another change of the order that the plan does not include.
        """
        write = asyncio.ensure_future(self._write(plan))
        self._writes.add(write)
        write.add_done_callback(self._writes.discard)
        return await asyncio.shield(write)

    async def finish(self) -> None:
        """Wait for the requests in flight."""
        if self._writes:
            await asyncio.wait(self._writes)

    async def resolve(self, entry: JournalEntry) -> JournalEntry:
        """Find out the outcome of an open entry; it stays open if the order cannot be read."""
        closed = await resolve_entry(self._client, self._journal, entry, settle_seconds=self._settle_seconds)
        if not closed.is_open and entry.token not in _under_way:
            self._lock_of(entry.token).unlink(missing_ok=True)  # left by a process that died
        return closed

    def is_idle(self, entry: JournalEntry) -> bool:
        """Whether no task of this process and no other process is sending the entry."""
        return entry.token not in _under_way and not is_held(self._lock_of(entry.token))

    def is_sent_here(self, entry: JournalEntry) -> bool:
        """Whether this process is sending the entry."""
        return entry.token in _under_way

    def was_sent_here(self, entry: JournalEntry) -> bool:
        """Whether this process sends or sent the entry."""
        return entry.token in _sent_here

    def _lock_of(self, token: str) -> Path:
        return self._locks / f"{token}.lock"

    async def _write(self, plan: Plan) -> ChangeOutcome:
        if plan.token in _under_way:
            raise AlreadySent("this change is being sent now")
        _under_way.add(plan.token)
        _sent_here.add(plan.token)
        try:
            make_private_folder(self._locks)
            with hold(self._lock_of(plan.token)):
                return await self._journalled(plan)
        finally:
            _under_way.discard(plan.token)

    async def _journalled(self, plan: Plan) -> ChangeOutcome:
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
            after=plan.journal_position,
        )
        try:
            answer = _same_order(plan, await self._send(plan))
        except VoucherifyError as error:
            return await self._failed(plan, entry, error)
        differences, _ = split_differences(plan.base, plan.body, plan.expected, answer)
        if any(change.kind == "removed" for change in differences):
            answer = await self._read_again(plan, answer)
            differences, _ = split_differences(plan.base, plan.body, plan.expected, answer)
        mark = shortfall_record(differences, impossible_parts(plan))
        done = await asyncio.to_thread(self._journal.finish, entry.id, "DONE", answer=answer, error=mark)
        return _outcome(plan, done, None)

    async def _read_again(self, plan: Plan, answer: ApiDocument) -> ApiDocument:
        """Read the order again, since the answer to a change may lack fields."""
        try:
            return (
                await self._client.get_order(str(answer.get("id") or plan.order_id or plan.source_id))
            ).raw
        except VoucherifyError:
            return answer

    def _send(self, plan: Plan) -> Coroutine[Any, Any, Order]:
        if isinstance(plan, UpdatePlan):
            return self._client.update_order(plan.order_id, plan.body)
        return self._client.create_order(plan.body)

    async def _failed(self, plan: Plan, entry: JournalEntry, error: VoucherifyError) -> ChangeOutcome:
        if error.sent:
            await asyncio.to_thread(self._journal.sent, entry.id, error_record(error))
            return _outcome(plan, await self.resolve(entry), error)
        refused = isinstance(error, ApiError) and not isinstance(error, RateLimited)
        state: State = "REFUSED" if refused else "NOT_DONE"
        closed = await asyncio.to_thread(self._journal.finish, entry.id, state, error=error_record(error))
        return _outcome(plan, closed, error)


def _same_order(plan: Plan, answer: Order) -> ApiDocument:
    """The order in the answer.

    Raises:
        NotJson: the answer is about another order, so the outcome is unknown.
    """
    if plan.order_id is not None and answer.id != plan.order_id:
        raise NotJson(f"The answer is about another order, {answer.id}")
    return answer.raw


def impossible_parts(plan: Plan) -> tuple[PatchNote, ...]:
    """The parts of the change that the API cannot do, as noted in the plan."""
    return tuple(note for note in plan.notes if note.kind == "cannot be removed")


def _outcome(plan: Plan, entry: JournalEntry, error: VoucherifyError | None) -> ChangeOutcome:
    if entry.answer is None or entry.state not in ("DONE", "CONFLICT"):
        return ChangeOutcome(entry, error=error)
    differences, by_others = split_differences(plan.base, plan.body, plan.expected, entry.answer)
    shown = {format_path(change.path) for change in differences}
    return ChangeOutcome(
        entry,
        differences=tuple(differences),
        by_others=tuple(by_others),
        left=tuple(note for note in impossible_parts(plan) if note.path not in shown),
        server_made=tuple(server_made_changes(plan.expected, entry.answer)),
        error=error if entry.state != "DONE" else None,
    )
