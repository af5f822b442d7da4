"""The explorer on a fake account: what is shown, asked for, and kept."""

from __future__ import annotations

import pytest

from tests.support.exploring import OrderDetail, choose, exploring
from tests.support.fake_orders import FakeSession, fake_session, make_order, order_document
from tui.app.navigation import StartPlace
from tui.app.panels.filter_bar import FilterBar
from tui.app.widgets.virtual_table import VirtualTable


def pages_asked(session: FakeSession) -> list[int]:
    """The page numbers of the list calls so far."""
    return [call[2] for call in session.client.calls if call[0] == "list"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (50, 16), (60, 12)])
async def test_the_newest_page_is_on_the_screen_at_every_size(size: tuple[int, int]) -> None:
    """One call brings the newest orders, and quit and help are always offered."""
    async with exploring(fake_session(250), size=size) as explored:
        assert "18:14" in explored.text or "ord_0" in explored.text
        assert "PAID" in explored.text
        assert "SANDBOX [R]" in explored.text
        assert "q quit" in explored.text
        assert "? help" in explored.text
        assert "100 of 250" in explored.text
        assert pages_asked(explored.session) == [1]


async def test_a_production_profile_is_told_in_words() -> None:
    """The kind of account can be read without colour, with what may be done to it."""
    async with exploring(fake_session(3, kind="production", name="shop", read_only=False)) as explored:
        assert "PRODUCTION [RW]" in explored.text
        assert "shop" in explored.text


async def test_a_window_too_small_says_so_and_can_be_left() -> None:
    """Below 40 by 10 there is a sentence, not debris."""
    async with exploring(fake_session(3), size=(36, 8)) as explored:
        assert "at least 40 columns" in " ".join(explored.text.split())
        assert "ord_" not in explored.text
        await explored.press("q")
    assert explored.app.return_code == 0


async def test_going_down_reads_on_to_the_end_and_every_order_once() -> None:
    """Infinite scroll reaches the last page and then says that all is loaded."""
    async with exploring(fake_session(250)) as explored:
        for count in (200, 250):
            await explored.press("G")
            await explored.rows(count)
        await explored.press("G")
        assert explored.screen.view.snapshot.complete
        assert "all 250 loaded" in explored.text
        assert explored.screen.order == make_order(0)
        assert pages_asked(explored.session) == [1, 2, 3]


async def test_orders_that_move_between_two_pages_are_shown_once() -> None:
    """An order created during the walk shifts the pages; nothing is doubled."""
    async with exploring(fake_session(150)) as explored:
        explored.session.client.documents.append(order_document(900))
        await explored.press("G")
        await explored.rows(150)
        ids = [order.id for order in explored.screen.view.snapshot.rows]
        assert len(ids) == len(set(ids)) == 150


async def test_server_sort_asks_the_server_and_turns_around() -> None:
    """Created and updated are sorted where the orders are."""
    async with exploring(fake_session(250)) as explored:
        await explored.press("s")
        await choose(explored, "created_at")
        await explored.until(lambda: explored.screen.view.snapshot.server_order == "created_at")
        assert "Created (UTC) ↑" in explored.text
        assert "oldest first" in explored.text
        assert explored.session.client.calls[-1] == ("list", 100, 1, "created_at")


async def test_any_other_sort_covers_what_is_loaded_and_says_so() -> None:
    """A local sort makes no call, is told with its cover, and the same column turns it around."""
    async with exploring(fake_session(250), size=(160, 30)) as explored:
        await explored.press("s")
        await choose(explored, "amount")
        amounts = [order.amount or 0 for order in explored.screen.view.snapshot.rows]
        assert amounts == sorted(amounts, reverse=True)
        assert "sorted by amount ↓ over the 100 loaded" in explored.text
        explored.screen.sort_filter.sort_by("amount")
        amounts = [order.amount or 0 for order in explored.screen.view.snapshot.rows]
        assert amounts == sorted(amounts)
        explored.screen.sort_filter.sort_by("created_at")
        assert explored.screen.view.snapshot.sort is None
        assert pages_asked(explored.session) == [1]


async def test_a_click_on_a_title_sorts_by_it() -> None:
    """The mouse does what ``s`` does."""
    async with exploring(fake_session(20)) as explored:
        await explored.pilot.click(VirtualTable, offset=(4, 0))
        await explored.pilot.pause()
        assert explored.screen.view.snapshot.sort is not None
        assert explored.screen.view.snapshot.sort.column == "status"


async def test_the_filter_works_as_it_is_typed_and_says_over_what() -> None:
    """Product names are found too; enter keeps it, esc clears it."""
    async with exploring(fake_session(250), size=(120, 30)) as explored:
        await explored.press("slash", *"teapot")
        assert len(explored.screen.view.snapshot.rows) == 20
        assert "20 match “teapot”, filtered over the 100 loaded" in explored.text
        await explored.press("enter")
        assert not explored.screen.query_one(FilterBar).is_open
        assert len(explored.screen.view.snapshot.rows) == 20
        await explored.press("escape")
        assert len(explored.screen.view.snapshot.rows) == 100
        assert explored.screen.detail.is_open
        await explored.press("escape")
        assert not explored.screen.detail.is_open


async def test_a_filter_does_not_read_the_account_away() -> None:
    """Few matches are no reason to spend calls; going on is the user's word."""
    async with exploring(fake_session(250)) as explored:
        await explored.press("slash", *"nothing like it", "enter")
        assert "No loaded order matches" in explored.text
        assert pages_asked(explored.session) == [1]
        await explored.press("greater_than_sign")
        await explored.rows(200)
        assert pages_asked(explored.session) == [1, 2]


async def test_cursor_and_marks_stay_with_their_orders() -> None:
    """Sort, filter and refresh move rows; cursor and marks go along."""
    async with exploring(fake_session(50)) as explored:
        await explored.press("j", "space", "j")
        marked, at = set(explored.screen.table.marks), explored.screen.table.cursor
        explored.screen.sort_filter.sort_by("amount")
        await explored.pilot.pause()
        assert explored.screen.table.cursor == at
        explored.session.client.documents.append(order_document(900))
        await explored.press("r")
        await explored.rows(51)
        assert explored.screen.table.cursor == at
        assert explored.screen.table.marks == marked
        assert "1 marked" in explored.text


async def test_a_cursor_that_is_filtered_out_comes_back() -> None:
    """The cursor remembers its order while the filter hides it."""
    async with exploring(fake_session(50)) as explored:
        await explored.press("j", "j")
        at = explored.screen.table.cursor
        await explored.press("slash", *"teapot", "escape", "escape")
        assert explored.screen.table.cursor == at


async def test_refresh_notes_what_is_new_and_what_changed() -> None:
    """A new order gets a plus, a changed one a tilde, and the cursor's order stays in view."""
    async with exploring(fake_session(50)) as explored:
        client = explored.session.client
        client.documents[48] = order_document(48, status="PROCESSING")
        client.documents.append(order_document(900))
        await explored.press("r")
        await explored.rows(51)
        lines = explored.text.splitlines()
        assert lines[2].startswith(" +")
        assert "~PROCESSI" in lines[4].replace("PROCESSING", "PROCESSI")


async def test_refresh_fills_the_gap_when_a_whole_page_is_new() -> None:
    """More new orders than fit one page are read until something known is met."""
    async with exploring(fake_session(150)) as explored:
        await explored.press("G")
        await explored.rows(150)
        explored.session.client.documents.extend(order_document(1000 + number) for number in range(120))
        await explored.press("g", "r")
        await explored.rows(270)
        assert explored.screen.view.snapshot.complete


async def test_pages_can_be_stepped() -> None:
    """``>`` goes to the next page, reading it if needed; ``<`` goes back."""
    async with exploring(fake_session(250)) as explored:
        await explored.press("greater_than_sign")
        await explored.until(lambda: explored.screen.table.cursor_index == 100)
        await explored.press("greater_than_sign")
        await explored.until(lambda: explored.screen.table.cursor_index == 200)
        await explored.press("greater_than_sign")
        assert explored.screen.table.cursor_index == 200
        await explored.press("less_than_sign", "less_than_sign")
        assert explored.screen.table.cursor_index == 0


async def test_enter_opens_the_order_and_the_cursor_leads_it() -> None:
    """The detail follows the cursor; esc closes it."""
    async with exploring(fake_session(20)) as explored:
        assert not explored.screen.detail.is_open
        await explored.press("enter")
        await explored.until(lambda: explored.screen.query(OrderDetail))
        await explored.until(lambda: explored.detail.order == make_order(19))
        await explored.press("j")
        assert explored.detail.order == make_order(18)
        await explored.press("escape")
        assert "detail of" not in explored.text


async def test_a_wide_window_shows_the_detail_beside_the_table() -> None:
    """At 120 columns and more both are seen from the start, until the detail is closed."""
    async with exploring(fake_session(20), size=(130, 30)) as explored:
        await explored.until(lambda: "detail of ord_" in explored.text)
        assert any("│" in line and "detail of" in line for line in explored.text.splitlines())
        await explored.press("escape")
        assert "detail of" not in explored.text


async def test_esc_in_the_detail_goes_back_to_the_table_first() -> None:
    """One step at a time: the focus, then the detail."""
    async with exploring(fake_session(20), size=(130, 30)) as explored:
        await explored.until(lambda: explored.screen.query(OrderDetail))
        await explored.press("enter")
        await explored.until(lambda: explored.app.focused is explored.detail)
        await explored.press("escape")
        assert explored.app.focused is explored.screen.table
        assert explored.screen.detail.is_open
        await explored.press("escape")
        assert not explored.screen.detail.is_open


@pytest.mark.parametrize("size", [(80, 24), (130, 30)])
async def test_esc_closes_what_was_opened_last(size: tuple[int, int]) -> None:
    """A detail that was opened over a filter is closed first, and the filter first where it came later."""
    async with exploring(fake_session(20), size=size) as explored:
        screen = explored.screen
        if screen.detail.is_open:
            screen.detail.close()
        await explored.press("slash", *"ord", "enter")
        await explored.press("enter")
        await explored.until(lambda: screen.detail.is_open)
        screen.table.focus()
        await explored.press("escape")
        assert not screen.detail.is_open
        assert screen.view.snapshot.filter is not None
        await explored.press("enter")
        screen.table.focus()
        await explored.press("slash", *"er", "enter", "escape")
        assert screen.view.snapshot.filter is None
        assert screen.detail.is_open


async def test_a_narrow_window_shows_one_thing_at_a_time() -> None:
    """Below 60 columns the order takes the table's place, and esc goes back."""
    async with exploring(fake_session(20), size=(50, 16)) as explored:
        await explored.press("enter")
        await explored.until(lambda: "detail of ord_" in explored.text)
        assert "Status" not in explored.text
        await explored.press("escape")
        assert "Status" in explored.text
        assert explored.app.focused is explored.screen.table


async def test_it_opens_at_an_order() -> None:
    """The order is read by id or source id and shown, wherever the cursor is."""
    async with exploring(fake_session(250), place=StartPlace(order_id="shop-000003")) as explored:
        await explored.until(lambda: explored.screen.query(OrderDetail))
        await explored.until(lambda: explored.detail.order == make_order(3))
        await explored.press("j")
        assert explored.detail.order == explored.screen.order


async def test_an_order_that_is_not_there_is_told_and_the_list_still_comes() -> None:
    """A wrong id is a message over a working explorer."""
    async with exploring(fake_session(20), place=StartPlace(order_id="ord_none")) as explored:
        await explored.until(lambda: "Cannot find order with id ord_none" in explored.text)
        assert explored.screen.view.snapshot.count == 20


async def test_it_opens_with_a_filter() -> None:
    """A filter given at the start holds from the first page on."""
    async with exploring(fake_session(50), place=StartPlace(where="teapot")) as explored:
        assert len(explored.screen.view.snapshot.rows) == 10


async def test_a_customer_chosen_in_the_detail_filters_the_loaded_orders() -> None:
    """Orders of that customer, told as a filter over what is loaded."""
    async with exploring(fake_session(250), size=(130, 30)) as explored:
        await explored.until(lambda: explored.screen.query(OrderDetail))
        customer = make_order(7).customer_id or ""
        explored.detail.post_message(OrderDetail.CustomerChosen(customer))
        await explored.pilot.pause()
        assert {order.customer_id for order in explored.screen.view.snapshot.rows} == {customer}
        assert "match “customer cust_000…” over the 100 loaded" in explored.text


async def test_a_window_that_grows_gets_its_detail() -> None:
    """From stacked to side by side, the pane shows the order at once."""
    async with exploring(fake_session(20), size=(80, 24)) as explored:
        assert not explored.screen.query(OrderDetail)
        await explored.pilot.resize_terminal(130, 40)
        await explored.until(lambda: explored.screen.query(OrderDetail))
        await explored.until(lambda: f"detail of {make_order(19).id}" in explored.text)


async def test_columns_are_chosen_and_metadata_keys_are_among_them() -> None:
    """Toggled columns come and go; a metadata key is a column like any other."""
    async with exploring(fake_session(20), size=(200, 30)) as explored:
        explored.screen.view.columns = ("id", "metadata.basket")
        await explored.pilot.pause()
        assert "basket" in explored.text
        assert "Amount" not in explored.text


async def test_an_account_without_orders_says_so() -> None:
    """An empty table is explained."""
    async with exploring(fake_session(0), rows=0) as explored:
        await explored.until(lambda: "No orders yet." in explored.text)
        await explored.press("y")
        assert "no order is selected" in explored.text


async def test_an_account_beyond_the_reach_points_to_the_export() -> None:
    """The ceiling of the list is said as soon as it matters."""
    session = fake_session(100)
    session.client.documents *= 101
    async with exploring(session, size=(150, 30)) as explored:
        assert "the API lists 10,000 at most: export for all of them" in explored.text


async def test_the_session_is_closed_at_the_end() -> None:
    """Leaving lets go of what the session holds, with exit code 0."""
    async with exploring(fake_session(5)) as explored:
        await explored.press("q")
    assert explored.session.closed
    assert explored.app.return_code == 0


async def test_a_sort_that_carries_the_cursor_to_the_end_asks_for_nothing() -> None:
    """Only the user's own moves read on; otherwise one sort could spend every call there is."""
    async with exploring(fake_session(500)) as explored:
        explored.screen.sort_filter.sort_by("amount")
        await explored.press("G")
        await explored.rows(200)
        explored.screen.sort_filter.sort_by("amount")
        explored.screen.sort_filter.sort_by("amount")
        await explored.pilot.pause(0.1)
        assert pages_asked(explored.session) == [1, 2]
