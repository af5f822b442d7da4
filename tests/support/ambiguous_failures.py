"""Schedules of ambiguous failure, run against any client and any way to read an order's history.

A schedule lets one update or create fail in some way, lets somebody else write at the worst moment, lets
the reads that should clear it up fail too, kills the program here and there and starts it again on the
same journal, and tries again whenever the journal says that nothing was done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal, get_args
from uuid import uuid4

from tests.support.faulty_client import READ_FAULTS, Crash, Fault, FaultyClient
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_errors import ChangeRefused
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_sender import OrderChangeClient
from tui.jobs.changes.journal_entry import JournalEntry, State
from tui.voucherify.errors import VoucherifyError

Document = dict[str, Any]

History = Callable[[str], Awaitable[list[Document]]]
"""The bodies that the service carried out on an order, oldest first, by order id."""

Meddling = Literal["nobody", "other field", "same field"]

PROFILE = "schedules"
LIVES = 12


@dataclass(frozen=True, slots=True)
class Schedule:
    """One run, told wholly by its seed. ``writes`` and ``reads`` hold a list for each life of the program."""

    seed: int
    operation: Literal["create", "update"]
    writes: tuple[Fault | None, ...]
    reads: tuple[Fault | None, ...]
    meddling: Meddling
    journal_dies: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What is left after a run: the journal, how often the change shows in the history, the order."""

    entries: list[JournalEntry]
    applied: int
    order: Document | None


class DyingJournal(ChangeJournal):
    """A journal whose process dies when the first outcome is to be written."""

    dead = False

    def _move(
        self, entry: int, state: State, answer: Document | None, error: Document | None
    ) -> JournalEntry:
        if not self.dead:
            self.dead = True
            raise Crash
        return super()._move(entry, state, answer, error)


def schedule(seed: int) -> Schedule:
    """The schedule of a seed."""
    random = Random(seed)
    faults: tuple[Fault, ...] = get_args(Fault)
    return Schedule(
        seed=seed,
        operation=random.choice(["update", "update", "update", "create"]),
        writes=(faults[seed % len(faults)], *(random.choice([None, *faults]) for _ in range(2))),
        reads=tuple(random.choice([None, *READ_FAULTS]) for _ in range(random.randint(0, 3))),
        meddling=random.choice(["nobody", "nobody", "other field", "same field"]),
        journal_dies=random.random() < 0.2,
    )


async def run_schedule(plan: Schedule, client: OrderChangeClient, history: History, folder: Path) -> Result:
    """Run one schedule against a service; the client given must itself work without fault."""
    marker = f"{plan.seed}-{uuid4().hex}"
    order = (await client.create_order({"source_id": f"before-{marker}", "amount": 100})).raw
    wanted = {"source_id": f"new-{marker}", "metadata": {"marker": marker}}
    writes, reads = list(plan.writes), list(plan.reads)
    for life in range(LIVES):
        journal = (DyingJournal if plan.journal_dies and life == 0 else ChangeJournal)(folder)
        faulty = FaultyClient(
            client, writes=writes[:1], reads=reads[:1], meddle=_meddler(plan.meddling, client, order, wanted)
        )
        del writes[:1], reads[:1]
        mutations = ChangeEngine(faulty, journal, PROFILE, settle_seconds=0)
        try:
            if await _live(mutations, journal, plan.operation, order, wanted):
                break
        except (Crash, ChangeRefused, VoucherifyError):
            continue
    journal = ChangeJournal(folder)
    await ChangeEngine(client, journal, PROFILE, settle_seconds=0).resolve_open_entries()
    key = order["id"] if plan.operation == "update" else wanted["source_id"]
    return await _result(client, history, journal.entries(profile=PROFILE), key, marker)


async def _live(
    mutations: ChangeEngine, journal: ChangeJournal, operation: str, order: Document, wanted: Document
) -> bool:
    """One life of the program: clear up, and try again where nothing was done. True when all is said."""
    await mutations.resolve_open_entries()
    entries = journal.entries(profile=PROFILE)
    if any(entry.is_open for entry in entries):
        return False
    if entries and entries[0].state != "NOT_DONE":
        return True
    if operation == "create":
        planned = await mutations.plan_create(wanted)
    else:
        planned = await mutations.plan_update(order, {**order, "metadata": wanted["metadata"]})
    outcome = await mutations.carry_out(planned)
    return outcome.state not in ("NOT_DONE", "PREPARED", "SENT")


def _meddler(
    meddling: Meddling, client: OrderChangeClient, order: Document, wanted: Document
) -> Callable[[], Awaitable[None]] | None:
    if meddling == "nobody":
        return None
    body: Document = (
        {"status": "CANCELED"} if meddling == "other field" else {"metadata": {"marker": "theirs"}}
    )

    async def meddle() -> None:
        for key in (order["id"], wanted["source_id"]):
            try:
                await client.update_order(key, body)
            except VoucherifyError:
                continue

    return meddle


async def _result(
    client: OrderChangeClient, history: History, entries: list[JournalEntry], key: str, marker: str
) -> Result:
    try:
        now = (await client.get_order(key)).raw
    except VoucherifyError:
        return Result(entries, 0, None)
    bodies = await history(now["id"])
    marked = [body for body in bodies if body.get("metadata", {}).get("marker") == marker]
    return Result(entries, len(marked), now)
