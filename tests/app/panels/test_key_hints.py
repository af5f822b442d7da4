"""The line of keys follows the focus."""

from __future__ import annotations

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import fake_session
from tui.app.screens.explorer_settings import order_detail


def keys(explored: Exploring) -> str:
    """The last line of the screen."""
    return explored.text.splitlines()[-1]


async def test_the_keys_of_the_detail_are_offered_while_it_has_the_focus() -> None:
    """It said “enter open” there, and neither tabs nor find nor fold."""
    async with exploring(fake_session(20), size=(130, 30), detail=order_detail) as explored:
        assert "enter open" in keys(explored)
        await explored.press("enter")
        await explored.until(lambda: "1–6 tabs" in keys(explored))
        for said in ("q quit", "? help", "/ find", "y copy", "tab back to the table", "enter follow"):
            assert said in keys(explored)
        await explored.press("6")
        await explored.until(lambda: "enter fold" in keys(explored))
        await explored.press("tab")
        await explored.until(lambda: "enter open" in keys(explored))


async def test_where_text_is_typed_only_the_ways_out_are_offered() -> None:
    """``q`` is a letter there."""
    async with exploring(fake_session(20), size=(130, 30), detail=order_detail) as explored:
        await explored.press("enter")
        await explored.until(lambda: "1–6 tabs" in keys(explored))
        await explored.press("slash")
        await explored.until(lambda: "esc stop finding" in keys(explored))
        assert "q quit" not in keys(explored)
        await explored.press("P", "enter")
        await explored.until(lambda: "n next match" in keys(explored))


async def test_the_ways_out_stay_where_there_is_little_room() -> None:
    """Forty columns hold quit, help and the first keys of the pane."""
    async with exploring(fake_session(20), size=(40, 16), detail=order_detail) as explored:
        await explored.press("enter")
        await explored.until(lambda: "1–6 tabs" in keys(explored))
        assert "q quit  ? help" in keys(explored)
