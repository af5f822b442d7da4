"""What is shown as the subject, said of it, and asked for it: the explorer's state."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.exploring import Exploring, OrderDetail, exploring
from tests.support.fake_orders import fake_session, make_order
from tui.app.changing.flow_host import FlowHost
from tui.app.dialogs.chooser import ChoiceList, Chooser
from tui.app.navigation import StartPlace
from tui.app.panels.problem import Problem
from tui.orders.order import Order
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome
from tui.voucherify.errors import Unauthorized, Unreachable


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

    def copy_text(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("program", "test"), len(text), "copied with a test")

    place = StartPlace(order_id="shop-000003")
    async with exploring(fake_session(250), size=(130, 30), place=place, copy_text=copy_text) as explored:
        await opened_at(explored, 3)
        assert explored.screen.table.cursor == make_order(249).id
        await copy(explored, "id")
        await explored.until(lambda: copied == [make_order(3).id])
        await explored.press("j")
        await copy(explored, "id")
        await explored.until(lambda: copied[1:] == [explored.screen.table.cursor])


async def test_an_order_shown_but_not_loaded_is_told_as_such() -> None:
    """The status line says so until the cursor leads again."""
    async with exploring(
        fake_session(250), size=(130, 30), place=StartPlace(order_id="shop-000003")
    ) as explored:
        await opened_at(explored, 3)
        assert "the order shown is not in the loaded list" in explored.text
        await explored.press("j")
        assert "the order shown" not in explored.text


async def test_an_old_order_that_was_changed_is_not_the_newest() -> None:
    """It is shown as it came back, beside the table; the newest order stays in the first row."""
    async with exploring(
        fake_session(250), size=(130, 30), place=StartPlace(order_id="shop-000003")
    ) as explored:
        await opened_at(explored, 3)
        changed = make_order(3, status="FULFILLED", updated_at="2026-11-30T12:00:00.000Z")
        explored.screen.post_message(FlowHost.OrderReceived(changed))
        await explored.until(lambda: explored.detail.order is changed)
        assert explored.screen.view.snapshot.rows[0] == make_order(249)
        assert not explored.screen.view.snapshot.before


async def test_a_mark_is_not_put_on_another_order_than_the_one_shown() -> None:
    """Marks are of the table, and the order shown is not in it."""
    async with exploring(
        fake_session(250), size=(130, 30), place=StartPlace(order_id="shop-000003")
    ) as explored:
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
    async with exploring(session, rows=0, place=StartPlace(order_id="shop-000040")) as explored:
        await opened_at(explored, 40)
        gate.set()
        await explored.rows(50)
        assert explored.screen.table.cursor == make_order(40).id
        assert "the order shown" not in explored.text


async def test_an_order_that_failed_for_a_passing_reason_is_asked_for_again() -> None:
    """``r`` after a failed ``open`` read the list only, and the order never came."""
    session = fake_session(20)
    session.client.fail = Unreachable()
    async with exploring(session, place=StartPlace(order_id="shop-000003")) as explored:
        problem = explored.screen.query_one(Problem)
        await explored.until(lambda: problem.is_open)
        await explored.press("r")
        await opened_at(explored, 3)
        assert not problem.is_open


async def test_every_question_without_an_answer_is_asked_again() -> None:
    """Of two that failed together only the last was tried again."""
    session = fake_session(20)
    failures = [Unauthorized(401), Unauthorized(401)]

    async def fail_twice() -> None:
        if failures:
            raise failures.pop()

    session.client._answer = fail_twice  # type: ignore[method-assign]
    async with exploring(session, rows=0, place=StartPlace(order_id="shop-000003")) as explored:
        await explored.until(lambda: not failures and explored.screen.query_one(Problem).is_open)
        await explored.pilot.pause()
        await explored.press("r")
        await explored.rows(20)
        await opened_at(explored, 3)


async def test_an_order_is_still_awaited_when_another_list_is_asked_for() -> None:
    """A newer question about the list makes no answer about an order void."""
    session = fake_session(250)
    gate, read = asyncio.Event(), session.client.get_order

    async def slow_read(order_id: str) -> Order:
        await gate.wait()
        return await read(order_id)

    session.client.get_order = slow_read  # type: ignore[method-assign]
    async with exploring(session, place=StartPlace(order_id="shop-000003")) as explored:
        explored.screen.sort_filter.sort_by("updated_at")
        await explored.until(lambda: "reading…" in explored.text)
        gate.set()
        await opened_at(explored, 3)


async def test_a_first_failure_stays_readable_when_its_panel_is_closed() -> None:
    """Esc left a blank screen; what failed and the way on are said in the table and the status line."""
    session = fake_session(20)
    session.client.fail = Unauthorized(401)
    async with exploring(session, rows=0) as explored:
        await explored.until(lambda: explored.screen.query(Problem))
        await explored.until(lambda: explored.screen.query_one(Problem).is_open)
        await explored.press("escape")
        assert "The keys were not accepted. r tries again." in explored.text
        assert "The keys were not accepted, r tries again" in explored.text
        await explored.press("r")
        await explored.rows(20)
        assert "not accepted" not in explored.text


async def test_refresh_reads_an_order_again_that_is_shown_beside_the_list() -> None:
    """It is neither on the first page nor on that of the cursor, so it stayed as it was."""
    session = fake_session(250)
    async with exploring(session, size=(130, 30), place=StartPlace(order_id="shop-000003")) as explored:
        await opened_at(explored, 3)
        session.client.documents[3]["status"] = "FULFILLED"
        changed = make_order(3, status="FULFILLED")
        explored.screen.table.focus()
        await explored.press("r")
        await explored.until(lambda: explored.screen.order == changed)
        assert explored.detail.order == changed


async def test_a_key_before_the_first_page_is_answered_with_still_opening() -> None:
    """It was told that no order is selected."""
    session = fake_session(20)
    session.client.gate = asyncio.Event()
    async with exploring(session, rows=0) as explored:
        await explored.until(lambda: session.client.calls)
        await explored.press("y")
        await explored.until(lambda: "Copy: still opening…" in explored.text)
        session.client.gate.set()
        await explored.rows(20)
