"""The palette over the registry."""

from __future__ import annotations

from textual.content import Content

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.actions.catalogue import CATALOGUE
from tui.app.palette import ActionsProvider


async def test_actions_are_found_by_title_and_help_with_their_key() -> None:
    """Fuzzy over both, title first, the key beside it."""
    async with exploring(fake_session(5)) as explored:
        provider = ActionsProvider(explored.screen)
        found = [hit async for hit in provider.search("refre")]
        found.sort(key=lambda hit: -hit.score)
        assert found[0].text == "Refresh"
        assert str(found[0].prompt) == "Refresh  r"
        by_help = [hit.text async for hit in provider.search("conditions")]
        assert "Filter" in by_help


async def test_what_cannot_be_done_is_greyed_with_the_reason() -> None:
    """A disabled action stays in the palette and says why; an enabled one is not greyed."""
    async with exploring(fake_session(0), rows=0) as explored:
        await explored.until(lambda: explored.screen.view.snapshot.total == 0)
        hits = {hit.text: hit async for hit in ActionsProvider(explored.screen).discover()}
        copy = hits["Copy"].display
        assert isinstance(copy, Content)
        assert copy.plain == "Copy  y  no order is selected"
        assert "dim" in str(copy.spans[-1].style)
        assert str(hits["Columns"].display) == "Columns  c"


async def test_everything_is_offered_before_typing() -> None:
    """Discovery lists all that the palette holds."""
    async with exploring(fake_session(5)) as explored:
        found = [hit async for hit in ActionsProvider(explored.screen).discover()]
        assert len(found) == sum(action.palette for action in CATALOGUE.values())


async def test_an_action_is_run_from_the_palette() -> None:
    """By colon and by ctrl+p, for each scope."""
    async with exploring(fake_session(50)) as explored:
        for opened_by in ("colon", "ctrl+p"):
            await explored.press(opened_by)
            await explored.press(*"last loaded")
            await explored.until(lambda: "Last loaded order" in explored.text)
            await explored.pilot.pause(0.2)
            await explored.press("enter")
            await explored.until(lambda: explored.screen.table.cursor_index == 49)
            await explored.press("g")
        for hit in [hit async for hit in ActionsProvider(explored.screen).search("quit")]:
            if hit.text == "Quit":
                await hit.command()
        await explored.until(lambda: not explored.app.is_running)
        assert explored.app.return_code == 0
