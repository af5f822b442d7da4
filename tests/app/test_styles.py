"""What the style sheets make room for."""

from __future__ import annotations

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.panels.detail.section_rows import SectionList
from tui.app.screens.explorer_settings import order_detail


async def test_below_the_table_an_order_has_lines_to_be_read_in() -> None:
    """At 80 by 24 there were four; the table keeps its title and some rows."""
    async with exploring(fake_session(20), size=(80, 24), detail=order_detail) as explored:
        await explored.press("enter")
        await explored.until(lambda: explored.screen.query(SectionList))
        await explored.pilot.pause()
        assert explored.screen.query(SectionList).first().size.height >= 6
        assert explored.screen.table.size.height >= 6
