"""Walking the pages of a list: nothing is claimed that the pages read do not prove."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.fake_orders import order_document
from tests.support.odd_lists import STATED, OddList, documents
from tui.actions.exit_codes import ExitCode
from tui.actions.listing.coverage_text import end_code, found, rest
from tui.actions.listing.page_reader import Listing, OrdersRead, OrdersWalk
from tui.jobs.background.quota import Quota
from tui.voucherify.errors import RateLimited, ServerError

ALL = Listing(everything=True)


async def walk(service: OddList, listing: Listing = ALL, **how: Any) -> OrdersRead:
    """Read a listing."""
    return await OrdersWalk(service, listing, **how).read()


@given(
    count=st.integers(0, 320),
    stated=st.sampled_from(sorted(STATED)),
    cap=st.sampled_from([100, 50, 30]),
    empty=st.lists(st.integers(1, 6), max_size=1),
    same=st.booleans(),
)
async def test_all_is_only_claimed_when_all_was_read(
    count: int, stated: str, cap: int, empty: list[int], same: bool
) -> None:
    """Whatever total is stated, however pages are cut, empty or repeated; and it ends soon."""
    # Without a total, or with one that is wrong by just the orders of a page that is wrongly empty, an empty
    # page cannot be told from the end.
    assume(not empty or stated in ("true", "one more", "many more"))
    made = documents(count)
    service = OddList(made, STATED[stated], cap, empty, same)
    read = await walk(service)
    if read.exhausted:
        assert {order.id for order in read.orders} == {document["id"] for document in made}
        assert end_code(read, ALL) is None
    else:
        assert end_code(read, ALL) is ExitCode.PARTIAL
    assert len(service.asked) <= count // cap + 6


@given(
    count=st.integers(0, 320),
    stated=st.sampled_from(["true", "absent", "zero", "one less", "a few"]),
    cap=st.sampled_from([100, 50, 30]),
)
async def test_a_wrong_total_and_small_pages_hide_no_order(count: int, stated: str, cap: int) -> None:
    """As long as the pages themselves are right, everything is found and said to be."""
    read = await walk(OddList(documents(count), STATED[stated], cap))
    assert len(read.orders) == count
    assert read.exhausted or stated == "absent"


async def test_a_sound_list_costs_no_call_more() -> None:
    """A last page that is shorter than the others and a total that agrees with it are proof."""
    service = OddList(documents(250))
    assert (await walk(service)).exhausted
    assert service.asked == [1, 2, 3]


async def test_a_first_page_short_of_what_was_asked_is_no_end() -> None:
    """The service may cap its pages, and state as total what the page holds: one more call shows it."""
    for cap in (50, 30, 7, 1):
        service = OddList(documents(cap + 1), lambda total, rows: rows, cap)
        read = await walk(service)
        assert len(read.orders) == cap + 1
        assert len((await walk(OddList(documents(cap + 1), STATED["one less"], cap))).orders) == cap + 1
    service = OddList(documents(7))
    assert (await walk(service)).exhausted
    assert service.asked == [1, 2]


@pytest.mark.parametrize("cap", [50, 30])
async def test_a_capped_page_is_not_shown_as_all_of_a_short_list(cap: int) -> None:
    """A list of 100 orders at most reads on as well."""
    read = await walk(OddList(documents(cap + 1), STATED["one less"], cap), Listing(limit=100))
    assert len(read.orders) == cap + 1


async def test_rows_that_come_twice_are_counted_and_given_no_cause() -> None:
    """Nobody saw orders come in: only that rows repeat, or that totals differ."""
    made = documents(40)
    read = await walk(OddList([*made, *made[:12]]), Listing(limit=100))
    words = list(rest(read, Listing(limit=100), None, ""))
    assert words == [
        "12 rows list orders that an earlier row had listed; one may be missing: run it again to be sure"
    ]
    service = OddList(documents(250))
    service.before_page[2] = lambda made: made.pop()
    read = await walk(service, Listing(limit=249))
    assert read.coverage.contradiction == "the service stated different totals"


async def test_a_full_last_page_is_no_end() -> None:
    """A total that agrees with full pages only may be the service's mistake: one more call shows it."""
    service = OddList(documents(250), STATED["a hundred"])
    assert len((await walk(service)).orders) == 250
    service = OddList(documents(200))
    assert (await walk(service)).exhausted
    assert service.asked == [1, 2, 3]


async def test_an_empty_page_is_read_again() -> None:
    """A page that came empty once is not lost."""
    service = OddList(documents(250), empty_pages=[2])
    service.before_page[3] = lambda _: setattr(service, "empty_pages", ())
    read = await walk(service)
    assert read.exhausted
    assert service.asked == [1, 2, 3, 4, 5, 2]


async def test_an_order_that_comes_while_reading_is_found() -> None:
    """It pushes the others on: one comes twice, and the new one is on the first page."""
    service = OddList(documents(250))
    service.before_page[2] = lambda made: made.insert(0, order_document(999))
    read = await walk(service)
    assert read.exhausted
    assert len(read.orders) == 251


async def test_orders_without_an_id_are_never_taken_for_one() -> None:
    """Nor are different orders with the same id."""
    made: list[dict[str, Any]] = []
    for number, document in enumerate(documents(40)):
        document["id"] = [None, 17, "", "twice"][number % 4]
        made.append(document)
    for document in made[:8:4]:
        del document["id"]
    read = await walk(OddList(made))
    assert [order.raw for order in read.orders] == made
    assert read.exhausted


async def test_the_reserve_is_kept_and_what_was_paid_for_is_there() -> None:
    """Twelve calls an hour: a fifth of them is the person's."""
    service = OddList(documents(2500))
    calls = iter(range(8, -1, -1))
    read = await walk(service, allowance=lambda: Quota(next(calls), 11, 12))
    assert len(read.orders) == 900
    assert read.kept_calls
    assert (read.next_page, end_code(read, ALL)) == (10, ExitCode.RATE_LIMIT)


@pytest.mark.parametrize(
    ("error", "code"), [(RateLimited(), ExitCode.RATE_LIMIT), (ServerError(500), ExitCode.PARTIAL)]
)
async def test_an_error_later_on_loses_nothing(error: RateLimited, code: ExitCode) -> None:
    """Each page was given as it came; the first page alone raises."""
    pages: list[int] = []
    service = OddList(documents(250), failures={3: error})
    read = await walk(service, on_page=lambda orders: pages.append(len(orders)))
    assert (pages, len(read.orders), read.next_page) == ([100, 100], 200, 3)
    assert end_code(read, ALL) is code
    with pytest.raises(type(error)):
        await walk(OddList([], failures={1: error}))


async def test_going_on_from_a_page_says_so() -> None:
    """The rest is not called the whole."""
    listing = Listing(everything=True, page=2)
    read = await walk(OddList(documents(250)), listing)
    assert read.exhausted
    assert found(read, listing)[0].startswith("150 of 250 orders, from page 2 on · newest first")


async def test_small_pages_are_no_end_from_a_later_page_either() -> None:
    """With pages of 50, page 3 is not the third hundred."""
    read = await walk(OddList(documents(250), cap=50), Listing(everything=True, page=3))
    assert len(read.orders) == 150


async def test_one_page_is_one_call() -> None:
    """Unless the service sends smaller pages than it was asked for."""
    for stated in STATED.values():
        service = OddList(documents(250), stated)
        assert len((await walk(service, Listing(limit=10))).orders) == 10
        assert service.asked == [1]
    service = OddList(documents(250), cap=50)
    assert len((await walk(service, Listing(limit=100))).orders) == 100


async def test_a_total_that_was_disproved_is_not_repeated_as_one() -> None:
    """“10 of 7 orders” was said, and “0 of 0”."""
    read = await walk(OddList(documents(250), STATED["a few"]), Listing(limit=10))
    said = found(read, Listing(limit=10))
    assert said[0].startswith("10 orders, total unknown")
    assert said[1] == "the service counts 7 orders, which is fewer than it listed"


async def test_an_empty_page_between_others_is_a_gap_without_a_total_too() -> None:
    """What may be missing is said."""
    read = await walk(OddList(documents(350), STATED["absent"], empty_pages=[2]))
    assert not read.exhausted
    assert read.coverage.gaps == (2,)
