"""Undo and the journal in the explorer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.changing import NEWEST, SIZES, changing, shop
from tests.support.exploring import choose
from tui.app.changing.journal_screen import JournalScreen
from tui.app.changing.preview import Preview
from tui.app.changing.report import Report


async def test_undo_is_shown_asked_for_and_brings_the_order_back(tmp_path: Path) -> None:
    """Field for field; a second undo has nothing left."""
    async with changing(shop(), tmp_path) as changed:
        before = await changed.order(NEWEST)
        await changed.explored.press("S")
        await choose(changed.explored, "CANCELED")
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.explored.until(lambda: changed.explored.screen.situation.nothing_to_undo is None)
        await changed.explored.press("u")
        await changed.shows(Preview)
        assert "Take back change 1" in changed.explored.text
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update", "update"])
        assert {**await changed.order(NEWEST), "updated_at": None} == before
        await changed.explored.until(lambda: changed.explored.screen.situation.nothing_to_undo is not None)


async def test_undo_is_refused_with_the_reason_when_the_order_moved(tmp_path: Path) -> None:
    """What others changed is shown, nothing is sent."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "CANCELED")
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.other.update_order(NEWEST, {"amount": 1})
        await changed.explored.until(lambda: changed.explored.screen.situation.nothing_to_undo is None)
        await changed.explored.press("u")
        await changed.shows(Report)
        assert "10.09 → 0.01" in changed.explored.text
        assert changed.writes(NEWEST) == ["update", "update"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_journal_lists_changes_and_takes_one_back(size: tuple[int, int], tmp_path: Path) -> None:
    """The entry under the cursor is shown with its difference; ``u`` plans its undo."""
    async with changing(shop(), tmp_path, size=size) as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "CANCELED")
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.explored.press("U")
        await changed.shows(JournalScreen)
        await changed.explored.until(lambda: "CREATED → CANCELED" in changed.explored.text)
        assert "source-9" in changed.explored.text
        await changed.explored.press("u")
        await changed.shows(Preview)


async def test_the_journal_is_exported_to_a_private_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One JSON line an entry, readable by its owner only."""
    monkeypatch.chdir(tmp_path)
    async with changing(shop(), tmp_path / "state") as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "CANCELED")
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.explored.press("U")
        await changed.shows(JournalScreen)
        await changed.explored.press("x")
        await changed.explored.until(lambda: "1 change written" in changed.notes())
    assert exported(tmp_path) == [(0o600, 1)]


def exported(folder: Path) -> list[tuple[int, int]]:
    """The mode and the number of lines of each exported journal."""
    paths = folder.glob("ordex-journal-*.jsonl")
    return [(path.stat().st_mode & 0o777, len(path.read_text().splitlines())) for path in paths]


async def test_nothing_to_undo_says_so(tmp_path: Path) -> None:
    """The reason stands in the registry's words."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("u")
        await changed.explored.until(lambda: "nothing was changed from here yet" in changed.notes())
