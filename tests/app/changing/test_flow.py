"""Changing orders in the explorer, over the real sandbox: what is asked, sent, shown and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.changing import ACCOUNT, NEWEST, SIZES, changing, edit, shop
from tests.support.exploring import choose
from tui.app.changing.bulk_status import BulkPreview, BulkProgress
from tui.app.changing.conflict_screen import ConflictScreen
from tui.app.changing.plan_preview import PlanPreview
from tui.app.forms.order_form import OrderForm


@pytest.mark.parametrize("size", SIZES)
async def test_a_status_on_a_sandbox_is_done_at_once(size: tuple[int, int], tmp_path: Path) -> None:
    """Two keys; table and detail show it, the note says how to take it back, the cursor stays."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await changed.explored.press("j", "S")
        await choose(changed.explored, "PAID")
        await changed.explored.until(lambda: "u undoes it" in changed.notes())
        cursor = changed.explored.screen.order
        assert cursor is not None
        assert (cursor.id, cursor.status) == (f"ord_{8:018x}", "PAID")
        assert (await changed.order(cursor.id))["status"] == "PAID"
        assert changed.writes(cursor.id) == ["update"]
        assert "PAID" in changed.explored.text


@pytest.mark.parametrize("size", SIZES)
async def test_an_edit_is_shown_and_asked_for_before_it_is_sent(
    size: tuple[int, int], tmp_path: Path
) -> None:
    """The preview holds difference, request and cost; No is focused; y sends the changed field only."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await edit(changed, amount=4200)
        await changed.explored.press("ctrl+s")
        preview = await changed.shows(PlanPreview)
        text = changed.explored.text
        assert "10.09 → 42.00" in text
        assert f"PUT /v1/orders/{NEWEST}" in text
        assert '"amount": 4200' in text
        assert "1 call to send" in text
        assert preview.focused.id == "no"
        assert changed.writes(NEWEST) == []
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.explored.until(lambda: "42.00" in changed.explored.text)
        (entry,) = changed.journal.entries()
        assert (entry.state, entry.body) == ("DONE", {"amount": 4200})
        assert changed.drafts.list(ACCOUNT) == []


async def test_enter_and_esc_lead_back_to_the_form_with_everything_in_it(tmp_path: Path) -> None:
    """No is what enter means, and nothing that was typed is lost."""
    async with changing(shop(), tmp_path) as changed:
        await edit(changed, amount=4200)
        for key in ("enter", "escape", "n"):
            await changed.explored.press("ctrl+s")
            await changed.shows(PlanPreview)
            await changed.explored.press(key)
            form = await changed.shows(OrderForm)
            assert form.editing.state.document["amount"] == 4200
        assert changed.writes(NEWEST) == []
        assert changed.journal.entries() == []


async def test_copying_and_the_dry_run_send_nothing(tmp_path: Path) -> None:
    """``c`` copies a curl command without the key and stays; ``d`` copies it and closes."""
    async with changing(shop(), tmp_path) as changed:
        await edit(changed, amount=4200)
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        await changed.explored.press("c")
        assert isinstance(changed.explored.app.screen, PlanPreview)
        await changed.explored.press("d")
        await changed.browses()
        await changed.explored.until(lambda: len(changed.copied) == 2)
        assert "$VOUCHERIFY_APP_TOKEN" in changed.copied[0]
        assert changed.sandbox.app_token not in changed.copied[0]
        assert changed.writes(NEWEST) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_created_order_comes_under_the_cursor(size: tuple[int, int], tmp_path: Path) -> None:
    """The form, the preview, a yes: the order is in the table, and it cannot be undone, with the reason."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await changed.explored.press("n")
        form = await changed.shows(OrderForm)
        document = {
            "source_id": "made-here",
            "items": [{"product_id": "p", "quantity": 1, "price": 100}, {"amount": 50}],
            "customer": {"source_id": "someone", "name": "Someone"},
        }
        form.editing.change(form.editing.state.with_document(document))
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        assert "POST /v1/orders" in changed.explored.text
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.explored.screen.view.snapshot.count == 11)
        made = changed.explored.screen.order
        assert made is not None
        assert (made.source_id, made.amount) == ("made-here", 150)
        assert changed.explored.screen.view.snapshot.total == 11
        await changed.explored.press("u")
        await changed.explored.until(
            lambda: "no way to delete" in " ".join(changed.explored.text.replace("│", "").split())
        )


async def test_a_create_that_is_an_update_says_so_first(tmp_path: Path) -> None:
    """The preview is that of the update."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("n")
        form = await changed.shows(OrderForm)
        form.editing.change(form.editing.state.with_document({"source_id": "source-3", "status": "PAID"}))
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        assert "This order exists" in changed.explored.text
        assert "CREATED → PAID" in changed.explored.text


async def test_a_duplicate_starts_from_the_order_under_the_cursor(tmp_path: Path) -> None:
    """Its identity is left out."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("ctrl+n")
        form = await changed.shows(OrderForm)
        assert form.editing.state.document["amount"] == 1009
        assert "source_id" not in form.editing.state.document


async def test_others_changes_of_other_fields_are_merged_and_told(tmp_path: Path) -> None:
    """Both survive."""
    async with changing(shop(), tmp_path) as changed:
        await edit(changed, amount=4200)
        await changed.other.update_order(NEWEST, {"status": "CANCELED"})
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        assert "kept: status: CREATED → CANCELED" in changed.explored.text
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update", "update"])
        now = await changed.order(NEWEST)
        assert (now["status"], now["amount"]) == ("CANCELED", 4200)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("key", "kept"), [("m", 4200), ("t", 7700)])
async def test_the_same_field_is_asked_side_by_side(
    size: tuple[int, int], key: str, kept: int, tmp_path: Path
) -> None:
    """All three values; enter without a choice does not go on; nothing is sent while it is open."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await edit(changed, amount=4200, metadata={"channel": "phone"})
        await changed.other.update_order(NEWEST, {"amount": 7700})
        await changed.explored.press("ctrl+s")
        await changed.shows(ConflictScreen)
        for value in ("10.09", "42.00", "77.00"):
            assert value in changed.explored.text
        await changed.explored.press("enter")
        assert "1 still to choose" in changed.explored.text
        assert changed.writes(NEWEST) == ["update"]
        await changed.explored.press(key, "enter")
        await changed.shows(PlanPreview)
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update", "update"])
        now = await changed.order(NEWEST)
        assert (now["amount"], now["metadata"]) == (kept, {"channel": "phone"})


async def test_esc_from_a_conflict_leads_back_to_the_form(tmp_path: Path) -> None:
    """Nothing typed is lost, nothing is sent."""
    async with changing(shop(), tmp_path) as changed:
        await edit(changed, amount=4200)
        await changed.other.update_order(NEWEST, {"amount": 7700})
        await changed.explored.press("ctrl+s")
        await changed.shows(ConflictScreen)
        await changed.explored.press("escape")
        form = await changed.shows(OrderForm)
        assert form.editing.state.document["amount"] == 4200
        assert changed.writes(NEWEST) == ["update"]


async def test_what_the_service_refuses_comes_back_to_the_form(tmp_path: Path) -> None:
    """With the reason; the draft is kept."""
    async with changing(shop(), tmp_path) as changed:
        await edit(changed, source_id="source-3")
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        await changed.explored.press("y")
        form = await changed.shows(OrderForm)
        assert form.editing.state.document["source_id"] == "source-3"
        assert "Duplicated" in changed.explored.text
        assert [entry.state for entry in changed.journal.entries()] == ["REFUSED"]
        assert [draft.name for draft in changed.drafts.list(ACCOUNT)] == [f"update {NEWEST}"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_status_that_an_order_has_sends_nothing(size: tuple[int, int], tmp_path: Path) -> None:
    """An empty request was once offered to be sent."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await changed.explored.press("j", "S")
        await choose(changed.explored, "CREATED")
        await changed.explored.until(lambda: "no field is changed" in changed.notes())
        assert changed.writes(f"ord_{8:018x}") == []


@pytest.mark.parametrize("size", SIZES)
async def test_three_marked_orders_get_a_status_each_with_its_outcome(
    size: tuple[int, int], tmp_path: Path
) -> None:
    """The name and the count are typed; one that has the status already is named and not sent; marks stay."""
    orders = shop()
    orders[8]["status"] = "PAID"
    async with changing(orders, tmp_path, size=size) as changed:
        await changed.explored.press("space", "space", "space", "S")
        await choose(changed.explored, "PAID")
        await changed.shows(BulkPreview)
        assert "4 calls" in changed.explored.text
        assert "Already PAID (not sent)" in changed.explored.text
        await changed.explored.press(*"shop", "enter")
        assert "It does not match" in changed.explored.text
        await changed.explored.press(*"shop", "space", "2", "enter")
        progress = await changed.shows(BulkProgress)
        await changed.explored.until(lambda: progress.ended)
        await changed.explored.pilot.pause()
        assert changed.explored.text.count("done") >= 2
        assert "2 of 2 done, 1 unchanged" in changed.explored.text
        await changed.explored.press("escape")
        await changed.browses()
        assert len(changed.explored.screen.table.marks) == 3
        assert [row.status for row in changed.explored.screen.view.snapshot.rows[:3]] == ["PAID"] * 3


async def test_an_order_left_alone_is_shown_as_it_was_read(tmp_path: Path) -> None:
    """Its row kept the status of before until the list was read again."""
    async with changing(shop(), tmp_path, size=(120, 40)) as changed:
        await changed.explored.press("space", "space", "S")
        await changed.other.update_order(NEWEST, {"status": "CANCELED"})
        await choose(changed.explored, "PAID")
        await changed.shows(BulkPreview)
        await changed.explored.press(*"shop", "space", "2", "enter")
        progress = await changed.shows(BulkProgress)
        await changed.explored.until(lambda: progress.ended)
        assert "skipped" in changed.explored.text
        await changed.explored.press("escape")
        await changed.browses()
        assert [row.status for row in changed.explored.screen.view.snapshot.rows[:2]] == ["CANCELED", "PAID"]


async def test_a_status_that_all_marked_orders_have_is_not_sent(tmp_path: Path) -> None:
    """No question, no request, a sentence."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("space", "space", "S")
        await choose(changed.explored, "CREATED")
        await changed.explored.until(lambda: "All 2 orders are already CREATED" in changed.notes())
        assert changed.explored.app.screen is changed.explored.screen


@pytest.mark.parametrize("key", ["n", "e", "ctrl+n", "S", "u"])
async def test_a_read_only_profile_says_why_not(key: str, tmp_path: Path) -> None:
    """Each action of its own; no screen opens."""
    async with changing(shop(), tmp_path, read_only=True) as changed:
        await changed.explored.press(key)
        await changed.explored.until(lambda: "is read-only; W allows changes" in changed.notes())
        assert changed.explored.app.screen is changed.explored.screen


async def test_production_wants_the_profiles_name(tmp_path: Path) -> None:
    """Even for one status: the name is typed, anything else is refused, esc sends nothing."""
    async with changing(shop(), tmp_path, kind="production") as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "PAID")
        preview = await changed.shows(PlanPreview)
        assert preview.focused.id == "typed"
        await changed.explored.press("y", "e", "s", "enter")
        assert "It does not match" in changed.explored.text
        assert changed.writes(NEWEST) == []
        await changed.explored.press(*"shop", "enter")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
