"""Whole documents in the order form: pasted, or edited as JSON elsewhere."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events

from tests.support.order_form import EDIT, ORDER, choose, open_form, settle
from tui.app.forms.external_editor import EditorError
from tui.app.forms.field_row import FieldRow
from tui.app.forms.form_documents import PasteBox
from tui.app.forms.form_interface import FormStart

CURL = """curl -X POST https://api.voucherify.io/v1/orders \\
  -H 'X-App-Id: app' -H 'X-App-Token: very-secret' \\
  -d '{"source_id": "web-9", "amount": 900}'"""


@pytest.mark.parametrize("text", [CURL, '{"source_id": "web-9", "amount": 900}'])
async def test_a_pasted_document_fills_the_form(text: str, tmp_path: Path) -> None:
    """A paste into any field asks and fills; no key of a command's headers is kept anywhere."""
    async with open_form(FormStart.new(), folder=tmp_path) as (app, pilot):
        app.form.query_one(FieldRow).entry.post_message(events.Paste(text))
        await choose(app, pilot, "whole")
        assert app.state.document == {"source_id": "web-9", "amount": 900}
        assert app.form.query_one(FieldRow).entry.value == "web-9"
        await pilot.press("escape")
        await settle(pilot)
        assert app.drafts is not None
        kept = app.drafts.get("sandbox", "create")
        assert kept is not None
        assert "secret" not in json.dumps(kept.content)


async def test_a_pasted_document_is_laid_over_an_edited_order() -> None:
    """What it lacks stays; one undo brings everything back."""
    async with open_form(EDIT) as (app, pilot):
        app.form.query_one(FieldRow).entry.post_message(events.Paste('{"status": "PAID", "id": "ord_x"}'))
        await choose(app, pilot, "over")
        assert app.state.document == {**ORDER, "status": "PAID"}
        await pilot.press("ctrl+z")
        assert app.state.document is ORDER


async def test_the_paste_box_keeps_what_is_no_order() -> None:
    """The reason is said, the text stays."""
    async with open_form(FormStart.new()) as (app, pilot):
        await pilot.press("ctrl+o", *"{,", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PasteBox)
        assert "the text is not JSON" in app.screen_text()
        await pilot.press("escape")
        assert app.screen is app.form


@contextmanager
def _suspended() -> Any:
    yield


async def test_an_edit_as_json_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor gets what can be written; what comes back is in the form."""
    shown: list[str] = []

    def edit(text: str) -> str:
        shown.append(text)
        return text.replace('"CREATED"', '"PAID"')

    async with open_form(EDIT, edit_text=edit) as (app, pilot):
        monkeypatch.setattr(app, "suspend", _suspended)
        await pilot.press("ctrl+e")
        await settle(pilot)
        assert "total_amount" not in json.loads(shown[0])
        assert app.state.document == {**ORDER, "status": "PAID"}


async def test_an_edit_that_is_no_order_is_kept_and_opened_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The reason stands above the fields, nothing can be sent, and the text survives in the draft."""
    texts = ['{"status": oops', '{"status": "PAID"}']
    shown: list[str] = []

    def edit(text: str) -> str:
        shown.append(text)
        return texts.pop(0)

    async with open_form(FormStart.new(), folder=tmp_path, edit_text=edit) as (app, pilot):
        monkeypatch.setattr(app, "suspend", _suspended)
        await pilot.press("ctrl+e", "ctrl+s")
        await settle(pilot)
        assert "The edited text is not an order" in app.screen_text()
        assert app.results == []
        assert app.keeper is not None
        await app.form.autosave.save()
        kept = await app.keeper.load("create")
        assert kept is not None
        assert kept.content["rejected"][0] == '{"status": oops'
        await pilot.press("ctrl+e")
        await settle(pilot)
        assert shown[1] == '{"status": oops'
        assert app.state.document == {"status": "PAID"}
        assert app.state.rejected is None


async def test_without_an_editor_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is told."""

    def edit(text: str) -> str:
        raise EditorError("no editor was found")

    async with open_form(EDIT, edit_text=edit) as (app, pilot):
        await pilot.press("ctrl+e")
        monkeypatch.setattr(app, "suspend", _suspended)
        await pilot.press("ctrl+e")
        await settle(pilot)
        said = [note.message for note in app._notifications]
        assert said == ["An editor cannot be opened in this terminal.", "no editor was found"]
        assert app.state.document is ORDER
