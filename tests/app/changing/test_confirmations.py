"""Every question before something is sent, walked: none leaves out whose orders are at stake."""

from __future__ import annotations

import ast
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

import tui
from tests.app.imports.test_import_screen import check
from tests.support.changing import NEWEST, changing, shop
from tests.support.exploring import Exploring, choose, exploring
from tests.support.fake_orders import fake_session
from tests.support.jobs_app import orders_file, with_jobs
from tests.support.sandbox import an_order
from tui.actions.account_status import AccountStatus
from tui.actions.prompts import Confirmation
from tui.app.changing.bulk_status import BulkPreview
from tui.app.changing.plan_preview import PlanPreview
from tui.app.dialogs.confirm_dialog import ConfirmDialog
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.cli import prompts
from tui.orders.privacy import Masks
from tui.repl.plain_prompt import PlainPrompt

WORDS = "! PRODUCTION [RW] !  shop"

ScreenOpener = Callable[[Path], Any]


@asynccontextmanager
async def preview(folder: Path) -> AsyncIterator[Exploring]:
    """A status of one order on production."""
    async with changing(shop(), folder, kind="production") as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "PAID")
        await changed.shows(PlanPreview)
        yield changed.explored


@asynccontextmanager
async def undo(folder: Path) -> AsyncIterator[Exploring]:
    """The last update, taken back."""
    async with changing(shop(), folder, kind="production") as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "PAID")
        await changed.shows(PlanPreview)
        await changed.explored.press(*"shop", "enter")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.explored.until(lambda: "u undoes it" in changed.notes())
        await changed.explored.press("u")
        await changed.shows(PlanPreview)
        yield changed.explored


@asynccontextmanager
async def bulk(folder: Path) -> AsyncIterator[Exploring]:
    """A status of several orders."""
    async with changing(shop(), folder, kind="production") as changed:
        await changed.explored.press("space", "space", "S")
        await choose(changed.explored, "PAID")
        await changed.shows(BulkPreview)
        yield changed.explored


@asynccontextmanager
async def import_plan(folder: Path) -> AsyncIterator[Exploring]:
    """An import that was checked."""
    async with with_jobs([an_order(1)], folder, kind="production") as jobs:
        await check(jobs, orders_file(folder / "in.jsonl", 3))
        yield jobs.explored


@asynccontextmanager
async def confirm(folder: Path) -> AsyncIterator[Exploring]:
    """The question that deleting an export, a mapping, and leaving have in common."""
    del folder
    session = fake_session(3, kind="production", name="shop", read_only=False)
    async with exploring(session) as explored:
        explored.app.push_screen(ConfirmDialog("Delete an export", ["its file"], "Delete it?", session))
        await explored.until(lambda: isinstance(explored.app.screen, ConfirmDialog))
        await explored.pilot.pause()
        yield explored


ASKED: dict[type[Screen[Any]], tuple[ScreenOpener, ...]] = {
    PlanPreview: (preview, undo),
    BulkPreview: (bulk,),
    ImportPlanScreen: (import_plan,),
    ConfirmDialog: (confirm,),
}
"""Every screen with a question, and the ways to it."""


@pytest.mark.parametrize("way", [way for ways in ASKED.values() for way in ways], ids=lambda w: w.__name__)
async def test_a_confirmation_tells_the_account_in_words(way: ScreenOpener, tmp_path: Path) -> None:
    """PRODUCTION, [RW] and the name stand in the dialog itself, not only in the header behind it."""
    async with way(tmp_path) as explored:
        box = explored.app.screen.query_one("ConsentBar StandingLine").region
        assert WORDS in "\n".join(explored.text.splitlines()[box.y : box.bottom])


def test_no_screen_asks_in_another_way() -> None:
    """Whoever makes a question is walked above: the source is looked through for others."""
    makers = set()
    for path in sorted((Path(tui.__file__).parent / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and "ConsentBar(" in ast.unparse(node):
                makers.add(node.name)
    assert makers - {"ConsentBar"} == {screen.__name__ for screen in ASKED}


async def test_questions_of_commands_and_of_the_prompt_tell_it_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal and where nobody can be asked; in linear mode as words for the ear."""
    session = fake_session(0, kind="production", name="shop", read_only=False)
    question = Confirmation(AccountStatus.of(session), "Undo the last change?", typed="shop")
    notes: list[str] = []
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert not await prompts.confirm(question)
    assert not await PlainPrompt(notes.append, Masks()).ask(question)
    assert "PRODUCTION [RW] shop · Undo the last change? Not asked" in capsys.readouterr().err
    assert notes[0].startswith("shop, PRODUCTION, read and write. Undo the last change? Not asked")
    terminal = io.StringIO("shop\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", terminal)
    assert await prompts.confirm(question)
    assert capsys.readouterr().err == "PRODUCTION [RW] shop · Undo the last change? Type shop to confirm: "


def test_no_command_asks_in_another_way() -> None:
    """A question reads standard input where its account is told, and nowhere else."""
    asks_for_values = "terminal/line_input.py"
    known = {"cli/prompts.py", "repl/plain_prompt.py", asks_for_values}
    root = Path(tui.__file__).parent
    readers = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "stdin.readline" in path.read_text() or "click.confirm" in path.read_text()
    }
    assert readers <= known, readers - known
