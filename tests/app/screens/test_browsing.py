"""What is shown as the subject, said of it, and asked for it: the explorer's state."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.exploring import Exploring, OrderDetail, exploring
from tests.support.fake_orders import fake_session, make_order
from tui.app.dialogs.chooser import ChoiceList, Chooser
from tui.app.session import Place


async def opened_at(explored: Exploring, number: int) -> None:
    """Wait until the detail shows that order."""
    await explored.until(lambda: explored.screen.query(OrderDetail))
    wanted = make_order(number).id
    await explored.until(lambda: explored.detail.order is not None and explored.detail.order.id == wanted)
    await explored.pilot.pause()


async def copy(explored: Exploring, what: str) -> None:
    """Copy a part of the order from the table."""
    explored.screen.table.focus()
    await explored.press("y")
    await explored.until(lambda: isinstance(explored.app.screen, Chooser))
    listed = explored.app.screen.query_one(ChoiceList)
    listed.highlighted = listed.get_option_index(what)
    await explored.press("enter")


async def test_what_is_copied_is_the_order_shown_though_the_cursor_is_on_another() -> None:
    """The order the explorer was opened at, beyond the first page, was shown; the cursor's was copied."""
    copied: list[str] = []

    def copy_text(text: str) -> str:
        copied.append(text)
        return "the test"

    place = Place(order_id="shop-000003")
    async with exploring(fake_session(250), size=(130, 30), place=place, copy_text=copy_text) as explored:
        await opened_at(explored, 3)
        assert explored.screen.table.cursor == make_order(249).id
        await copy(explored, "id")
        assert copied == [make_order(3).id]
        await explored.press("j")
        await copy(explored, "id")
        assert copied[1] == explored.screen.table.cursor


async def test_an_order_shown_but_not_loaded_is_told_as_such() -> None:
    """The status line says so until the cursor leads again."""
    async with exploring(fake_session(250), size=(130, 30), place=Place(order_id="shop-000003")) as explored:
        await opened_at(explored, 3)
        assert "the order shown is not in the loaded list" in explored.text
        await explored.press("j")
        assert "the order shown" not in explored.text


async def test_a_mark_is_not_put_on_another_order_than_the_one_shown() -> None:
    """Marks are of the table, and the order shown is not in it."""
    async with exploring(fake_session(250), size=(130, 30), place=Place(order_id="shop-000003")) as explored:
        await opened_at(explored, 3)
        explored.screen.table.focus()
        await explored.press("space")
        assert not explored.screen.table.marks
        assert explored.detail.order == make_order(3)


@pytest.mark.parametrize("order_first", [True, False])
async def test_an_order_of_the_first_page_comes_under_the_cursor(order_first: bool) -> None:
    """Whichever answer comes first; the cursor stayed on the newest order when the order was first."""
    session = fake_session(50)
    session.client.gate = gate = asyncio.Event()
    if not order_first:
        gate.set()
    async with exploring(session, rows=0, place=Place(order_id="shop-000040")) as explored:
        await opened_at(explored, 40)
        gate.set()
        await explored.rows(50)
        assert explored.screen.table.cursor == make_order(40).id
        assert "the order shown" not in explored.text
