"""Filtering from the detail, where there is room for one thing at a time."""

from __future__ import annotations

import pytest

from tests.support.exploring import OrderDetail, exploring
from tests.support.fake_orders import fake_session, make_order


@pytest.mark.parametrize("size", [(50, 16), (80, 12)])
async def test_a_customer_chosen_where_the_detail_hides_the_table_shows_the_table(
    size: tuple[int, int],
) -> None:
    """Nothing was seen of the filter: the detail stayed over the table. esc then clears the filter."""
    async with exploring(fake_session(80), size=size) as explored:
        await explored.press("enter")
        await explored.until(lambda: explored.screen.query(OrderDetail))
        explored.detail.post_message(OrderDetail.CustomerChosen(make_order(7).customer_id or ""))
        await explored.until(lambda: explored.screen.table.display)
        assert len(explored.screen.loaded.rows) == 2
        assert explored.app.focused is explored.screen.table
        await explored.press("escape")
        assert len(explored.screen.loaded.rows) == 80


async def test_esc_leaves_the_detail_before_it_clears_a_filter_that_is_not_seen() -> None:
    """One step back is what is on top: the filter went away behind the order."""
    async with exploring(fake_session(80), size=(50, 16)) as explored:
        await explored.press("slash", *"teapot", "enter", "enter")
        await explored.until(lambda: explored.screen.query(OrderDetail))
        await explored.press("escape")
        assert not explored.screen.detail_open
        assert explored.screen.loaded.filter is not None
