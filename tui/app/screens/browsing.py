"""The explorer's state: snapshots that come in, and the widgets that show them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui.app.loading import Loading
from tui.app.orders_source import OrdersSource, table_columns
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.orders_table import OrdersTable
from tui.app.panels.problem import Problem
from tui.app.panels.status_bar import FactsLine, HintsLine, budget_fact
from tui.app.panels.title_bar import TitleBar
from tui.app.panels.waiting_fact import waiting_fact
from tui.app.session import OpenSession, Place, Session
from tui.orders.columns import DEFAULT_COLUMNS
from tui.orders.loaded import Fact, Loaded, facts

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.voucherify.answers import OrdersOrder
    from tui.voucherify.waits import Wait

PATIENCE = 0.25
"""Seconds before the screen says that it is waiting; what comes sooner would only flicker."""

SIDE_BY_SIDE = 120
"""Columns from which the detail stands beside the table."""


class DetailPane(Protocol):
    """What a detail pane is to the explorer."""

    def show(self, order: Order | None) -> None:
        """Show an order, or nothing. Must be cheap."""


DetailFactory = Callable[[], Widget]
"""Makes a widget that is a ``DetailPane``."""


class Browsing(Screen[None]):
    """Asks for orders, takes the answers in, and shows what is known. What users do is in ``Explorer``."""

    AUTO_FOCUS = "OrdersTable"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it so)
        (0, "-too-narrow"),
        (40, "-single"),
        (60, "-stacked"),
        (SIDE_BY_SIDE, "-side"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it so)
        (0, "-too-low"),
        (10, "-low"),
        (20, "-tall"),
    ]

    loaded: reactive[Loaded] = reactive(Loaded, init=False)
    """What is known of the orders."""

    columns: reactive[tuple[str, ...]] = reactive(DEFAULT_COLUMNS, init=False)
    """The names of the columns shown."""

    def __init__(
        self, open_session: OpenSession, *, place: Place, detail: DetailFactory, sheets: Sequence[Path] = ()
    ) -> None:
        super().__init__()
        self._sheets = sheets
        self._loading = Loading(self, open_session)
        self._session: Session | None = None
        self._place = place
        self._make_detail = detail
        self._detail: Widget | None = None
        self._detail_chosen: bool | None = None
        self._placed: Order | None = None
        self._asked_order: OrdersOrder = "-created_at"
        self._retry: Callable[[], None] | None = None
        self._go_to: int | None = None
        self._waiting = False
        self._wait: Wait | None = None
        self._countdown: Timer | None = None
        self._furnished = False

    def compose(self) -> ComposeResult:
        """Title, table, facts and keys: what is painted first."""
        yield TitleBar()
        with Container(id="body"):
            yield OrdersTable()
        yield FactsLine()
        yield HintsLine()

    def on_mount(self) -> None:
        """Paint first; everything else comes after."""
        self._show_rows()
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        """Bring in what the first paint does without, with its style sheets, and open the session."""
        stylesheet = self.app.stylesheet
        stylesheet.read_all([sheet for sheet in self._sheets if sheet.exists()])
        stylesheet.reparse()
        too_small = Content("Ordex needs at least 40 columns and 10 lines. q quits.")
        await self.query_one("#body").mount(Container(id="detail"))
        await self.mount(Problem(), FilterBar(), before=self.query_one(FactsLine))
        await self.mount(Static(too_small, id="too-small"))
        self._furnished = True
        self._open()

    def on_resize(self, event: events.Resize) -> None:
        """A wide window shows the detail unless it was closed."""
        self._show_detail_pane(wide=event.size.width >= SIDE_BY_SIDE)

    async def close_session(self) -> None:
        """Let go of the session, if there is one."""
        if self._session is not None:
            await self._session.aclose()

    @property
    def table(self) -> OrdersTable:
        """The table of orders."""
        return self.query_one(OrdersTable)

    @property
    def order(self) -> Order | None:
        """The order that is shown, and so the one that is acted on.

        It is the one under the cursor, or the one that the explorer was opened at until the cursor moves.
        """
        placed = self._placed
        if placed is not None:
            return self.loaded.by_id.get(placed.id, placed)
        return self.loaded.by_id.get(self.table.cursor or "")

    @property
    def elsewhere(self) -> str | None:
        """Why the order that is shown is not in the table; ``None`` when it is, or when none is shown."""
        placed = self._placed
        if placed is None or self.loaded.index(placed.id) is not None:
            return None
        if placed.id in self.loaded.by_id:
            return "the order shown does not match the filter"
        return "the order shown is not in the loaded list"

    @property
    def detail_open(self) -> bool:
        """Whether the detail is on the screen."""
        return self.has_class("-detail")

    def watch_loaded(self) -> None:
        """Another snapshot: show its rows and say what is true of it."""
        self._show_rows()
        self._say()

    def watch_columns(self) -> None:
        """Other columns."""
        self._show_rows()

    def on_loading_opened(self, message: Loading.Opened) -> None:
        """The session is open: ask for the newest page."""
        self._session = message.session
        self.query_one(TitleBar).session = message.session
        if self._place.order_id is not None:
            self._loading.ask_order(self._place.order_id)
        self.ask_page(1)

    def on_loading_page_read(self, message: Loading.PageRead) -> None:
        """Take a page in, unless a newer question made it void."""
        if message.generation != self._loading.generation:
            return
        page, loaded = message.page, self.loaded
        again = page.order == loaded.server_order and page.page in loaded.read_at
        if page.order != loaded.server_order:
            loaded = loaded.with_sort(None)
        known = any(order.id in loaded.by_id for order in page.orders)
        self.loaded = loaded.add_page(
            page.orders,
            page=page.page,
            total=page.total,
            read_at=page.read_at,
            server_order=page.order,
            page_size=page.limit,
        )
        self._answered()
        if again and not known and page.page < self.loaded.pages:
            self.ask_page(page.page + 1)
        if self._placed is not None and not self.table.has_moved:
            self.table.move_to_key(self._placed.id)
        if self._go_to is not None and self._go_to < self.loaded.count:
            self.table.move_to(self._go_to, at_top=True)
            self._go_to = None
        self.call_after_refresh(self._mount_detail)

    def on_loading_order_read(self, message: Loading.OrderRead) -> None:
        """The order that the explorer was opened at."""
        if message.generation == self._loading.generation:
            self._placed = message.order
            if message.order.id in self.loaded.by_id:
                self.loaded = self.loaded.with_order(message.order)
            self.open_detail()
            self.table.move_to_key(message.order.id)
            self._say()

    def on_loading_failed(self, message: Loading.Failed) -> None:
        """Say what happened; the screen keeps what it had."""
        if message.generation != self._loading.generation:
            return
        self._go_to = None
        page = message.page
        if self._session is None:
            self._retry = self._open
        elif page:
            self._retry = lambda: self.ask_page(page)
        else:
            self._retry = None
        self.query_one(Problem).show(message.error)
        self._answered()

    def on_loading_waiting(self, message: Loading.Waiting) -> None:
        """Count the wait down; of two waits at once, the longer one."""
        if self._wait is None or message.wait.until > self._wait.until:
            self._wait = message.wait
        if self._countdown is None:
            self._countdown = self.set_interval(1, self._count_down)
        self._say()

    def tell_wait(self, wait: Wait) -> None:
        """A request of the session waits; may be called from any thread."""
        self._loading.tell_wait(wait)

    def on_problem_due(self) -> None:
        """The wait is over."""
        self.try_again()

    def on_virtual_table_near_end(self) -> None:
        """The cursor nears the end: read on, unless a filter hides how much would have to be read."""
        if self.loaded.filter is None:
            self.read_on()

    def on_virtual_table_row_highlighted(self) -> None:
        """The detail follows the cursor."""
        if self._placed is not None and self.table.cursor != self._placed.id and self.table.has_moved:
            self._placed = None
            self._say()
        self._show_order()

    def ask_page(self, page: int) -> None:
        """Ask for a page in the server order asked for last."""
        self._loading.ask_page(page, self._asked_order)
        self._be_patient()

    def read_on(self) -> bool:
        """Ask for the next page, if there is one; not while another question is open or has failed."""
        page = self.loaded.next_page
        if page is None or self._asked_order != self.loaded.server_order or self.query_one(Problem).is_open:
            return False
        self.ask_page(page)
        return True

    def try_again(self) -> None:
        """Ask once more what got no answer."""
        self.query_one(Problem).clear()
        retry, self._retry = self._retry, None
        if retry is not None:
            retry()

    def open_detail(self) -> None:
        """Show the detail until it is closed."""
        self._detail_chosen = True
        self._show_detail_pane()
        self._mount_detail()

    def close_detail(self) -> None:
        """Leave the table alone on the screen."""
        self._detail_chosen = False
        self._placed = None
        self._show_detail_pane()
        self._say()
        self.table.focus()

    def _open(self) -> None:
        self._loading.open()
        self._be_patient()

    def _show_rows(self) -> None:
        table, loaded = self.table, self.loaded
        table.empty_text = self._why_empty()
        table.show(OrdersSource(loaded, self.columns), table_columns(self.columns, loaded))
        self._show_order()

    def _why_empty(self) -> str:
        if self.loaded.filter is not None:
            return "No loaded order matches. esc clears the filter, > reads more."
        return "" if self.loaded.total is None else "There are no orders here yet."

    def _show_order(self) -> None:
        if self._detail is not None and self.detail_open:
            cast("DetailPane", self._detail).show(self.order)

    def _show_detail_pane(self, *, wide: bool | None = None) -> None:
        if wide is None:
            wide = self.size.width >= SIDE_BY_SIDE
        self.set_class(wide if self._detail_chosen is None else self._detail_chosen, "-detail")
        self._show_order()

    def _mount_detail(self) -> None:
        """Make the detail when it is first needed, which is after the first rows are on the screen."""
        if self._detail is None and self.detail_open and self._furnished:
            self._detail = self._make_detail()
            self.query_one("#detail").mount(self._detail)
            self.call_after_refresh(self._show_order)

    def _count_down(self) -> None:
        if self._wait is not None and self._wait.until <= time.time():
            self._wait = None
        if self._wait is None and self._countdown is not None:
            self._countdown.stop()
            self._countdown = None
        self._say()

    def _be_patient(self) -> None:
        self.set_timer(PATIENCE, self._say_waiting)

    def _say_waiting(self) -> None:
        if self._loading.busy:
            self._waiting = True
            self._say()

    def _answered(self) -> None:
        if not self._loading.busy:
            self._waiting = False
        self._say()

    def _say(self) -> None:
        """Say everything that is true now."""
        said: list[Fact] = [*waiting_fact(self._wait, time.time())]
        if self._waiting:
            pages = ", ".join(str(page) for page in sorted(self._loading.awaited))
            said.append(
                Fact(f"reading page {pages}…", "reading…", 0) if pages else Fact("opening…", "opening…", 0)
            )
        if elsewhere := self.elsewhere:
            said.append(Fact(elsewhere, elsewhere.removeprefix("the order "), 0))
        said += facts(self.loaded)
        if marks := len(self.table.marks):
            said.append(Fact(f"{marks:,} marked", f"{marks:,} marked", 1))
        if self._session is not None:
            budget = self._session.client.budget
            said += budget_fact(budget.remaining, budget.limit)
        self.query_one(FactsLine).facts = tuple(said)
