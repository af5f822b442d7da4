"""How many orders a list has out of how many, as text. It claims only what the pages prove."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.failures import sentences
from tui.actions.listing.page_reader import pages_to_come
from tui.jobs.background.quota import RESERVE
from tui.orders.coverage import LAST_PAGE
from tui.orders.orders_snapshot import SERVER_ORDERS
from tui.terminal.pluralize import pluralize
from tui.voucherify.errors import RateLimited
from tui.voucherify.responses import REACH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.actions.listing.page_reader import Listing, OrdersRead
    from tui.jobs.background.quota import Quota
    from tui.orders.coverage import Coverage

WINDOW = f"the API lists {LAST_PAGE} pages, {REACH:,} orders, in one direction at most"


def plan(coverage: Coverage, allowance: Quota, *, may_end_early: bool = False) -> str:
    """The calls that the rest of the list takes, and the calls available; empty if it takes none.

    ``may_end_early`` is whether a filter may rule out later pages before all are read.
    """
    calls = pages_to_come(coverage)
    if calls == 0:
        return ""
    if calls is None:
        words = "no total from the service: reading until the list ends"
    else:
        at_most = "at most " if may_end_early and calls > 1 else ""
        words = f"{pluralize(coverage.total or 0, 'order')}: {at_most}{pluralize(calls, 'more call')}"
    if allowance.calls is not None and allowance.limit is not None:
        words += f"; {allowance.remaining or 0:,} of {pluralize(allowance.limit, 'call')} left"
        if calls is not None and allowance.calls < calls:
            words += f", {allowance.calls:,} of them for this: {_reserve(allowance)} are left for you"
    if coverage.total is not None and coverage.total > REACH:
        words += f"; {WINDOW}"
    return words


def found(read: OrdersRead, listing: Listing, order: str | None = None) -> tuple[str, ...]:
    """The number of orders in the result, out of how many; ``order`` is their sort order."""
    count, total = len(read.orders), read.coverage.total
    if listing.matches is not None:
        match = "matches" if read.matching == 1 else "match"
        words = f"{pluralize(read.matching, 'order')} {match} among the {read.looked_at:,} looked at"
        words += f", of {total:,}" if total is not None else ", total unknown"
    elif total is not None:
        words = f"{count:,} of {pluralize(total, 'order')}"
    else:
        words = f"{pluralize(count, 'order')}, total unknown"
    if count < read.matching:
        words += f", the first {count:,} shown"
    if listing.page > 1 and listing.everything:
        words += f", from page {listing.page:,} on"
    text = f"{words} · {SERVER_ORDERS[order or listing.order]} · {pluralize(read.calls, 'call')}"
    if total is None and read.coverage.stated is not None:
        return (text, f"the service counts {read.coverage.stated:,} orders, which is fewer than it listed")
    return (text,)


def describe_unreadable(read: OrdersRead, skipped: Sequence[str]) -> Iterator[str]:
    """Orders that the filter could not evaluate, and values of a type that the API does not document."""
    from tui.orders.filter import describe_skipped

    if words := describe_skipped(skipped):
        yield words
    odd = [order.problems for order in read.orders if order.problems]
    if odd:
        places = dict.fromkeys(problem.partition(":")[0] for problems in odd for problem in problems)
        shown = ", ".join(list(places)[:5]) + (", …" if len(places) > 5 else "")
        yield f"{pluralize(len(odd), 'order')} with values of an unexpected type, shown unchanged: {shown}"


def describe_sort(read: OrdersRead, sort: str | None) -> tuple[str, ...]:
    """Which orders a sort covers."""
    if not sort:
        return ()
    these = "this 1 order" if len(read.orders) == 1 else f"these {len(read.orders):,} orders"
    return (f"sorted by {sort.removeprefix('-')} over {these} only",)


def rest(
    read: OrdersRead, listing: Listing, allowance: Callable[[], Quota] | None, again: str
) -> Iterator[str]:
    """What is missing, why, and how to continue; ``again`` is the command that continues."""
    if read.error is not None:
        yield from sentences(read.error)
    if not listing.everything:
        if read.error is None and read.coverage.contradiction:
            yield f"{read.coverage.contradiction}; one may be missing: run it again to be sure"
        if listing.matches and not read.exhausted and len(read.orders) < listing.limit and not read.error:
            yield "--all searches all orders"
        return
    if read.exhausted:
        return
    yield f"{_missing(read.coverage)}: {_why(read, allowance)}"
    if read.error is not None or read.kept_calls:
        yield f"continue with: {again}"


def end_code(read: OrdersRead, listing: Listing) -> ExitCode | None:
    """The exit code of a list that is incomplete; ``None`` if it is complete."""
    if isinstance(read.error, RateLimited) or read.kept_calls:
        return ExitCode.RATE_LIMIT
    if read.error is not None or (listing.everything and not read.exhausted):
        return ExitCode.PARTIAL
    return None


def _missing(coverage: Coverage) -> str:
    if coverage.missing:
        return f"{pluralize(coverage.missing, 'order')} not read"
    return "it is unknown whether all orders were read"


def _why(read: OrdersRead, allowance: Callable[[], Quota] | None) -> str:
    if read.error is not None:
        return f"page {read.next_page:,} could not be read"
    if read.kept_calls and allowance is not None:
        return _kept(allowance())
    return _why_incomplete(read)


def _why_incomplete(read: OrdersRead) -> str:
    """Why a list is incomplete although it was read to its end."""
    coverage = read.coverage
    if coverage.last_page >= LAST_PAGE:
        return f"{WINDOW}; use ordex export for the rest"
    if coverage.gaps:
        pages = ", ".join(f"{page:,}" for page in coverage.gaps)
        return f"the service sent no orders for page {pages}; run it again"
    if coverage.contradiction:
        return f"{coverage.contradiction}; run it again"
    if coverage.total is None:
        return "the service did not send a total, and its list does not end clearly"
    return f"the service counts {coverage.total:,} but lists no more"


def _kept(allowance: Quota) -> str:
    words = f"stopped to leave {_reserve(allowance)} for you"
    if allowance.more_at is not None:
        words += f"; new calls from {datetime.fromtimestamp(allowance.more_at, UTC):%H:%M:%SZ}"
    return words


def _reserve(allowance: Quota) -> str:
    limit = allowance.limit or 0
    return f"{ceil(limit * RESERVE):,} of {pluralize(limit, 'call')}"
