"""The page about the filter language."""

from __future__ import annotations

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import command
from tui.app.dialogs.help_pages import FilterHelp


async def test_the_page_is_reached_from_anywhere_and_closes() -> None:
    """By its action; esc goes back."""
    async with exploring(fake_session(5)) as explored:
        await explored.app.run_action(command(CATALOGUE["filter_help"]))
        await explored.until(lambda: isinstance(explored.app.screen, FilterHelp))
        await explored.until(lambda: "amount:10..20" in explored.text)
        await explored.press("j", "k", "escape")
        assert explored.app.screen is explored.screen
