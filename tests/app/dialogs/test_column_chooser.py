"""Choosing columns."""

from __future__ import annotations

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.dialogs.column_chooser import ColumnChooser
from tui.orders.columns import DEFAULT_COLUMNS


async def test_columns_are_hidden_moved_and_added() -> None:
    """Space toggles, J and K move, and the table follows when it is done."""
    async with exploring(fake_session(20), size=(120, 40)) as explored:
        await explored.press("c")
        await explored.until(lambda: isinstance(explored.app.screen, ColumnChooser))
        assert "[x] Status" in explored.text
        assert "[ ] Products" in explored.text
        await explored.press("space", "j", "K", "G", "space", "escape")
        columns = explored.screen.view.columns
        assert "status" not in columns
        assert columns[0] == "id"
        assert columns[-1] == "metadata.channel"
        assert "channel" in explored.text


async def test_the_last_column_stays() -> None:
    """A table without columns is not offered."""
    async with exploring(fake_session(5)) as explored:
        explored.screen.view.columns = ("id",)
        await explored.press("c", "space", "J", "K", "escape")
        assert explored.screen.view.columns == ("id",)


async def test_nothing_chosen_changes_nothing() -> None:
    """Opening and closing keeps the columns."""
    async with exploring(fake_session(5)) as explored:
        await explored.press("c", "escape")
        assert explored.screen.view.columns == DEFAULT_COLUMNS
