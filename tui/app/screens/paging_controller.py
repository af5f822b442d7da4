"""Reading orders into the view: pages, single orders, refresh, and what failed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.actions.session import Session
from tui.app.feedback.notifications import notify
from tui.app.panels.orders_table import OrdersTable
from tui.app.panels.problem import Problem
from tui.app.panels.status_bar import FactsLine
from tui.app.panels.status_texts import awaited_fact, failure_fact, why_empty
from tui.app.session import OpenSession
from tui.orders.coverage import LAST_PAGE
from tui.orders.orders_snapshot import PAGE_SIZE
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.visible import visible

from .orders_loader import OrdersLoader
from .orders_view import OrdersView

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.responses import OrdersOrder

WAITING_DELAY = 0.25
"""Seconds before the status line shows that a request is running; a shorter time would flicker."""


class PagingController:
    """Asks for pages and orders, adds the answers to the view, and keeps failed requests for another try.

    Args:
        screen: has an ``OrdersTable``, a ``Problem`` panel and a ``FactsLine``; gets the loader's answers.
        view: takes the orders.
        open_session: connects to the account.
        start_order_id: an order to open with, by id or source_id.
        on_status: called when the status line has to change.
        on_order: called with the order that was asked for by id.
        on_page: called after each page.
        way_out: a key and what it does, where something else may help than another try.
    """

    def __init__(
        self,
        screen: Screen[Any],
        view: OrdersView,
        open_session: OpenSession,
        *,
        start_order_id: str | None = None,
        on_status: Callable[[], None] = lambda: None,
        on_order: Callable[[Order], None] = lambda order: None,
        on_page: Callable[[], None] = lambda: None,
        way_out: Callable[[], str] = lambda: "",
    ) -> None:
        self._screen = screen
        self._view = view
        self._loader = OrdersLoader(screen, open_session)
        self._start_order_id = start_order_id
        self._on_status, self._on_order, self._on_page = on_status, on_order, on_page
        self._way_out = way_out
        self.session: Session | None = None
        self.server_order: OrdersOrder = "-created_at"
        """The order of the pages that were asked for last."""
        self._failed: list[Callable[[], None]] = []
        self._failure = ""
        self._target_row: int | None = None
        self._shows_waiting = False

    @property
    def is_opening(self) -> bool:
        """Whether nothing was read yet, but a request is running."""
        return self._loader.busy and not self._view.snapshot.is_read

    def open(self) -> None:
        """Open the session; the first page follows."""
        self._loader.open()
        self._show_waiting_later()

    def handle(self, answer: OrdersLoader.Answer) -> None:
        """Take in an answer of the loader."""
        match answer:
            case OrdersLoader.Opened():
                self._session_opened(answer.session)
            case OrdersLoader.PageRead():
                self._page_read(answer)
            case OrdersLoader.OrderRead():
                self._on_order(answer.order)
                self._answered()
            case OrdersLoader.Failed():
                self._request_failed(answer)
            case OrdersLoader.Waiting():
                self._screen.query_one(FactsLine).count_down(answer.wait)

    def show_wait(self, wait: Wait) -> None:
        """Show that a request waits before it is sent; may be called from any thread."""
        self._loader.tell_wait(wait)

    def restart(self, *pages: int, server_order: OrdersOrder | None = None) -> None:
        """Ask for these pages, and drop the answers to earlier requests."""
        if server_order is not None:
            self.server_order = server_order
        self.forget_failures()
        self._loader.begin()
        for page in pages:
            self._ask_page(page)

    def read_on(self) -> bool:
        """Ask for the next page if there is one and no other request is open or has failed."""
        page = self._view.snapshot.next_page
        is_blocked = self._screen.query_one(Problem).is_open
        if page is None or self.server_order != self._view.snapshot.server_order or is_blocked:
            return False
        self._ask_page(page)
        return True

    def read_on_unless_filtered(self) -> None:
        """Read on at the end of the rows; a filter would hide how many pages that takes."""
        if self._view.snapshot.filter is None:
            self.read_on()

    def refresh(self) -> None:
        """Read the first page and the page of the cursor again, or send failed requests again."""
        if self.session is None or self._failed:
            self.retry()
            return
        self._view.snapshot = self._view.snapshot.with_changes_seen()
        opened = self._view.opened_order
        if opened is not None and self._view.why_not_listed:
            self.restart(1)
            self._ask_order(opened.id)
        else:
            self.restart(*sorted({1, self._page_of_cursor()}))

    def next_page(self) -> None:
        """Move to the first row of the next page, which may have to be read first."""
        snapshot, table = self._view.snapshot, self._table
        start = (table.cursor_index // PAGE_SIZE + 1) * PAGE_SIZE
        if snapshot.sort is None and snapshot.filter is None:
            if start < snapshot.count:
                table.move_to(start, at_top=True)
                return
            self._target_row = start
        if not self.read_on():
            self._target_row = None
            limit = f"The API lists {LAST_PAGE} pages at most."
            notify(self._screen, limit if snapshot.at_ceiling else "This is the last page.")

    def previous_page(self) -> None:
        """Move to the first row of the previous page."""
        start = (self._table.cursor_index - 1) // PAGE_SIZE * PAGE_SIZE
        self._table.move_to(max(0, start), at_top=True)

    def retry(self) -> None:
        """Send every failed request again."""
        failed = self._failed
        self.forget_failures()
        for ask in failed:
            ask()

    def forget_failures(self) -> None:
        """Close the problem panel and drop failed requests."""
        self._screen.query_one(Problem).clear()
        self._failed, self._failure = [], ""
        self.show_why_empty()

    def close_problem(self) -> None:
        """Close the problem panel. Without any orders the failure stays in the status line, and r retries."""
        if not self._view.snapshot.is_read:
            self._screen.query_one(Problem).clear()
        else:
            self.forget_failures()
            self.server_order = self._view.snapshot.server_order  # type: ignore[assignment] # of a page
        self._on_status()

    def show_why_empty(self) -> None:
        """Show in the table why it has no rows."""
        self._table.empty_text = why_empty(self._view.snapshot, self._failure)
        self._table.refresh()

    def facts(self) -> tuple[SnapshotFact, ...]:
        """The running requests and the failed ones."""
        awaited = awaited_fact(self._loader.awaited, self._loader.awaited_orders)
        waiting = (awaited,) if self._shows_waiting else ()
        hides_failure = self._failure and not self._screen.query_one(Problem).is_open
        return (*waiting, *((failure_fact(self._failure),) if hides_failure else ()))

    @property
    def _table(self) -> OrdersTable:
        return self._screen.query_one(OrdersTable)

    def _session_opened(self, session: Session) -> None:
        self.session = session
        if self._start_order_id is not None:
            self._ask_order(self._start_order_id)
        self._ask_page(1)

    def _page_read(self, answer: OrdersLoader.PageRead) -> None:
        if answer.generation != self._loader.generation:
            return
        page, snapshot = answer.page, self._view.snapshot
        is_repeated = page.order == snapshot.server_order and page.page in snapshot.read_at
        if page.order != snapshot.server_order:
            snapshot = snapshot.with_sort(None)
        has_known = any(order.key in snapshot.by_id for order in page.orders)
        self._view.snapshot = snapshot.add_page(
            page.orders,
            page=page.page,
            total=page.total,
            read_at=page.read_at,
            server_order=page.order,
            page_size=page.limit,
        )
        self._answered()
        snapshot = self._view.snapshot
        if is_repeated and not has_known and page.page < snapshot.pages:
            self._ask_page(page.page + 1)
        # Neither a page without new orders nor a short first page is the end of the list.
        if snapshot.coverage.idle or snapshot.coverage.is_unconfirmed:
            self.read_on()
        opened = self._view.opened_order
        if opened is not None and not self._table.has_moved:
            self._table.move_to_key(opened.key)
        if self._target_row is not None and self._target_row < snapshot.count:
            self._table.move_to(self._target_row, at_top=True)
            self._target_row = None
        self._on_page()

    def _request_failed(self, answer: OrdersLoader.Failed) -> None:
        if answer.order_id is None and answer.generation != self._loader.generation:
            return
        self._target_row = None
        self._failed.append(self._request(answer))
        problem = self._screen.query_one(Problem)
        problem.show(answer.error, way_out=visible(self._way_out(), limit=100))
        self._failure = problem.title
        if self._view.preview.rows:
            self._view.drop_preview()
        self._answered()

    def _request(self, answer: OrdersLoader.Failed) -> Callable[[], None]:
        """The request that failed."""
        if self.session is None:
            return self.open
        if answer.order_id is not None:
            return partial(self._ask_order, answer.order_id)
        return partial(self._ask_page, answer.page)

    def _ask_page(self, page: int) -> None:
        self._loader.ask_page(page, self.server_order)
        self._show_waiting_later()

    def _ask_order(self, order_id: str) -> None:
        self._loader.ask_order(order_id)
        self._show_waiting_later()

    def _page_of_cursor(self) -> int:
        cursor, ids = self._table.cursor, self._view.snapshot.server_ids
        return ids.index(cursor) // PAGE_SIZE + 1 if cursor in self._view.snapshot.by_id else 1

    def _show_waiting_later(self) -> None:
        self._screen.set_timer(WAITING_DELAY, self._show_waiting)

    def _show_waiting(self) -> None:
        if self._loader.busy:
            self._shows_waiting = True
            self._on_status()

    def _answered(self) -> None:
        if not self._loader.busy:
            self._shows_waiting = False
        self.show_why_empty()
        self._on_status()
