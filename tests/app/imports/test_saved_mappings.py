"""The saved mappings in the explorer: looked at, and deleted after a question."""

from __future__ import annotations

from pathlib import Path

from tests.support.jobs_app import with_jobs
from tests.support.sandbox import an_order
from tui.app.dialogs.confirm_dialog import ConfirmDialog
from tui.app.imports.saved_mappings import SavedMappingsDialog
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.csv_dialect import Dialect

SHOP = [an_order(1)]


async def test_saved_mappings_are_shown_and_deleted(tmp_path: Path) -> None:
    """Each with its columns; one that cannot be read says why; the others stay."""
    async with with_jobs(SHOP, tmp_path) as shop:
        store = shop.account.mappings
        store.save(
            ColumnMapping("a shop", (MappedColumn("No\x1b[2J", "source_id"), MappedColumn("Note", None)))
        )
        store.save(ColumnMapping("other", (MappedColumn("Nr", "source_id"),), dialect=Dialect(";")))
        (tmp_path / "mappings" / "broken.json").write_text("{")
        await shop.explored.app.run_action("screen.perform('mappings')")
        await shop.shows(SavedMappingsDialog)
        await shop.until("a shop", "1 columns", "broken", "cannot be read", "No^[[2J", "left out")
        await shop.press("j")
        await shop.until("a key in double quotes")
        await shop.press("j")
        await shop.until("semicolon, utf-8")
        await shop.press("enter", "d")
        await shop.shows(ConfirmDialog)
        await shop.press("enter")
        await shop.shows(SavedMappingsDialog)
        assert store.names() == ("a shop", "broken", "other")
        await shop.press("d")
        await shop.shows(ConfirmDialog)
        await shop.press("y")
        await shop.explored.until(lambda: store.names() == ("a shop", "broken"))
        await shop.press("escape")
        await shop.browses()


async def test_without_mappings_it_is_said_where_they_come_from(tmp_path: Path) -> None:
    """No list, no key that does something."""
    async with with_jobs(SHOP, tmp_path) as shop:
        await shop.explored.app.run_action("screen.perform('mappings')")
        await shop.shows(SavedMappingsDialog)
        await shop.until("No saved mappings.")
        await shop.press("d", "enter", "escape")
        await shop.browses()
