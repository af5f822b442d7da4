"""Drafts of the order form: kept, offered, discarded only when confirmed."""

from __future__ import annotations

from pathlib import Path

from tests.support.order_form import EDIT, choose, open_form, settle
from tui.app.dialogs.chooser import Chooser
from tui.app.forms.field_row import FieldRow
from tui.app.forms.form_interface import FormStart


async def test_a_draft_is_kept_and_offered(tmp_path: Path) -> None:
    """What was typed is on the disk a moment later, and the next form offers it."""
    async with open_form(FormStart.new(), folder=tmp_path) as (app, pilot):
        await pilot.press(*"web-7")
        await pilot.pause(0.8)
        assert app.drafts is not None
        kept = app.drafts.get("sandbox", "create")
        assert kept is not None
        assert kept.content["document"] == {"source_id": "web-7"}
    async with open_form(FormStart.new(), folder=tmp_path) as (app, pilot):
        await choose(app, pilot, "draft")
        assert app.state.document == {"source_id": "web-7"}
        assert app.form.query_one(FieldRow).entry.value == "web-7"


async def test_the_last_keys_are_kept_when_the_app_ends(tmp_path: Path) -> None:
    """Quitting right after a key loses nothing."""
    async with open_form(EDIT, folder=tmp_path) as (app, pilot):
        await pilot.press("end", "x")
    assert app.drafts is not None
    kept = app.drafts.get("sandbox", "update ord_1")
    assert kept is not None
    assert kept.content["document"]["source_id"] == "web-1x"


async def test_esc_keeps_the_draft_and_says_so(tmp_path: Path) -> None:
    """Closing is not losing."""
    async with open_form(EDIT, folder=tmp_path) as (app, pilot):
        await pilot.press("x", "escape")
        await settle(pilot)
        assert app.results == [None]
        assert "Saved as a draft" in str([note.message for note in app._notifications])
        assert app.drafts is not None
        assert app.drafts.get("sandbox", "update ord_1") is not None


async def test_only_a_confirmed_discard_removes_the_draft(tmp_path: Path) -> None:
    """The first choice is to go on."""
    async with open_form(EDIT, folder=tmp_path) as (app, pilot):
        await pilot.press("x", "ctrl+t")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is app.form
        await app.form.autosave.save()
        await pilot.press("ctrl+t", "down", "enter")
        await settle(pilot)
        assert app.results == [None]
        assert app.drafts is not None
        assert app.drafts.get("sandbox", "update ord_1") is None


async def test_without_drafts_closing_asks() -> None:
    """What was typed is not lost by one key."""
    async with open_form(EDIT) as (app, pilot):
        await pilot.press("x", "escape")
        await settle(pilot)
        assert isinstance(app.screen, Chooser)
        assert app.results == []
