"""Taking an update back: by another update, and only where nobody else changed the order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.jobs.conftest import TEA, Desk
from tests.support.faulty_client import FaultyClient
from tests.support.order_documents import PAIRS, Document
from tests.support.orders_service import OrdersService
from tui.jobs.journal import Journal
from tui.jobs.mutations import Mutations
from tui.jobs.outcomes import (
    CannotUndo,
)


@given(PAIRS)
@settings(max_examples=60, deadline=None)
async def test_undo_brings_the_order_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Document, Document]
) -> None:
    """Field for field, except for what the API cannot take away, and that is announced."""
    start, edited = drawn
    desk = Desk(tmp_path_factory.mktemp("undo"))
    created = {**start, "customer": {"id": "cust_1"}, "source_id": "web-1"}
    for name in ("id", "object", "updated_at", "customer_id", "created_at"):
        created.pop(name, None)
    desk.order = (await desk.service.create_order(created)).raw
    edits = {
        name: value for name, value in edited.items() if name in ("status", "amount", "metadata", "items")
    }
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, **edits})
    if not plan.body:
        return
    outcome = await desk.mutations.carry_out(plan)
    if {**await desk.read(), "updated_at": None} == desk.order:
        with pytest.raises(CannotUndo, match="nothing of the change shows"):
            await desk.mutations.plan_undo(outcome.entry)
        return
    undo = await desk.mutations.plan_undo(outcome.entry)
    kept = {note.path.split(".")[0].split("[")[0] for note in undo.notes} | {"updated_at", "total_amount"}
    if undo.body:
        await desk.mutations.carry_out(undo)
    now = await desk.read()
    differing = {name for name in {*now, *desk.order} if now.get(name) != desk.order.get(name)}
    assert differing <= kept


async def test_what_the_service_moved_is_nobodys_edit(desk: Desk) -> None:
    """A document without the totals, or a choice of my whole lines, is no try to write the totals."""
    mine = {name: value for name, value in desk.order.items() if name not in ("updated_at", "total_amount")}
    mine["items"] = [{"product_id": "prod_1", "quantity": 3, "price": 100}, {"amount": 5}]
    await desk.service.update_order(desk.order["id"], {"items": [{**TEA, "quantity": 9}, {"amount": 6}]})
    plan = await desk.mutations.plan_update(desk.order, mine)
    assert [conflict.path for conflict in plan.conflicts] == [("items",)]
    outcome = await desk.mutations.carry_out(plan.decided({("items",): "mine"}))
    assert (outcome.state, outcome.differences) == ("DONE", ())


async def test_undo_is_refused_when_the_order_moved(desk: Desk) -> None:
    """Somebody wrote since, be it the same value: their work is not overwritten."""
    outcome = await desk.update(status="PAID")
    await desk.service.update_order(desk.order["id"], {"metadata": {"x": 1}})
    with pytest.raises(CannotUndo, match="changed since") as refused:
        await desk.mutations.plan_undo(outcome.entry)
    assert ("metadata",) in [change.path for change in refused.value.changes]


async def test_undo_is_refused_between_plan_and_sending(tmp_path: Path) -> None:
    """Also when the order moves while the person looks at the undo."""
    desk = Desk(tmp_path, fresh_seconds=-1)
    await desk.open()
    plan = await desk.mutations.plan_undo((await desk.update(status="PAID")).entry)
    await desk.service.update_order(desk.order["id"], {"amount": 9})
    with pytest.raises(CannotUndo, match="changed since"):
        await desk.mutations.carry_out(plan)
    assert (await desk.read())["status"] == "PAID"


async def test_undo_is_refused_when_others_wrote_in_the_same_moment(tmp_path: Path) -> None:
    """Their write came between our reading and our writing; taking ours back would take theirs too."""
    service = OrdersService()
    order = (await service.create_order({"amount": 100})).raw

    async def meddle() -> None:
        await service.update_order(order["id"], {"status": "CANCELED"})

    client = FaultyClient(service, writes=["cut processed"], meddle=meddle)
    mutations = Mutations(client, Journal(tmp_path), "main", settle_seconds=0)
    outcome = await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))
    assert outcome.state == "DONE"
    assert [change.path for change in outcome.differences] == [("status",)]
    with pytest.raises(CannotUndo, match="same time"):
        await mutations.plan_undo(outcome.entry)


async def test_an_undo_is_an_update_with_a_link(desk: Desk) -> None:
    """It goes the same guarded way, names what it undoes, and can be taken back itself, once."""
    done = (await desk.update(status="PAID", amount=900)).entry
    plan = await desk.mutations.plan_undo(done)
    assert plan.body == {"status": "CREATED", "amount": 200}
    undone = await desk.mutations.carry_out(plan)
    assert (undone.entry.operation, undone.entry.undoes, undone.state) == ("undo", done.id, "DONE")
    with pytest.raises(CannotUndo, match="taken back already"):
        await desk.mutations.plan_undo(done)
    redo = await desk.mutations.plan_undo(undone.entry)
    assert redo.body == {"status": "PAID", "amount": 900}


async def test_what_cannot_be_undone_says_why(desk: Desk) -> None:
    """A create, a failed update, another profile's change, a change that left no trace in the order."""
    created = (await desk.mutations.carry_out(await desk.mutations.plan_create({"amount": 1}))).entry
    with pytest.raises(CannotUndo, match="no way to delete"):
        await desk.mutations.plan_undo(created)
    other = Mutations(desk.service, desk.journal, "other")
    done = (await desk.update(status="PAID")).entry
    with pytest.raises(CannotUndo, match="profile main; this one is other"):
        await other.plan_undo(done)
    await desk.open(source_id="web-2", customer={"id": "cust_1"})
    silent = await desk.update(customer={**desk.order["customer"], "email": "a@b.c"})
    with pytest.raises(CannotUndo, match="nothing of the change shows"):
        await desk.mutations.plan_undo(silent.entry)


async def test_a_refused_change_is_not_undone(tmp_path: Path) -> None:
    """Only what was carried out can be taken back."""
    service = OrdersService()
    order = (await service.create_order({})).raw
    mutations = Mutations(FaultyClient(service, writes=["400"]), Journal(tmp_path), "main")
    refused = await mutations.carry_out(await mutations.plan_update(order, {**order, "status": "PAID"}))
    assert refused.hint == "Correct what the message names and try again."
    with pytest.raises(CannotUndo, match="not carried out"):
        await mutations.plan_undo(refused.entry)
