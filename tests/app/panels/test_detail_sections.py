"""Sections of the detail by number, from the table and from the detail."""

from __future__ import annotations

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.panels.detail.order_detail import OrderDetail


@pytest.mark.parametrize("size", [(80, 24), (130, 30)])
async def test_a_number_turns_the_detail_also_while_the_table_has_the_focus(size: tuple[int, int]) -> None:
    """At 80 columns enter opens the detail and leaves the focus in the table, where 1 to 6 did nothing."""
    async with exploring(fake_session(5), size=size, detail=OrderDetail) as explored:
        if not explored.screen.detail.is_open:
            await explored.press("enter")
        await explored.until(lambda: explored.screen.query(OrderDetail))
        explored.screen.table.focus()
        pane = explored.screen.query_one(OrderDetail)
        await explored.press("6")
        await explored.until(lambda: pane._tab == 5)
        assert explored.app.focused is explored.screen.table
        await explored.press("1")
        await explored.until(lambda: pane._tab == 0)


async def test_a_number_does_nothing_while_the_detail_is_closed() -> None:
    """There is no section to turn to."""
    async with exploring(fake_session(5)) as explored:
        await explored.press("6")
        assert not explored.screen.detail.is_open
