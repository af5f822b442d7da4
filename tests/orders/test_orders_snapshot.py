"""Snapshots of what is loaded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_orders import make_order
from tui.orders.order import Order
from tui.orders.orders_snapshot import LocalFilter, LocalSort, OrdersSnapshot
from tui.orders.snapshot_facts import describe_snapshot

READ = datetime(2026, 11, 23, 14, 5, 9, tzinfo=UTC)


def page_of(loaded: OrdersSnapshot, orders: list[Order], page: int = 1, **fields: Any) -> OrdersSnapshot:
    """Add a page with the usual facts."""
    given_fields: dict[str, Any] = {"total": 2500, "read_at": READ, "server_order": "-created_at"} | fields
    return loaded.add_page(orders, page=page, **given_fields)


def whole_list(listed: list[Order]) -> OrdersSnapshot:
    """A first page and the empty one behind it, which shows that the list ends."""
    return page_of(page_of(OrdersSnapshot(), listed, total=len(listed)), [], 2, total=len(listed))


def orders(*numbers: int) -> list[Order]:
    """Generated orders by number."""
    return [make_order(number) for number in numbers]


def shown(loaded: OrdersSnapshot) -> list[str]:
    """The source ids of the rows, as short names."""
    return [str(int(order.id[4:], 16)) for order in loaded.rows]


def said(loaded: OrdersSnapshot) -> str:
    """Everything said about the snapshot, in one line."""
    return " · ".join(fact.text for fact in describe_snapshot(loaded))


def test_nothing_is_said_before_anything_is_read() -> None:
    """An empty snapshot claims nothing."""
    assert describe_snapshot(OrdersSnapshot()) == ()
    assert OrdersSnapshot().next_page == 1


def test_a_part_is_called_a_part() -> None:
    """Loaded and known are told apart, with the server's order and the time of reading."""
    loaded = page_of(OrdersSnapshot(), orders(*range(100)))
    assert (
        said(loaded) == "100 of 2,500 loaded · newest first, from the server · read 2026-11-23 14:05:09 UTC"
    )
    assert loaded.next_page == 2


def test_an_overlapping_page_adds_each_order_once_and_the_newest_reading_wins() -> None:
    """Rows that moved to the next page between two readings are not shown twice."""
    first = page_of(OrdersSnapshot(), orders(9, 8, 7), page_size=3)
    changed = make_order(7, status="PAID", amount=1)
    second = page_of(first, [changed, *orders(6, 5)], 2, page_size=3)
    assert shown(second) == ["9", "8", "7", "6", "5"]
    assert second.by_id[changed.id] is changed
    assert second.before[changed.id] is first.by_id[changed.id]
    assert shown(first) == ["9", "8", "7"]


def test_a_page_read_again_puts_new_orders_where_the_server_has_them() -> None:
    """After a refresh the new order is on top, known ones stay, and only what differs is noted."""
    first = page_of(page_of(OrdersSnapshot(), orders(5, 4, 3), page_size=3), orders(2, 1, 0), 2, page_size=3)
    again = page_of(first, orders(6, 5, 4), page_size=3)
    assert shown(again) == ["6", "5", "4", "3", "2", "1", "0"]
    assert again.before == {make_order(6).id: None}
    assert again.with_changes_seen().before == {}


def test_another_server_order_begins_anew_and_keeps_sort_and_filter() -> None:
    """Pages of two server orders are never mixed."""
    wanted = LocalFilter("all", lambda _: True)
    loaded = page_of(OrdersSnapshot(sort=LocalSort("amount"), filter=wanted), orders(1, 2))
    other = page_of(loaded, orders(3), server_order="updated_at")
    assert shown(other) == ["3"]
    assert (other.sort, other.filter) == (LocalSort("amount"), wanted)
    assert "least recently updated first" in said(other)


def test_sorting_a_part_says_over_what_and_puts_missing_values_last() -> None:
    """A local sort names its column, its direction and its cover."""
    found = [make_order(1, amount=None), make_order(2, amount=5), make_order(3, amount=9)]
    loaded = page_of(OrdersSnapshot(), found, page_size=3)
    down = loaded.with_sort(LocalSort("amount", descending=True))
    assert shown(down) == ["3", "2", "1"]
    assert shown(loaded.with_sort(LocalSort("amount"))) == ["2", "3", "1"]
    assert "sorted by amount ↓ over the 3 loaded" in said(down)
    assert shown(down.with_sort(None)) == shown(loaded)


def test_filtering_a_part_says_over_what() -> None:
    """A filter over a part is never told as one over the account."""
    loaded = page_of(OrdersSnapshot(), orders(*range(100)))
    few = loaded.with_filter(LocalFilter("paid", lambda order: order.status == "PAID"))
    assert "25 match “paid”, filtered over the 100 loaded" in said(few)
    whole = whole_list(orders(1, 2)).with_filter(LocalFilter("x", lambda _: False))
    assert said(whole).startswith("all 2 loaded · 0 match “x”, filtered over all 2")


def test_the_ceiling_is_said_when_it_matters_and_only_then() -> None:
    """An account beyond the API's reach says so and points to the export."""
    page = orders(*range(100))
    assert "export" not in said(page_of(OrdersSnapshot(), page, total=10_000))
    assert "the API lists 10,000 at most: export for all of them" in said(
        page_of(OrdersSnapshot(), page, total=10_001)
    )
    last = page_of(OrdersSnapshot(), page, 100, total=20_000)
    assert last.at_ceiling
    assert last.next_page is None


def test_pages_read_at_different_times_say_both() -> None:
    """A mixed snapshot does not claim the newest time for all of it."""
    loaded = page_of(OrdersSnapshot(), orders(*range(100)))
    later = page_of(loaded, orders(*range(100, 200)), 2, read_at=READ + timedelta(minutes=3))
    assert "read 2026-11-23 14:05:09 to 14:08:09 UTC" in said(later)


def test_an_empty_account_is_complete() -> None:
    """No orders is a fact of its own."""
    loaded = page_of(OrdersSnapshot(), [], total=0)
    assert loaded.complete
    assert said(loaded).startswith("no orders")


def test_one_order_read_again_replaces_its_reading() -> None:
    """A newer reading of a single order is taken in at its place."""
    loaded = page_of(OrdersSnapshot(), orders(1, 2))
    newer = make_order(1, status="CANCELED")
    assert loaded.with_order(newer).by_id[newer.id] is newer
    assert loaded.with_order(newer).server_ids == loaded.server_ids


def test_an_order_that_was_just_created_comes_first_and_counts() -> None:
    """It is marked as new, and the total is one more until the list is read again."""
    loaded = page_of(OrdersSnapshot(), orders(1, 2), total=2)
    created = make_order(4, updated_at=None)
    taken_in = loaded.with_order(created)
    assert taken_in.rows[0] is created
    assert (taken_in.total, taken_in.count, taken_in.before[created.id]) == (3, 3, None)


def test_an_old_order_does_not_become_the_newest() -> None:
    """An order beyond what is loaded is not taken in; one within comes at its place and is not new."""
    loaded = page_of(OrdersSnapshot(), orders(9, 8, 6, 5), total=9)
    assert loaded.with_order(make_order(2)) is loaded
    within = loaded.with_order(make_order(7))
    assert [row.id for row in within.rows] == [make_order(number).id for number in (9, 8, 7, 6, 5)]
    assert (within.total, dict(within.before)) == (9, {})
    complete = whole_list(orders(9, 8))
    assert complete.with_order(make_order(2)).server_ids[-1] == make_order(2).id


@given(
    st.lists(st.integers(1, 30), unique=True, min_size=1),
    st.integers(31, 60) | st.integers(0, 0),
    st.sampled_from(["-created_at", "created_at"]),
)
def test_an_order_is_taken_in_where_the_server_lists_it(
    numbers: list[int], other: int, server_order: str
) -> None:
    """Newest first or oldest first: the rows stay in the server's order."""
    listed = sorted(numbers, reverse=server_order.startswith("-"))
    loaded = page_of(
        OrdersSnapshot(server_order=server_order), orders(*listed), total=99, server_order=server_order
    )
    taken_in = loaded.with_order(make_order(other))
    times = [row.created_at or "" for row in taken_in.rows]
    assert times == sorted(times, reverse=server_order.startswith("-"))
    assert len(times) == len(numbers) + (taken_in is not loaded)


def test_an_order_is_found_by_id_among_the_rows() -> None:
    """The place of an order follows sort and filter."""
    loaded = page_of(OrdersSnapshot(), orders(1, 2, 3))
    assert loaded.index(make_order(3).id) == 2
    assert loaded.with_filter(LocalFilter("", lambda _: False)).index(make_order(3).id) is None
    assert loaded.index("ord_unknown") is None


PAGES = st.lists(
    st.tuples(st.integers(1, 5), st.lists(st.integers(0, 30), max_size=6, unique=True)), max_size=8
)


@given(PAGES, st.sampled_from(["amount", "status", "customer", "created_at"]), st.booleans())
def test_any_pages_in_any_order_keep_every_order_once(
    pages: list[tuple[int, list[int]]], column: str, descending: bool
) -> None:
    """However pages overlap, nothing read is lost or doubled, and a sort only rearranges."""
    loaded = OrdersSnapshot()
    for page, numbers in pages:
        loaded = page_of(loaded, orders(*numbers), page, page_size=6)
    read = {make_order(number).id for _, numbers in pages for number in numbers}
    assert set(loaded.server_ids) == read == set(loaded.by_id)
    assert len(loaded.server_ids) == len(read)
    arranged = loaded.with_sort(LocalSort(column, descending))
    assert sorted(order.id for order in arranged.rows) == sorted(read)
    assert arranged.with_sort(None).rows == loaded.rows


@given(st.lists(st.integers(0, 50), unique=True, max_size=20), st.integers(0, 50))
def test_a_filter_shows_exactly_what_it_accepts(numbers: list[int], bound: int) -> None:
    """Shown rows are the accepted ones, in the same order; clearing brings all back."""
    loaded = page_of(OrdersSnapshot(), orders(*numbers))
    limit = make_order(bound).amount or 0
    few = loaded.with_filter(LocalFilter("small", lambda order: (order.amount or 0) < limit))
    assert [o for o in loaded.rows if (o.amount or 0) < limit] == list(few.rows)
    assert few.with_filter(None).rows == loaded.rows


def test_a_walk_page_by_page_reaches_the_end() -> None:
    """A walk to the last page keeps every order, sorted on the way."""
    made = orders(*range(1000))
    loaded = OrdersSnapshot(sort=LocalSort("amount"))
    for page in range(10):
        loaded = page_of(loaded, made[page * 100 : page * 100 + 100], page + 1, total=1000)
    assert not loaded.complete
    assert "1,000 loaded, end of the list not reached" in said(loaded)
    loaded = page_of(loaded, [], 11, total=1000)
    assert loaded.complete
    amounts = [order.amount or 0 for order in loaded.rows]
    assert amounts == sorted(amounts)


ODD_TOTALS = [None, 0, 5, 99, 100, 101, 100_000]


@pytest.mark.parametrize("total", ODD_TOTALS)
@pytest.mark.parametrize("rows", [100, 50])
def test_a_total_alone_never_makes_it_all(total: int | None, rows: int) -> None:
    """“100 of 100”, “all 100 loaded” and “100 of 5” were said of the first of many pages."""
    loaded = page_of(OrdersSnapshot(), orders(*range(rows)), total=total)
    assert not loaded.complete
    words = said(loaded).split(" · ")[0]
    if total is None or total < rows:
        assert words == f"{rows} loaded, total unknown"
    elif total == rows:
        assert words == f"{rows} loaded, end of the list not reached"
    else:
        assert words == f"{rows} of {total:,} loaded"
    assert loaded.next_page == 2


def test_the_end_is_reached_by_what_was_read() -> None:
    """Two pages without an order, or a total that agrees and a page that is short of an earlier one."""
    first = page_of(OrdersSnapshot(), orders(*range(50)), total=None)
    second = page_of(first, [], 2, total=None)
    assert not second.coverage.ended
    third = page_of(second, [], 3, total=None)
    assert said(third).startswith("all 50 loaded")
    full = page_of(OrdersSnapshot(), orders(*range(100)), total=102)
    assert said(page_of(full, orders(100, 101), 2, total=102)).startswith("all 102 loaded")
    assert said(page_of(OrdersSnapshot(), orders(1, 2), total=2)).startswith(
        "2 loaded, end of the list not reached"
    )
    assert said(whole_list(orders(1, 2))).startswith("all 2 loaded")
    wrong = page_of(page_of(page_of(OrdersSnapshot(), orders(1, 2), total=9), [], 2, total=9), [], 3, total=9)
    assert said(wrong).startswith("2 of 9 loaded, the service lists no more")
    assert wrong.next_page is None


def test_orders_without_an_id_are_rows_of_their_own() -> None:
    """They all became one; read again, a page still has each of them once."""
    made = [make_order(number, id=odd) for number, odd in enumerate([None, "", 5, "same", "same"])]
    loaded = whole_list(made)
    assert [order.raw for order in loaded.rows] == [order.raw for order in made]
    assert loaded.complete
    again = page_of(loaded, [make_order(n, id=odd) for n, odd in enumerate([None, "", 5])], total=3)
    assert again.count == 4
    assert [again.index(order.key) for order in again.rows] == [0, 1, 2, 3]
