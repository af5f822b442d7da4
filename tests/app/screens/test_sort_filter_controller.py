"""Filtering from the detail, where there is room for one thing at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual import events

from tests.support.exploring import OrderDetail, exploring
from tests.support.fake_orders import fake_session, make_order
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.filter_bar.field import FilterField
from tui.app.panels.filter_bar.local_filter import local_filter
from tui.app.screens.view_state_controller import LastVisit
from tui.orders.orders_snapshot import OrdersSnapshot
from tui.settings.views import View


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
        assert len(explored.screen.view.snapshot.rows) == 2
        assert explored.app.focused is explored.screen.table
        await explored.press("escape")
        assert len(explored.screen.view.snapshot.rows) == 80


async def test_esc_leaves_the_detail_before_it_clears_a_filter_that_is_not_seen() -> None:
    """One step back is what is on top: the filter went away behind the order."""
    async with exploring(fake_session(80), size=(50, 16)) as explored:
        await explored.press("slash", *"teapot", "enter", "enter")
        await explored.until(lambda: explored.screen.query(OrderDetail))
        await explored.press("escape")
        assert not explored.screen.detail.is_open
        assert explored.screen.view.snapshot.filter is not None


@pytest.mark.parametrize("before", ["", "teapot"])
async def test_esc_in_the_bar_restores_the_filter_from_before_typing(before: str) -> None:
    """A half-typed filter leaves nothing in force that nobody meant."""
    async with exploring(fake_session(80)) as explored:
        if before:
            await explored.press("slash", *before, "enter")
        shown = len(explored.screen.view.snapshot.rows)
        await explored.press("slash", "ctrl+u", *"amount", "greater_than_sign", "equals_sign")
        await explored.press("escape")
        if explored.screen.query_one(FilterBar).is_open:  # the first esc closed the proposals
            await explored.press("escape")
        chosen = explored.screen.view.snapshot.filter
        assert (chosen.text if chosen else "") == before
        assert len(explored.screen.view.snapshot.rows) == shown
        assert "amount" not in explored.screen.query_one(FilterBar).history
        await explored.press("slash")
        assert explored.screen.query_one(FilterField).value == before


async def test_esc_in_the_bar_restores_the_filter_by_a_customer() -> None:
    """Also one that was not typed."""
    async with exploring(fake_session(80), size=(160, 30)) as explored:
        await explored.until(lambda: explored.screen.query(OrderDetail))
        explored.detail.post_message(OrderDetail.CustomerChosen(make_order(7).customer_id or ""))
        await explored.until(lambda: len(explored.screen.view.snapshot.rows) == 2)
        await explored.press("slash", "x", "escape")
        assert len(explored.screen.view.snapshot.rows) == 2


async def test_what_is_still_being_typed_is_not_kept_for_the_next_start() -> None:
    """The program may end in the middle of a word."""
    kept: list[View] = []
    visit = LastVisit(View(), kept.append)
    async with exploring(fake_session(80), last_visit=visit) as explored:
        await explored.press("slash", *"teapot", "enter")
        await explored.press("slash", "ctrl+u", *"amount", "greater_than_sign", "equals_sign")
        await explored.screen.close_session()
    assert kept[-1].where == "teapot"


async def test_several_pasted_lines_are_one_filter() -> None:
    """Nothing of what was pasted is lost."""
    async with exploring(fake_session(20)) as explored:
        await explored.press("slash")
        explored.screen.query_one(FilterField).post_message(events.Paste("status:paid\r\n  amount>=1\n\n"))
        await explored.until(lambda: explored.screen.query_one(FilterField).value == "status:paid amount>=1")


async def test_nothing_found_for_a_name_says_that_orders_carry_only_ids() -> None:
    """The table says why, instead of leaving it at no match."""
    async with exploring(fake_session(20), size=(120, 30)) as explored:
        await explored.press("slash", *"ana", "enter")
        assert "No loaded order matches (orders have customer ids, not names)" in explored.text


def test_relative_dates_count_from_when_the_filter_is_applied() -> None:
    """The next day, today is another day."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    wanted = local_filter("created:today or (has:id -created<-1d)", lambda: now)
    orders = [make_order(1, created_at="2026-03-01T10:00:00.000Z")]
    page = {"page": 1, "total": 1, "read_at": now, "server_order": "-created_at"}
    loaded = OrdersSnapshot().with_filter(wanted).add_page(orders, **page)
    assert len(loaded.rows) == 1
    now = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert loaded.add_page(orders, **page).rows == ()
