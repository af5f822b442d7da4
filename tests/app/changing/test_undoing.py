"""Undo and the journal in the explorer."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.support.changing import ACCOUNT, NEWEST, SIZES, changing, shop
from tests.support.exploring import choose
from tui.app.changing.conflict_screen import ConflictScreen
from tui.app.changing.journal_screen import JournalScreen
from tui.app.changing.plan_preview import PlanPreview


async def test_undo_is_shown_asked_for_and_brings_the_order_back(tmp_path: Path) -> None:
    """Field for field; a second undo has nothing left."""
    async with changing(shop(), tmp_path) as changed:
        before = await changed.order(NEWEST)
        await changed.explored.press("S")
        await choose(changed.explored, "CANCELED")
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])
        await changed.explored.until(lambda: "u undoes it" in changed.notes())
        await changed.explored.press("u")
        await changed.shows(PlanPreview)
        assert "Undo change 1" in changed.explored.text
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update", "update"])
        assert {**await changed.order(NEWEST), "updated_at": None} == before
        await changed.explored.press("u")
        await changed.explored.until(lambda: "every change of this account is undone" in changed.notes())


async def test_undo_keeps_what_others_changed(tmp_path: Path) -> None:
    """Another field goes through with a note; the same field is a conflict."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("S")
        await choose(changed.explored, "CANCELED")
        await changed.explored.until(lambda: "u undoes it" in changed.notes())
        await changed.other.update_order(NEWEST, {"amount": 1})
        await changed.explored.press("u")
        await changed.shows(PlanPreview)
        assert "kept: amount: 10.09 → 0.01" in changed.explored.text
        await changed.explored.press("escape")
        await changed.browses()
        await changed.other.update_order(NEWEST, {"status": "FULFILLED"})
        await changed.explored.press("u")
        await changed.shows(ConflictScreen)
        assert changed.writes(NEWEST) == ["update", "update", "update"]


async def test_undo_reads_the_journal_when_it_is_pressed(tmp_path: Path) -> None:
    """A change that another process made a moment ago is the newest one, and is shown as such."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("u")
        await changed.explored.until(lambda: "nothing of this account was changed" in changed.notes())
        assert changed.explored.app.screen is changed.explored.screen
        other = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ELSEWHERE, str(tmp_path), ACCOUNT, NEWEST, cwd=Path(__file__).parents[3]
        )
        assert await other.wait() == 0
        await changed.other.update_order(NEWEST, {"status": "FULFILLED"})
        await changed.explored.press("u")
        await changed.shows(PlanPreview)
        assert "made outside this window" in changed.explored.text


ELSEWHERE = """
import sys
from pathlib import Path
from tui.jobs.changes.change_journal import ChangeJournal
journal, base = ChangeJournal(Path(sys.argv[1])), {"id": sys.argv[3], "status": "CREATED"}
after = {**base, "status": "FULFILLED"}
entry = journal.prepare(token="elsewhere", profile=sys.argv[2], operation="update", order_id=sys.argv[3],
                        source_id=None, body={"status": "FULFILLED"}, base=base, intended=after)
journal.finish(entry.id, "DONE", answer=after)
"""


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
        await changed.shows(PlanPreview)


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
    """The journal has no change of the account."""
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.press("u")
        await changed.explored.until(lambda: "nothing of this account was changed" in changed.notes())
        assert changed.explored.app.screen is changed.explored.screen
