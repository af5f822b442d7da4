"""The page of keys."""

from __future__ import annotations

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.actions.catalogue import CATALOGUE
from tui.app.dialogs.help_pages import KeyHelp
from tui.app.screens.explorer_settings import order_detail


async def test_every_action_is_on_the_page() -> None:
    """Help is written from the registry, so nothing is missing."""
    async with exploring(fake_session(5), size=(120, 120)) as explored:
        await explored.press("question_mark")
        await explored.until(lambda: "Everywhere" in explored.text)
        flat = " ".join(explored.text.replace("│", " ").split())
        assert [action.id for action in CATALOGUE.values() if f"{action.title}: " not in flat] == []


async def test_it_closes_by_every_usual_way() -> None:
    """esc, q, ? and enter go back; q does not quit from here."""
    async with exploring(fake_session(5), size=(60, 14)) as explored:
        for key in ("escape", "q", "question_mark", "enter"):
            await explored.press("question_mark", "j", "k")
            assert isinstance(explored.app.screen, KeyHelp)
            await explored.press(key)
            assert explored.app.screen is explored.screen
        assert explored.app.is_running


async def test_the_keys_of_the_focused_place_come_first() -> None:
    """In an order, what only works there is told above the rest."""
    async with exploring(fake_session(5), size=(120, 60), detail=order_detail) as explored:
        await explored.press("enter")
        await explored.until(lambda: explored.app.focused is not explored.screen.table)
        await explored.press("question_mark")
        await explored.until(lambda: "Here" in explored.text)
        assert explored.text.index("Find in order") < explored.text.index("Orders")
