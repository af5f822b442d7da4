"""A masked session: no screen, file, copy or picture of it holds anything of five hundred known values."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.masked_window import Masked, masked_window
from tests.support.personal import Watch, account, order_of, people, session_masks
from tests.support.sandbox import RunningSandbox, running_sandbox
from tui.app.changing.conflict_screen import ConflictScreen
from tui.app.changing.journal_screen import JournalScreen
from tui.app.changing.plan_preview import PlanPreview
from tui.app.dialogs.chooser import Chooser
from tui.app.dialogs.column_chooser import ColumnChooser
from tui.app.dialogs.help_pages import KeyHelp
from tui.app.forms.order_form import OrderForm
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.app.imports.import_screen import ImportScreen
from tui.app.jobs.export_screen import ExportScreen
from tui.app.jobs.job_detail import JobDetail
from tui.app.jobs.jobs_screen import JobsScreen

ORDERS, VALUES = account(100)
STRANGER = people(1, seed=99)[0]
"""Somebody whom only a file and the person's own typing know."""

WATCH = Watch([*VALUES, *STRANGER.values])
COLUMNS = ("id", "metadata.recipient", "metadata.email", "metadata.note", "metadata.log", "products")
SIZES = [(160, 45), (80, 24)] if os.environ.get("ORDEX_NIGHTLY") else [(160, 45)]
"""Rows and sections at every width are looked at in ``test_masking.py``."""


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """The account over loopback."""
    with running_sandbox(orders=ORDERS) as sandbox:
        yield sandbox


def test_five_hundred_values_are_known() -> None:
    """As many as were asked for, every form of name among them."""
    assert len(set(VALUES)) == len(VALUES) == 500


@pytest.mark.parametrize("size", SIZES)
async def test_browsing_shows_nobody(served: RunningSandbox, tmp_path: Path, size: tuple[int, int]) -> None:
    """Rows, cut columns, every section, choosers, filter, proposals, palette, help."""
    masks = session_masks(always=True)
    async with masked_window(served, tmp_path, WATCH, masks=masks, size=size, columns=COLUMNS) as opened:
        await opened.keys("G", "g", *["pagedown"] * 3, "g", "l", "l", "h")
        await opened.keys("enter", rest=0.1)
        for tab in "123456":
            await opened.keys(tab, rest=0.06)
        await opened.keys("asterisk", "pagedown", "slash", "c", "a", "enter", "n", "escape", "y", "escape")
        await opened.keys("escape", "escape")
        await opened.keys("question_mark")
        await opened.top(KeyHelp)
        await opened.keys("pagedown", "escape", "s")
        await opened.top(Chooser)
        await opened.keys("G", "escape", "c")
        await opened.top(ColumnChooser)
        await opened.keys("G", "escape")
        await opened.keys("slash", *"metadata.", rest=0.2)
        await opened.keys("escape", "escape", "colon", *"mask", "escape")
        await opened.browses()
        assert getattr(opened.app.mask_filter, "hits", 0) == 0


async def test_changing_shows_nobody(
    served: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Form, dialogs, preview, what the service echoes, a conflict, undo, the journal and its file."""
    masks, journal = session_masks(always=True), tmp_path / "here"
    journal.mkdir()
    copied: list[str] = []
    async with masked_window(served, tmp_path, WATCH, masks=masks, columns=COLUMNS) as opened:
        opened.app.copy_to_clipboard = copied.append  # type: ignore[method-assign] # no clipboard here
        opened.screen.flows.stage.copy_text = None
        await opened.go_to("WEB-0004")
        before = dict(opened.screen.order.raw) if opened.screen.order else {}
        await opened.keys("e", rest=0.2)
        form = await opened.top(OrderForm)
        for _ in range(30):
            await opened.keys("tab")
        form.query_one("MetadataList").focus()
        await opened.keys("j", "enter", rest=0.1)
        await opened.keys("tab", "tab", "x", "escape")
        form.query_one("ItemsList").focus()
        await opened.keys("enter", rest=0.1)
        await opened.keys("tab", "escape", "ctrl+e")
        await _type_into(opened, form, "source_id", "WEB-CHANGED")
        _somebody_else_changes(served, before["id"])
        await opened.keys("ctrl+s", rest=0.2)
        await opened.until(lambda: isinstance(opened.app.screen, PlanPreview | ConflictScreen))
        opened.look()
        if isinstance(opened.app.screen, ConflictScreen):
            await opened.top(ConflictScreen)
            await opened.keys("m", "enter", rest=0.2)
        await opened.top(PlanPreview)
        await opened.keys("j", "j", "c", "y", rest=0.1)
        await opened.browses()
        await opened.until(lambda: served.store.history(before["id"])[-1].kind == "update")
        await opened.keys("U", rest=0.2)
        await opened.top(JournalScreen)
        monkeypatch.chdir(journal)
        await opened.keys("x", rest=0.3)
        await opened.until(lambda: list(journal.glob("*.jsonl")))
        await opened.keys("escape", "u", rest=0.3)
        await opened.top(PlanPreview)
        await opened.keys("n")
        await opened.browses()
        assert before["metadata"]["email"] in json.dumps(_order(served, before["id"]))
        written = next(journal.glob("*.jsonl")).read_text()
        assert "WEB-CHANGED" in written
        assert WATCH.found(written) == []
        assert copied
        assert WATCH.found("".join(copied)) == []


async def test_what_is_typed_is_the_persons_own_until_they_leave_the_field(
    served: RunningSandbox, tmp_path: Path
) -> None:
    """A new value is shown while it is typed, masked when the field is left, and sent as it is."""
    async with masked_window(
        served, tmp_path, WATCH, masks=session_masks(always=True), columns=COLUMNS
    ) as opened:
        await opened.keys("n", rest=0.2)
        form = await opened.top(OrderForm)
        await _type_into(opened, form, "source_id", "WEB-NEW")
        mode = form.query_one("PersonSection").query_one("ChoiceLine")
        mode.focus()
        await opened.keys("right", "right", "right", rest=0.1)
        opened.own = (STRANGER.email,)
        await _type_into(opened, form, "customer.email", STRANGER.email, own=True)
        opened.own = ()
        await opened.keys("tab", rest=0.2)
        assert "*" in opened.text
        await opened.keys("ctrl+s", rest=0.2)
        await opened.top(PlanPreview)
        await opened.keys("y", rest=0.3)
        await opened.browses()
        await opened.until(
            lambda: (
                "WEB-NEW" in opened.screen.view.snapshot.by_id[opened.screen.table.cursor or ""].raw.values()
            )
        )


async def test_imports_exports_and_jobs_show_and_write_nobody(served: RunningSandbox, tmp_path: Path) -> None:
    """Findings with values of the file, the plan, jobs, their detail, both kinds of export in each form."""
    rows = [order_of(STRANGER, 900), {**order_of(STRANGER, 901), "amount": STRANGER.name}]
    rows[1]["customer"] = {"email": STRANGER.email, "name": 5}
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    async with masked_window(
        served, tmp_path, WATCH, masks=session_masks(always=True), columns=COLUMNS
    ) as opened:
        await opened.keys("i", rest=0.1)
        await opened.top(ImportScreen)
        await opened.keys(*str(source), "enter", rest=0.0)
        await opened.top(ImportPlanScreen)
        assert "must be" in opened.text
        await opened.keys("y", rest=0.3)
        await opened.browses()
        await opened.until(lambda: not opened.screen.flows.jobs.running.under_way)  # type: ignore[union-attr]
        await opened.keys("J", rest=0.3)
        await opened.top(JobsScreen)
        await opened.keys("enter", rest=0.2)
        await opened.top(JobDetail)
        await opened.keys("pagedown", "escape", "escape")
        await opened.browses()
        files = [await _export(opened, tmp_path / f"seen.{form}", account=False) for form in ("csv", "jsonl")]
        files += [await _export(opened, tmp_path / f"all.{form}", account=True) for form in ("csv", "jsonl")]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "WEB-0001" in text
        assert WATCH.found(text) == [], file
    assert await asyncio.to_thread(lambda: list(tmp_path.glob("*.part"))) == []


async def _type_into(opened: Masked, form: Any, path: str, text: str, *, own: bool = False) -> None:
    from tui.app.forms.field_row import focus_row, row_at

    focus_row(row_at(form, path))
    await opened.pilot.pause(0.05)
    if not own:
        await opened.keys("end", *["backspace"] * 12, *text)
        return
    # Letter by letter it is the person's own; the watch would see its pieces.
    for letter in text:
        await opened.pilot.press(letter)
    await opened.pilot.pause(0.1)
    opened.look()
    assert text in opened.text


def _somebody_else_changes(served: RunningSandbox, order_id: str) -> None:
    import urllib.request

    body = json.dumps({"source_id": "WEB-THEIRS"}).encode()
    request = urllib.request.Request(
        f"{served.url}/v1/orders/{order_id}",
        body,
        {**served.headers, "Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(request).close()


def _order(served: RunningSandbox, order_id: str) -> Any:
    import urllib.request

    request = urllib.request.Request(f"{served.url}/v1/orders/{order_id}", headers=served.headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


async def _export(opened: Masked, target: Path, *, account: bool) -> Path:
    from textual.widgets import Input

    from tui.app.widgets.choice_line import ChoiceLine

    await opened.keys("x", rest=0.1)
    screen = await opened.top(ExportScreen)
    screen.query_one("#what", ChoiceLine).value = "the whole account" if account else "what I see"
    await opened.pilot.pause(0.1)
    screen.query_one("#format", ChoiceLine).value = target.suffix[1:]
    await opened.pilot.pause(0.1)
    screen.query_one("#file", Input).value = str(target)
    await opened.keys("ctrl+s", rest=0.2)
    await opened.browses()
    await opened.until(target.exists)
    return target
