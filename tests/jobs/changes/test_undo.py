"""Undoing an update by another one, which keeps what others changed since."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.jobs.conftest import TEA, Desk
from tests.support.faulty_client import FaultyClient
from tests.support.order_documents import PAIRS, TRIPLES, Document
from tests.support.orders_service import OrdersService
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_errors import CannotUndo, NothingToUndo, OrderChanged, UnresolvedConflicts
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_outcome import ChangeOutcome
from tui.jobs.changes.plans import UpdatePlan
from tui.orders.order import Order


@given(PAIRS)
@settings(max_examples=60, deadline=None)
async def test_undo_brings_the_order_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Document, Document]
) -> None:
    """Field for field, except for what the plan said that the API cannot take away."""
    desk = Desk(tmp_path_factory.mktemp("undo"))
    outcome = await changed(desk, *drawn)
    if outcome is None:
        return
    try:
        undo = await desk.mutations.plan_undo(outcome.entry)
    except CannotUndo as refused:
        assert "can be restored" in str(refused)  # noqa: PT017 - whether it is refused depends on the draw
        return
    announced = {note.path for note in undo.notes if note.kind in ("set to null", "cannot be removed")}
    emptied = {note.path for note in undo.notes if note.kind == "emptied"}
    done = await desk.mutations.carry_out(undo)
    assert done.is_as_intended == (not announced)
    assert set(done.entry.shortfall) == announced
    assert differing(await desk.read(), desk.order) <= {"updated_at", "total_amount"} | emptied | {
        path.split(".")[0].split("[")[0] for path in announced
    }


@given(TRIPLES)
@settings(max_examples=60, deadline=None)
async def test_undo_keeps_what_others_changed(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Document, Document, Document]
) -> None:
    """Each field is as before my change where only I changed it, and as it is now where I did not."""
    start, mine, theirs = drawn
    desk = Desk(tmp_path_factory.mktemp("undo"))
    outcome = await changed(desk, start, mine)
    if outcome is None:
        return
    after = outcome.answer or {}
    edit = {name: theirs[name] for name in ("status", "discount_amount") if name in theirs}
    await desk.service.update_order(desk.order["id"], edit or {"status": "PAID"})
    now = await desk.read()
    try:
        undo = await desk.mutations.plan_undo(outcome.entry)
    except CannotUndo:
        return
    both = {"status"} if len({start["status"], after["status"], now["status"]}) == 3 else set()
    assert {conflict.path[0] for conflict in undo.conflicts} == both
    if undo.conflicts:
        return
    await desk.mutations.carry_out(undo)
    done = await desk.read()
    for name in ("status", "source_id", "amount", "discount_amount"):
        was, changed_to, current = (document.get(name) for document in (desk.order, after, now))
        expected = was if changed_to == current else current
        stays = was is None and changed_to == current
        assert done.get(name) == (current if stays else expected), name


async def changed(desk: Desk, start: Document, edited: Document) -> ChangeOutcome | None:
    """The order of ``start`` in the service, and the change to ``edited`` carried out."""
    created = {**start, "customer": {"id": "cust_1"}, "source_id": "web-1"}
    for name in ("id", "object", "updated_at", "customer_id", "created_at"):
        created.pop(name, None)
    desk.order = (await desk.service.create_order(created)).raw
    edits = {
        name: value for name, value in edited.items() if name in ("status", "amount", "metadata", "items")
    }
    plan = await desk.mutations.plan_update(desk.order, {**desk.order, **edits})
    return await desk.mutations.carry_out(plan) if plan.body else None


def differing(one: Document, other: Document) -> set[str]:
    """The fields in which two orders differ; no metadata and empty metadata are alike."""
    return {name for name in {*one, *other} if one.get(name) != other.get(name)} - {
        name for name in ("metadata",) if not one.get(name) and not other.get(name)
    }


async def test_what_the_service_moved_is_nobodys_edit(desk: Desk) -> None:
    """A document without the totals, or a choice of my whole lines, is no try to write the totals."""
    mine = {name: value for name, value in desk.order.items() if name not in ("updated_at", "total_amount")}
    mine["items"] = [{"product_id": "prod_1", "quantity": 3, "price": 100}, {"amount": 5}]
    await desk.service.update_order(desk.order["id"], {"items": [{**TEA, "quantity": 9}, {"amount": 6}]})
    plan = await desk.mutations.plan_update(desk.order, mine)
    assert [conflict.path for conflict in plan.conflicts] == [("items",)]
    outcome = await desk.mutations.carry_out(plan.decided({("items",): "mine"}))
    assert (outcome.state, outcome.differences) == ("DONE", ())


async def test_undo_goes_through_where_others_changed_another_field(desk: Desk) -> None:
    """Their change is kept, and told."""
    outcome = await desk.update(status="PAID", metadata={"mine": None})
    await desk.service.update_order(desk.order["id"], {"metadata": {"theirs": 1}, "amount": 900})
    plan = await desk.mutations.plan_undo(outcome.entry)
    assert plan.body == {"status": "CREATED"}
    assert {change.path for change in plan.from_theirs} == {("amount",), ("metadata", "theirs")}
    await desk.mutations.carry_out(plan)
    now = await desk.read()
    assert (now["status"], now["amount"], now["metadata"]["theirs"]) == ("CREATED", 900, 1)


async def test_undo_of_the_same_field_is_a_conflict(desk: Desk) -> None:
    """All three values are known, and nothing is sent."""
    outcome = await desk.update(status="PAID", amount=700)
    await desk.service.update_order(desk.order["id"], {"status": "CANCELED"})
    plan = await desk.mutations.plan_undo(outcome.entry)
    assert [(c.path, c.base, c.mine, c.theirs) for c in plan.conflicts] == [
        (("status",), "PAID", "CREATED", "CANCELED")
    ]
    with pytest.raises(UnresolvedConflicts):
        await desk.mutations.carry_out(plan)
    assert plan.decided({("status",): "theirs"}).body == {"amount": 200}


async def test_undo_takes_back_one_line_of_a_merged_array(desk: Desk) -> None:
    """Somebody added a line since; mine is back as it was, theirs stays, the sum follows."""
    lines = [{**TEA, "quantity": 5, "amount": 500}, {"product_id": "new", "amount": 30}]
    outcome = await desk.update(items=lines, amount=530)
    await desk.service.update_order(
        desk.order["id"], {"items": [{"product_id": "theirs", "amount": 40}, *lines], "amount": 570}
    )
    plan = await desk.mutations.plan_undo(outcome.entry)
    assert plan.conflicts == ()
    await desk.mutations.carry_out(plan)
    now = await desk.read()
    assert [(item["product_id"], item["amount"]) for item in now["items"]] == [
        ("theirs", 40),
        ("prod_1", 200),
    ]
    assert now["amount"] == 240


async def test_undo_follows_where_the_sum_is_by_chance_as_before(desk: Desk) -> None:
    """My edit took 100 off, somebody's line added 100: undone, the amount has both."""
    line = {**TEA, "quantity": 1, "amount": 100}
    outcome = await desk.update(items=[line], amount=100)
    theirs = {"product_id": "theirs", "amount": 100}
    await desk.service.update_order(desk.order["id"], {"items": [line, theirs], "amount": 200})
    plan = await desk.mutations.plan_undo(outcome.entry)
    assert plan.conflicts == ()
    await desk.mutations.carry_out(plan)
    assert (await desk.read())["amount"] == 300


async def test_a_plan_of_an_undo_is_checked_again(tmp_path: Path) -> None:
    """The order moved while the person looked: a new plan that keeps the other change, or a conflict."""
    desk = Desk(tmp_path, fresh_seconds=-1)
    await desk.open()
    done = (await desk.update(status="PAID")).entry
    plan = await desk.mutations.plan_undo(done)
    await desk.service.update_order(desk.order["id"], {"amount": 9})
    with pytest.raises(OrderChanged) as moved:
        await desk.mutations.carry_out(plan)
    assert isinstance(moved.value.plan, UpdatePlan)
    assert (moved.value.plan.body, moved.value.plan.undoes) == ({"status": "CREATED"}, done.id)
    await desk.service.update_order(desk.order["id"], {"status": "CANCELED"})
    with pytest.raises(OrderChanged) as again:
        await desk.mutations.carry_out(moved.value.plan)
    assert isinstance(again.value.plan, UpdatePlan)
    assert [conflict.path for conflict in again.value.plan.conflicts] == [("status",)]


async def test_undo_keeps_what_others_wrote_in_the_same_moment(tmp_path: Path) -> None:
    """Their write came between our reading and our writing; it is not taken back with ours."""
    service = OrdersService()
    order = (await service.create_order({"amount": 100})).raw

    async def meddle() -> None:
        await service.update_order(order["id"], {"status": "CANCELED"})

    client = FaultyClient(service, writes=["cut processed"], meddle=meddle)
    mutations = ChangeEngine(client, ChangeJournal(tmp_path), "main", settle_seconds=0)
    outcome = await mutations.carry_out(await mutations.plan_update(order, {**order, "amount": 200}))
    assert (outcome.state, outcome.differences) == ("DONE", ())
    assert [change.path for change in outcome.by_others] == [("status",)]
    assert (await mutations.plan_undo(outcome.entry)).body == {"amount": 100}


async def test_a_metadata_key_that_stays_is_told_before_and_after(desk: Desk) -> None:
    """The key becomes null; the change is not used up by that, and another undo has nothing to send."""
    outcome = await desk.update(metadata={"note": "x"}, status="PAID")
    plan = await desk.mutations.plan_undo(outcome.entry)
    assert [(note.kind, note.path) for note in plan.notes] == [("set to null", "metadata.note")]
    assert plan.body == {"metadata": {"note": None}, "status": "CREATED"}
    done = await desk.mutations.carry_out(plan)
    assert (done.state, done.is_as_intended, done.entry.shortfall) == ("DONE", False, ("metadata.note",))
    assert await desk.mutations.newest_change() == outcome.entry
    with pytest.raises(CannotUndo, match=r"no field of change 1 can be restored: metadata\.note"):
        await desk.mutations.plan_undo(outcome.entry)


async def test_a_field_that_cannot_be_cleared_is_told(desk: Desk) -> None:
    """Nothing of the change can be put back: refused before anything is sent, with the older change."""
    older = await desk.update(status="PAID")
    desk.order = await desk.read()
    outcome = await desk.update(discount_amount=50)
    with pytest.raises(CannotUndo, match="discount_amount: the API can change it") as refused:
        await desk.mutations.plan_undo(outcome.entry)
    assert refused.value.hint.endswith(f"ordex undo {older.entry.id}")


async def test_a_service_that_does_not_do_it_is_found_out(tmp_path: Path) -> None:
    """An ignored amount, a kept key, a recomputed line: named by path, and the rest can be undone."""

    class Stubborn(OrdersService):
        def _apply(self, made: Document, body: Document) -> None:
            super()._apply(made, {name: value for name, value in body.items() if name != "amount"})

    desk = Desk(tmp_path)
    desk.service = Stubborn()
    desk.mutations = ChangeEngine(desk.service, desk.journal, "main", settle_seconds=0)
    await desk.open()
    outcome = await desk.update(amount=999, status="PAID")
    assert [(c.path, c.old, c.new) for c in outcome.differences] == [(("amount",), 999, 200)]
    assert outcome.entry.shortfall == ("amount",)
    assert outcome.title == "Done, but not as intended"
    undone = await desk.mutations.carry_out(await desk.mutations.plan_undo(outcome.entry))
    assert (undone.is_as_intended, (await desk.read())["status"]) == (True, "CREATED")


async def test_an_answer_that_shows_less_is_read_again(tmp_path: Path) -> None:
    """A field that the answer of the write lacks is looked for in the order itself."""

    class Terse(OrdersService):
        async def update_order(self, order_id: str, order: Document, /) -> Order:
            whole = (await super().update_order(order_id, order)).raw
            return Order.read({name: value for name, value in whole.items() if name != "metadata"})

    service = Terse()
    order = (await service.create_order({"amount": 1})).raw
    mutations = ChangeEngine(service, ChangeJournal(tmp_path), "main", settle_seconds=0)
    outcome = await mutations.carry_out(await mutations.plan_update(order, {**order, "metadata": {"a": 1}}))
    assert outcome.is_as_intended
    assert outcome.answer is not None
    assert outcome.answer["metadata"] == {"a": 1}


async def test_a_create_as_the_newest_change_says_so(desk: Desk) -> None:
    """Undo names the update before it and does not take that one back by itself."""
    with pytest.raises(NothingToUndo, match="nothing of this account was changed"):
        await desk.mutations.newest_change()
    update = (await desk.update(status="PAID")).entry
    await desk.mutations.carry_out(await desk.mutations.plan_create({"amount": 1}))
    with pytest.raises(CannotUndo, match="change 2 created order") as refused:
        await desk.mutations.plan_undo(await desk.mutations.newest_change())
    assert refused.value.hint == "The update before it is change 1, of order web-1: ordex undo 1"
    await desk.mutations.carry_out(await desk.mutations.plan_undo(update))
    with pytest.raises(CannotUndo, match="created order") as alone:
        await desk.mutations.plan_undo(await desk.mutations.newest_change())
    assert alone.value.hint == CannotUndo.hint


async def test_an_undo_is_an_update_with_a_link(desk: Desk) -> None:
    """It goes the same guarded way, names what it undoes, and can be taken back itself, once."""
    done = (await desk.update(status="PAID", amount=900)).entry
    plan = await desk.mutations.plan_undo(done)
    assert plan.body == {"status": "CREATED", "amount": 200}
    undone = await desk.mutations.carry_out(plan)
    assert (undone.entry.operation, undone.entry.undoes, undone.state) == ("undo", done.id, "DONE")
    with pytest.raises(CannotUndo, match="was already undone"):
        await desk.mutations.plan_undo(done)
    redo = await desk.mutations.plan_undo(undone.entry)
    assert redo.body == {"status": "PAID", "amount": 900}


async def test_what_cannot_be_undone_says_why(desk: Desk) -> None:
    """A create, a failed update, another profile's change, a change that left no trace in the order."""
    created = (await desk.mutations.carry_out(await desk.mutations.plan_create({"amount": 1}))).entry
    with pytest.raises(CannotUndo, match="no way to delete"):
        await desk.mutations.plan_undo(created)
    other = ChangeEngine(desk.service, desk.journal, "other")
    done = (await desk.update(status="PAID")).entry
    with pytest.raises(CannotUndo, match="profile main; this one is other"):
        await other.plan_undo(done)
    await desk.open(source_id="web-2", customer={"id": "cust_1"})
    silent = await desk.update(customer={**desk.order["customer"], "email": "a@b.c"})
    with pytest.raises(CannotUndo, match="customer: the person's own data"):
        await desk.mutations.plan_undo(silent.entry)


@pytest.mark.parametrize("written", ["a\0b", "\ud800"])
async def test_an_order_that_cannot_be_sent_is_no_wrong_input(written: str, desk: Desk) -> None:
    """Somebody else wrote into metadata, which an update sends as a whole, what no request can hold."""
    outcome = await desk.update(metadata={"mark": "x"})
    desk.service.orders[desk.order["id"]]["metadata"]["channel"] = written
    with pytest.raises(CannotUndo, match=f"change {outcome.entry.id} stays: .* metadata.channel contains"):
        await desk.mutations.plan_undo(outcome.entry)


async def test_a_refused_change_is_not_undone(tmp_path: Path) -> None:
    """Only what was carried out can be taken back."""
    service = OrdersService()
    order = (await service.create_order({})).raw
    mutations = ChangeEngine(FaultyClient(service, writes=["400"]), ChangeJournal(tmp_path), "main")
    refused = await mutations.carry_out(await mutations.plan_update(order, {**order, "status": "PAID"}))
    assert refused.hint == "Correct the value in the message and try again."
    with pytest.raises(CannotUndo, match="not carried out"):
        await mutations.plan_undo(refused.entry)
