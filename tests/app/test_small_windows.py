"""Questions in the smallest window that Ordex takes: what answers them is in sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.changing import Changed, changing, edit, shop
from tests.support.exploring import choose
from tui.app.accounts.unlock_dialog import UnlockDialog
from tui.app.changing.bulk_status import BulkPreview
from tui.app.changing.journal_screen import JournalScreen
from tui.app.changing.plan_preview import PlanPreview

BORDERS = str.maketrans("│║", "  ")
SIZES = [(40, 10), (40, 12), (60, 14), (80, 24)]


def words_of(changed: Changed) -> str:
    """What is on the screen, its lines joined."""
    return " ".join(changed.explored.text.translate(BORDERS).split())


@pytest.mark.parametrize("size", SIZES)
async def test_a_preview_shows_its_question_and_keys(size: tuple[int, int], tmp_path: Path) -> None:
    """However long the plan is."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await edit(changed, metadata={"channel": "web", **{f"key {n}": "x" * 90 for n in range(30)}})
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        text = words_of(changed)
        assert "Send this to shop?" in text
        assert "n No y Yes" in text
        assert "esc back to the form" in text


@pytest.mark.parametrize("size", SIZES)
async def test_a_bulk_status_shows_its_question_and_keys(size: tuple[int, int], tmp_path: Path) -> None:
    """With the line to type in."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await changed.explored.press(*["space"] * 6, "S")
        await choose(changed.explored, "PAID")
        dialog = await changed.shows(BulkPreview)
        text = words_of(changed)
        assert "Type shop 6:" in text
        assert "esc back, send nothing" in text
        typed = dialog.query_one("#typed").region
        assert typed
        assert typed.bottom <= size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_unlocking_and_the_journal_show_their_keys(size: tuple[int, int], tmp_path: Path) -> None:
    """The line to type in, and how to leave."""
    async with changing(shop(), tmp_path, size=size, kind="production", read_only=True) as changed:
        await changed.explored.press("W")
        dialog = await changed.shows(UnlockDialog)
        assert dialog.query_one("#typed").region.bottom <= size[1]
        assert "stay locked" in words_of(changed)
        await changed.explored.press("escape")
        await changed.browses()
        await changed.explored.press("U")
        await changed.shows(JournalScreen)
        assert "esc close" in words_of(changed)
