"""The guarded way: plan on fresh data, send once, tell what the service made of it, take it back."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from tests.jobs.conftest import TEA, Desk
from tests.support.faulty_client import Fault, FaultyClient
from tests.support.order_documents import Document
from tests.support.orders_service import OrdersService
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_errors import (
    AlreadySent,
    NothingToSend,
    OrderBusy,
    OrderChanged,
    UnresolvedConflicts,
)
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.plans import CreatePlan, UpdatePlan
from tui.orders.changes import describe
from tui.orders.order import Order
from tui.orders.request import InvalidFields
from tui.voucherify.errors import Unreachable, VoucherifyError


async def test_only_the_changed_field_goes(desk: Desk) -> None:
    """The body of a one-field change is that field; the plan says what it costs."""
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, "status": "PAID"})
    assert plan.body == {"status": "PAID"}
    assert [str(describe(change)) for change in plan.changes] == ["status: CREATED → PAID"]
    assert (plan.calls_spent, plan.calls_to_go, plan.conflicts, plan.notes) == (1, 1, (), ())
    outcome = await desk.mutations.carry_out(plan)
    assert (outcome.state, outcome.differences, outcome.title) == ("DONE", (), "Done")
    assert [change.path for change in outcome.server_made] == [("updated_at",)]
    assert desk.service.history[desk.order["id"]][1:] == [{"status": "PAID"}]


async def test_what_the_service_works_out_is_told(desk: Desk) -> None:
    """A new amount moves the total: shown as the service's doing, not as a difference."""
    outcome = await desk.update(amount=500)
    assert outcome.differences == ()
    told = [str(describe(change)) for change in outcome.server_made]
    assert "total_amount: 2.00 → 5.00" in told


async def test_an_answer_that_is_not_as_meant_is_told(desk: Desk) -> None:
    """A metadata key that the service keeps is a difference, announced before and seen after."""
    desk.order = (await desk.service.update_order(desk.order["id"], {"metadata": {"a": 1, "b": 2}})).raw
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, "metadata": {"b": 2}})
    assert [(note.kind, note.path) for note in plan.notes] == [("metadata key stays", "metadata.a")]
    outcome = await desk.mutations.carry_out(plan)
    assert [change.path for change in outcome.differences] == [("metadata", "a")]


async def test_changes_without_overlap_are_merged(desk: Desk) -> None:
    """Somebody else was faster with another field: both survive, and the plan says whose is what."""
    await desk.service.update_order(desk.order["id"], {"metadata": {"theirs": 1}})
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, "status": "PAID"})
    assert plan.body == {"status": "PAID"}
    assert ("metadata",) in [change.path for change in plan.from_theirs]
    await desk.mutations.carry_out(plan)
    now = await desk.read()
    assert (now["status"], now["metadata"]) == ("PAID", {"theirs": 1})


async def test_an_overlap_is_asked_and_nothing_goes(desk: Desk) -> None:
    """Both changed the status: nothing is sent until a side is chosen."""
    await desk.service.update_order(desk.order["id"], {"status": "CANCELED"})
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, "status": "PAID", "amount": 7})
    assert [(c.path, c.base, c.mine, c.theirs) for c in plan.conflicts] == [
        (("status",), "CREATED", "PAID", "CANCELED")
    ]
    with pytest.raises(UnresolvedConflicts):
        await desk.mutations.carry_out(plan)
    assert desk.journal.entries() == []
    assert plan.decided({("status",): "theirs"}).body == {"amount": 7}
    chosen = plan.decided({("status",): "mine"})
    assert chosen.body == {"status": "PAID", "amount": 7}
    assert (await desk.mutations.carry_out(chosen)).state == "DONE"


async def test_a_plan_that_lay_too_long_is_made_anew(tmp_path: Path) -> None:
    """The order changed while a person read the plan: nothing goes, a new plan is offered."""
    desk = Desk(tmp_path, fresh_seconds=-1)
    await desk.open()
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, "status": "PAID"})
    await desk.service.update_order(desk.order["id"], {"amount": 5})
    with pytest.raises(OrderChanged) as moved:
        await desk.mutations.carry_out(plan)
    assert moved.value.plan.body == {"status": "PAID"}
    assert len(desk.service.history[desk.order["id"]]) == 2
    assert (await desk.mutations.carry_out(moved.value.plan)).state == "DONE"


async def test_the_same_plan_goes_once(desk: Desk) -> None:
    """Pressed twice at once, or again later: one request."""
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, "status": "PAID"})
    outcomes = await asyncio.gather(
        desk.mutations.carry_out(plan), desk.mutations.carry_out(plan), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadySent", "ChangeOutcome"]
    with pytest.raises(AlreadySent):
        await desk.mutations.carry_out(plan)
    assert len(desk.service.history[desk.order["id"]]) == 2


async def test_nothing_to_send_is_said(desk: Desk) -> None:
    """No change, or one that the API cannot express, is refused with its notes."""
    with pytest.raises(NothingToSend, match="no field is changed"):
        await desk.update()
    await desk.open(source_id="web-2", customer={"id": "cust_1"})
    gone = {name: value for name, value in desk.order.items() if name not in ("customer", "amount")}
    plan = await desk.mutations.plan_update(desk.order, gone)
    with pytest.raises(NothingToSend, match=r"customer: .*; amount: the API can"):
        await desk.mutations.carry_out(plan)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"amount": -1}, "amount"),
        ({"total_amount": 1}, "total_amount"),
        ({"customer_id": "c"}, "customer_id"),
    ],
)
async def test_bad_input_costs_nothing(fields: Document, path: str, desk: Desk) -> None:
    """What cannot be sent is refused before any call, with the field; nothing is journalled."""
    before = desk.service.reads
    with pytest.raises(InvalidFields) as invalid:
        await desk.update(**fields)
    assert [fault.path for fault in invalid.value.faults] == [path]
    assert (desk.service.reads, desk.journal.entries()) == (before, [])
    with pytest.raises(InvalidFields, match="id is missing"):
        await desk.mutations.plan_update({}, {"status": "PAID"})


@pytest.mark.parametrize(
    ("fault", "state", "applied"),
    [
        ("unreachable", "NOT_DONE", 0),
        ("429", "NOT_DONE", 0),
        ("400", "REFUSED", 0),
        ("cut unprocessed", "NOT_DONE", 0),
        ("502 unprocessed", "NOT_DONE", 0),
        ("timeout unprocessed", "NOT_DONE", 0),
        ("cut processed", "DONE", 1),
        ("502 processed", "DONE", 1),
        ("timeout processed", "DONE", 1),
        ("garbage processed", "DONE", 1),
    ],
)
async def test_a_failure_ends_in_an_outcome(fault: Fault, state: str, applied: int, tmp_path: Path) -> None:
    """What the service did is found out at once, and the journal says it; the error is kept there."""
    service, journal = OrdersService(), ChangeJournal(tmp_path)
    order = (await service.create_order({"amount": 100})).raw
    mutations = ChangeEngine(FaultyClient(service, writes=[fault]), journal, "main", settle_seconds=0)
    outcome = await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))
    assert outcome.state == state
    assert len(service.history[order["id"]]) == 1 + applied
    (entry,) = journal.entries()
    assert entry == outcome.entry
    assert entry.error is not None
    assert (outcome.error is None) == (state == "DONE")
    assert outcome.title
    assert (outcome.hint == "") == (state == "DONE")


async def test_a_cancelled_caller_does_not_cancel_the_write(tmp_path: Path) -> None:
    """The screen is left in the middle of a write: it ends, and the journal has its outcome."""
    entered, gate = asyncio.Event(), asyncio.Event()

    class Slow(OrdersService):
        async def update_order(self, order_id: str, order: Document, /) -> Order:
            entered.set()
            await gate.wait()
            return await super().update_order(order_id, order)

    service, journal = Slow(), ChangeJournal(tmp_path)
    order = (await service.create_order({})).raw
    mutations = ChangeEngine(service, journal, "main", settle_seconds=0)
    plan = await mutations.plan_update(order, {**order, "status": "PAID"})
    caller = asyncio.create_task(mutations.carry_out(plan))
    await entered.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert [entry.state for entry in journal.open_entries("main")] == ["PREPARED"]
    assert await mutations.resolve_open_entries() == []
    with pytest.raises(OrderBusy, match="this process has been sending change 1"):
        await mutations.plan_update(order, {**order, "status": "CANCELED"})
    gate.set()
    await mutations.finish()
    assert [entry.state for entry in journal.entries()] == ["DONE"]


async def test_the_journal_is_written_before_the_bytes_go(tmp_path: Path) -> None:
    """At the moment of sending, another reader already sees the entry with everything in it."""
    seen = []

    class Watching(OrdersService):
        async def update_order(self, order_id: str, order: Document, /) -> Order:
            seen.extend(ChangeJournal(tmp_path).open_entries("main"))
            return await super().update_order(order_id, order)

    service = Watching()
    order = (await service.create_order({"amount": 1})).raw
    mutations = ChangeEngine(service, ChangeJournal(tmp_path), "main")
    await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 2}))
    (entry,) = seen
    assert (entry.state, entry.operation, entry.order_id) == ("PREPARED", "update", order["id"])
    assert (entry.base, entry.body, entry.intended["amount"]) == (order, {"amount": 2}, 2)


async def test_a_create_gets_a_source_id(desk: Desk) -> None:
    """Without one it could not be found after a cut line; with a generated one no call is needed."""
    plan = await desk.mutations.plan_create({"amount": 5})
    assert isinstance(plan, CreatePlan)
    assert plan.filled
    assert (plan.calls_spent, plan.calls_to_go) == (0, 1)
    outcome = await desk.mutations.carry_out(plan)
    assert outcome.state == "DONE"
    assert outcome.answer is not None
    assert outcome.answer["source_id"] == plan.source_id
    assert (outcome.entry.order_id, outcome.differences) == (outcome.answer["id"], ())


@pytest.mark.parametrize("name", ["id", "source_id"])
async def test_a_create_that_exists_is_an_update(name: str, desk: Desk) -> None:
    """The plan is that order's update, with the diff; unmentioned fields and metadata keys stay."""
    desk.order = (await desk.service.update_order(desk.order["id"], {"metadata": {"a": 1}})).raw
    document = {name: desk.order[name], "status": "PAID", "metadata": {"b": 2}, "items": [TEA], "odd": 1}
    plan = await desk.mutations.plan_create(document)
    assert isinstance(plan, UpdatePlan)
    assert plan.upsert
    assert plan.body["status"] == "PAID"
    assert plan.body["metadata"] == {"a": 1, "b": 2}
    assert [warning.path for warning in plan.warnings] == ["odd"]
    outcome = await desk.mutations.carry_out(plan)
    assert (outcome.state, outcome.entry.operation, len(desk.service.orders)) == ("DONE", "update", 1)


async def test_a_source_id_that_is_an_order_id_is_refused(desk: Desk) -> None:
    """It could never be looked up by it; the other order is not touched."""
    with pytest.raises(InvalidFields, match="source_id is the id of another order"):
        await desk.mutations.plan_create({"source_id": desk.order["id"], "amount": 1})
    assert desk.journal.entries() == []


async def test_an_unknown_id_is_doubted(desk: Desk) -> None:
    """Creating with an id that no order has is noted; the service's refusal is the outcome."""
    plan = await desk.mutations.plan_create({"id": "ord_none", "source_id": "fresh"})
    assert [note.path for note in plan.notes] == ["id"]
    outcome = await desk.mutations.carry_out(plan)
    assert (outcome.state, outcome.entry.error and outcome.entry.error["status"]) == ("REFUSED", 404)


async def test_a_create_that_lay_too_long_is_checked_again(tmp_path: Path) -> None:
    """Somebody else created the same source_id meanwhile: it is no silent upsert."""
    desk = Desk(tmp_path, fresh_seconds=-1)
    plan = await desk.mutations.plan_create({"source_id": "web-1", "amount": 5})
    await desk.open()
    with pytest.raises(OrderChanged) as moved:
        await desk.mutations.carry_out(plan)
    assert isinstance(moved.value.plan, UpdatePlan)
    assert len(desk.service.history[desk.order["id"]]) == 1
    generated = await desk.mutations.plan_create({"amount": 5})
    assert (await desk.mutations.carry_out(generated)).state == "DONE"


@pytest.mark.parametrize("fault", ["cut processed", "cut unprocessed"])
async def test_a_cut_create_is_found_by_its_source_id(fault: Fault, tmp_path: Path) -> None:
    """Done when the order is there as meant, not done when it is not."""
    service = OrdersService()
    mutations = ChangeEngine(
        FaultyClient(service, writes=[fault]), ChangeJournal(tmp_path), "main", settle_seconds=0
    )
    outcome = await mutations.carry_out(await mutations.plan_create({"items": [TEA]}))
    assert outcome.state == ("DONE" if fault == "cut processed" else "NOT_DONE")
    assert len(service.orders) == (1 if fault == "cut processed" else 0)


async def test_an_order_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    """No plan without a fresh reading; the network's error comes through."""

    class Offline(OrdersService):
        async def get_order(self, order_id: str, /) -> Order:
            raise Unreachable

    mutations = ChangeEngine(Offline(), ChangeJournal(tmp_path), "main")
    with pytest.raises(Unreachable):
        await mutations.plan_update({"id": "ord_1"}, {"id": "ord_1", "status": "PAID"})
    with pytest.raises(Unreachable):
        await mutations.plan_create({"source_id": "web-1"})


@pytest.mark.parametrize(("writes", "state"), [([None], "DONE"), (["cut unprocessed"], "NOT_DONE")])
async def test_an_answer_about_another_order_is_not_believed(
    writes: list[Fault | None], state: str, tmp_path: Path
) -> None:
    """A cache in between answered: the order itself shows what became of the change."""
    service = OrdersService()
    order, other = [(await service.create_order({"amount": amount})).raw for amount in (100, 200)]

    class Cached(FaultyClient):
        async def update_order(self, order_id: str, order: Document, /) -> Order:
            """Carry it out or not, and answer with another order."""
            with contextlib.suppress(VoucherifyError):
                await super().update_order(order_id, order)
            return await service.get_order(other["id"])

    mutations = ChangeEngine(
        Cached(service, writes=writes), ChangeJournal(tmp_path), "main", settle_seconds=0
    )
    outcome = await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))
    assert (outcome.state, outcome.by_others) == (state, ())
    assert (outcome.answer or order)["id"] == order["id"]
