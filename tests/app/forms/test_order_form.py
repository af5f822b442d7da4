"""The form screen: what is typed, checked, kept, refused and handed on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.form_app import FormApp
from tests.support.order_form import EDIT, ORDER, open_form, settle
from tui.app.forms.field_row import FieldRow, row_at
from tui.app.forms.form_interface import FormStart
from tui.app.forms.form_items import ItemDialog, ItemsList
from tui.app.forms.form_metadata import MetadataList
from tui.app.forms.metadata_entry_dialog import MetadataEntryDialog
from tui.app.forms.model.suggestions import collect_suggestions
from tui.app.forms.person_section import PersonDialog
from tui.orders.order import Order
from tui.orders.request import FieldFault


async def put_text(app: FormApp, pilot: Pilot[None], path: str, text: str) -> None:
    """Type a text into the field at a path of the screen on top, in place of what stands there."""
    row = row_at(app.screen, path)
    assert isinstance(row, FieldRow), path
    row.entry.focus()
    row.entry.clear()
    await pilot.press(*text)
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_new_order_is_typed_and_handed_on(size: tuple[int, int], tmp_path: Path) -> None:
    """Source id, two items and a new customer are typed; ctrl+s ends with the document that is meant."""
    async with open_form(FormStart.new(), size, folder=tmp_path) as (app, pilot):
        await pilot.press(*"web-7", "tab", "space", "tab", "a")
        await settle(pilot)
        assert isinstance(app.screen, ItemDialog)
        await pilot.press(*"prod_1")
        await put_text(app, pilot, "items[0].price", "12.50")
        await put_text(app, pilot, "items[0].quantity", "2")
        await pilot.press("escape")
        await pilot.press("a")
        await settle(pilot)
        await put_text(app, pilot, "items[1].amount", "5")
        await pilot.press("escape")
        app.form.query_one(".customer ChoiceLine").focus()
        await pilot.press("left")
        await settle(pilot)
        await put_text(app, pilot, "customer.email", "a@b.c")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert len(app.results) == 1
        result = app.results[0]
        assert result is not None
        assert (result.kind, result.base, result.draft) == ("create", None, "create")
        assert result.intended == {
            "source_id": "web-7",
            "status": "CREATED",
            "items": [
                {"quantity": 2, "product_id": "prod_1", "price": 1250},
                {"quantity": 1, "amount": 500},
            ],
            "customer": {"email": "a@b.c"},
        }
        assert app.drafts is not None
        assert app.drafts.get("sandbox", "create") is not None


async def test_an_update_keeps_its_base(tmp_path: Path) -> None:
    """A changed quantity takes its amounts along; everything else is as it was."""
    async with open_form(EDIT, folder=tmp_path) as (app, pilot):
        app.form.query_one(ItemsList).focus()
        await pilot.press("enter")
        await settle(pilot)
        await put_text(app, pilot, "items[0].quantity", "3")
        await pilot.press("escape", "ctrl+s")
        await settle(pilot)
        result = app.results[0]
        assert result is not None
        assert result.base is ORDER
        first = {**ORDER["items"][0], "quantity": 3, "amount": 15000}
        assert result.intended == {**ORDER, "amount": 17550, "items": [first, ORDER["items"][1]]}


async def test_nothing_is_sent_when_nothing_was_changed() -> None:
    """ctrl+s on an untouched order says so and stays."""
    async with open_form(EDIT) as (app, pilot):
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.results == []
        assert [note.title for note in app._notifications] == ["Nothing to send"]


async def test_faults_are_said_at_the_field_and_in_the_footer() -> None:
    """While typing; ctrl+s moves to the first fault."""
    async with open_form(EDIT) as (app, pilot):
        await put_text(app, pilot, "discount_amount", "1x")
        assert "must be an amount like 12.50, with at most 2 decimals" in app.screen_text()
        assert "1 to fix · discount_amount must be an amount" in app.screen_text()
        await pilot.press("home", "tab", "ctrl+s")
        await settle(pilot)
        row = row_at(app.form, "discount_amount")
        assert row is not None
        assert row.has_focus_within
        assert app.results == []


async def test_a_fault_of_an_item_opens_the_item() -> None:
    """ctrl+s goes to the field inside the line that is wrong."""
    start = FormStart(EDIT.state.set_value(("items", 1, "quantity"), -1))
    async with open_form(start) as (app, pilot):
        assert "! must not be negative" in app.screen_text()
        await pilot.press("ctrl+s")
        await settle(pilot)
        row = row_at(app.screen, "items[1].quantity")
        assert row is not None
        assert row.has_focus_within


async def test_a_fault_out_of_sight_of_a_person_opens_the_person() -> None:
    """A birthdate that is no date is found in the dialog with every field."""
    start = FormStart(EDIT.state.set_value(("customer", "birthdate"), "soon"))
    async with open_form(start) as (app, pilot):
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PersonDialog)
        row = row_at(app.screen, "customer.birthdate")
        assert row is not None
        assert row.has_focus_within


async def test_items_are_moved_copied_and_removed() -> None:
    """J, K, c and d work on the line under the cursor; ctrl+z undoes it, ctrl+y makes it again."""
    async with open_form(EDIT) as (app, pilot):
        app.form.query_one(ItemsList).focus()
        await pilot.press("J")
        first, second = ORDER["items"]
        assert app.state.document["items"] == [second, first]
        await pilot.press("K", "c")
        assert app.state.document["items"] == [first, first, second]
        await pilot.press("d")
        assert app.state.document["items"] == [first, second]
        await pilot.press("ctrl+z")
        assert app.state.document["items"] == [first, first, second]
        await pilot.press("ctrl+y")
        assert app.state.document["items"] == [first, second]


async def test_the_buttons_below_the_items_can_be_clicked() -> None:
    """A click on a key's word is the key."""
    async with open_form(EDIT) as (app, pilot):
        keys = app.form.query("ItemsSection KeysLine").first()
        await pilot.click(keys, offset=(23, 0))
        assert len(app.state.document["items"]) == 1


async def test_metadata_is_added_renamed_retyped_and_removed() -> None:
    """Each type is typed as what it is; a removed key is told what it means."""
    async with open_form(EDIT) as (app, pilot):
        lines = app.form.query_one(MetadataList)
        lines.focus()
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(app.screen, MetadataEntryDialog)
        await pilot.press(*"size", "tab", "right", "tab", *"12.5")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert app.state.document["metadata"]["size"] == 12.5
        assert app.form.focused is lines
        await pilot.press("enter", *"s")
        await settle(pilot)
        assert app.form.editing.faults[0].message == "must be a number like 12 or 12.5"
        await pilot.press("backspace", "escape", "k", "d")
        await settle(pilot)
        assert list(app.state.document["metadata"]) == ["channel", "gift", "weight", "size"]
        assert "the API may keep them" in app.screen_text()


async def test_the_type_of_a_metadata_value_can_be_changed() -> None:
    """A flag becomes a text and back, exactly."""
    async with open_form(EDIT) as (app, pilot):
        app.form.query_one(MetadataList).focus()
        await pilot.press("down", "enter", "shift+tab")
        await settle(pilot)
        await pilot.press("left", "left")
        await settle(pilot)
        assert app.state.document["metadata"]["gift"] == "yes"
        await pilot.press("right", "right")
        await settle(pilot)
        assert app.state.document["metadata"]["gift"] is True


async def test_values_with_hidden_characters_are_kept_until_replaced() -> None:
    """The field shows them safely, says so, and changes nothing by being looked at."""
    order = {**ORDER, "source_id": "web\x1b[31m\u202e1"}
    async with open_form(FormStart.edit(Order.read(order))) as (app, pilot):
        assert "web^[[31m<U+202E>1" in app.screen_text()
        assert "unchanged; type to replace" in app.screen_text()
        await pilot.press("tab", "shift+tab")
        assert app.state.document["source_id"] == order["source_id"]
        await pilot.press(*"new")
        await settle(pilot)
        assert app.state.document["source_id"] == "new"


async def test_values_seen_before_are_offered() -> None:
    """Typing a part of a product's name offers its id; down and enter take it."""
    named = {**ORDER, "items": [{"product_id": "prod_1", "product": {"name": "Espresso cup"}, "price": 100}]}
    seen = collect_suggestions([Order.read(named)])
    async with open_form(FormStart.new(), seen=seen) as (app, pilot):
        await pilot.press("tab", "tab", "a")
        await settle(pilot)
        await pilot.press(*"cup")
        await settle(pilot)
        assert "prod_1   Espresso cup  1.00" in app.screen_text()
        await pilot.press("down", "enter")
        await settle(pilot)
        assert app.state.document["items"] == [{"quantity": 1, "product_id": "prod_1"}]


async def test_a_refusal_comes_back_to_the_fields() -> None:
    """The message stands above, the reason at its field until that is changed; nothing typed is lost."""
    app = FormApp(FormStart(EDIT.state.set_value(("status",), "PAID")))
    app.form.refuse([FieldFault("source_id", "is held by another order")], "Duplicated resource found")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Refused: Duplicated resource found" in app.screen_text()
        assert "is held by another order" in app.screen_text()
        await pilot.press("x")
        await settle(pilot)
        assert "is held by another order" not in app.screen_text()
        await pilot.press("ctrl+s")
        await settle(pilot)
        result = app.results[0]
        assert result is not None
        assert (result.intended["status"], result.intended["source_id"]) == ("PAID", "web-1x")


async def test_hostile_orders_reach_no_terminal() -> None:
    """Control characters in every text of an order are written out, never sent."""
    bad = "\x1b]0;x\x07\u202e[bold]"
    order = {
        **ORDER,
        "source_id": bad,
        "status": bad,
        "metadata": {bad: bad},
        "items": [{"product": {"name": bad}, "product_id": bad}, bad, None],
        "customer": {"id": bad, "name": bad},
        "amount": bad,
    }
    async with open_form(FormStart.edit(Order.read(order)), (120, 60)) as (app, pilot):
        assert not {"\x1b", "\x07", "\u202e"} & set(app.screen_text())
        app.form.query_one(ItemsList).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert not {"\x1b", "\x07", "\u202e"} & set(app.screen_text())
        await pilot.press("escape")
        app.form.query_one(MetadataList).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert not {"\x1b", "\x07", "\u202e"} & set(app.screen_text())
        assert app.state.document is app.state.origin
