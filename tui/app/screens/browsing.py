"""The explorer's state: snapshots that come in, and what the frame shows of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.reactive import reactive

from tui.actions.session import Session
from tui.app.loading import Loading
from tui.app.masking import masks_at
from tui.app.orders_source import OrdersSource, table_columns
from tui.app.panels.problem import Problem
from tui.app.panels.status_bar import FactsLine
from tui.app.panels.telling import awaited_fact, failure_fact, why_elsewhere, why_empty
from tui.app.panels.title_bar import TitleBar
from tui.app.session import OpenSession, Place
from tui.orders.columns import DEFAULT_COLUMNS
from tui.orders.loaded import Fact, Loaded, facts

from .frame import DetailFactory, Frame

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.app.panels.detail_pane import DetailPane
    from tui.orders.order import Order
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.responses import OrdersOrder

PATIENCE = 0.25
"""Seconds before the screen says that it is waiting; what comes sooner would only flicker."""


class Browsing(Frame):
    """Asks for orders, takes the answers in, and shows what is known. What users do is in ``Explorer``."""

    loaded: reactive[Loaded] = reactive(Loaded, init=False)
    """What is known of the orders."""

    columns: reactive[tuple[str, ...]] = reactive(DEFAULT_COLUMNS, init=False)
    """The names of the columns shown."""

    def __init__(
        self, open_session: OpenSession, *, place: Place, detail: DetailFactory, sheets: Sequence[Path] = ()
    ) -> None:
        super().__init__(detail=detail, sheets=sheets)
        self._loading = Loading(self, open_session)
        self._session: Session | None = None
        self.on_orders_loaded: Callable[[int], object] = lambda count: count
        """Called with the number of loaded orders whenever a page was read."""
        self.expected: SessionInfo | None = None
        """How the account will stand when its session is open; the header tells it until then."""
        self._place = place
        self._placed: Order | None = None
        self._asked_order: OrdersOrder = "-created_at"
        self._unanswered: list[Callable[[], None]] = []
        self._failure = ""
        self._go_to: int | None = None
        self._go_back_to = place.stand.cursor if place.stand else None
        self._waiting = False
        self.glimpse = Loaded()
        """Rows to show until something is read; they are not counted, and nothing can be done to them."""
        if place.stand is not None:
            self.set_reactive(Browsing.loaded, place.stand.loaded)
            self.set_reactive(Browsing.columns, place.stand.columns or DEFAULT_COLUMNS)
            self._asked_order = cast("OrdersOrder", place.stand.loaded.server_order)

    def on_mount(self) -> None:
        """Show at once what is at hand."""
        masks_at(self).learn([order.raw for order in self.loaded.by_id.values()])
        if self.expected is not None:
            self.app.set_class(self.expected.kind == "production", "-production")
        self._show_rows()
        if self._go_back_to is not None:
            self.table.move_to_key(self._go_back_to)

    def furnished(self) -> None:
        """Open the session."""
        self._open()

    @property
    def account(self) -> SessionInfo | None:
        """The session, or how it will stand when it is open."""
        return self._session or self.expected

    @property
    def has_orders(self) -> bool:
        """Whether a page of them was read, be it an empty one."""
        return self.loaded.is_read

    async def close_session(self) -> None:
        """Let go of the session, if there is one."""
        if self._session is not None:
            await self._session.aclose()

    @property
    def order(self) -> Order | None:
        """The order that is shown, and so the one that is acted on.

        It is the one under the cursor, or the one that the explorer was opened at until the cursor moves.
        """
        placed = self._placed
        if placed is not None:
            return self.loaded.by_id.get(placed.key, placed)
        return self.loaded.by_id.get(self.table.cursor or "")

    @property
    def elsewhere(self) -> str | None:
        """Why the order that is shown is not in the table; ``None`` when it is, or when none is shown."""
        return why_elsewhere(self._placed, self.loaded)

    def watch_loaded(self) -> None:
        """Another snapshot: show its rows and say what is true of it."""
        self._show_rows()
        self._say()

    def watch_columns(self) -> None:
        """Other columns."""
        self._show_rows()

    def masks_changed(self) -> None:
        """Masks were put on or taken off: all that was worked out to be shown is worked out anew."""
        masks = masks_at(self)
        masks.learn([order.raw for order in (*self.loaded.by_id.values(), *self.glimpse.rows)])
        if self._placed is not None:
            masks.learn(self._placed.raw)
        self.query_one(TitleBar).refresh()
        if self._detail is not None:
            cast("DetailPane", self._detail).masks_changed()
        self._show_rows()
        self._say()

    def on_loading_opened(self, message: Loading.Opened) -> None:
        """The session is open: ask for the newest page."""
        self._session = message.session
        self.app.set_class(message.session.kind == "production", "-production")
        self.query_one(TitleBar).opened = message.session
        if self._place.order_id is not None:
            self.ask_order(self._place.order_id)
        self.ask_page(1)

    def on_loading_page_read(self, message: Loading.PageRead) -> None:
        """Take a page in, unless a newer question made it void."""
        if message.generation != self._loading.generation:
            return
        page, loaded = message.page, self.loaded
        again = page.order == loaded.server_order and page.page in loaded.read_at
        if page.order != loaded.server_order:
            loaded = loaded.with_sort(None)
        known = any(order.key in loaded.by_id for order in page.orders)
        self.loaded = loaded.add_page(
            page.orders,
            page=page.page,
            total=page.total,
            read_at=page.read_at,
            server_order=page.order,
            page_size=page.limit,
        )
        self.on_orders_loaded(self.loaded.count)
        self._answered()
        if again and not known and page.page < self.loaded.pages:
            self.ask_page(page.page + 1)
        if self.loaded.coverage.idle or self.loaded.coverage.is_unconfirmed:
            self.read_on()  # Neither a page without new orders nor a short first page is the end of the list.
        if self._placed is not None and not self.table.has_moved:
            self.table.move_to_key(self._placed.key)
        if self._go_to is not None and self._go_to < self.loaded.count:
            self.table.move_to(self._go_to, at_top=True)
            self._go_to = None
        self.call_after_refresh(self._mount_detail)

    def on_loading_order_read(self, message: Loading.OrderRead) -> None:
        """The order that the explorer was opened at."""
        self._placed = message.order
        if message.order.key in self.loaded.by_id:
            self.loaded = self.loaded.with_order(message.order)
        self.open_detail()
        self.table.move_to_key(message.order.key)
        self._answered()

    def on_loading_failed(self, message: Loading.Failed) -> None:
        """Say what happened; the screen keeps what it had."""
        if message.order_id is None and message.generation != self._loading.generation:
            return
        self._go_to = None
        if self.glimpse.rows:
            self.glimpse = Loaded()
            self._show_rows()
        self._unanswered.append(self._question(message))
        problem = self.query_one(Problem)
        problem.show(message.error, way_out=self.way_out)
        self._failure = problem.title
        self._answered()

    @property
    def way_out(self) -> str:
        """The key of what else may help than to ask again, and what it does; here there is none."""
        return ""

    def on_loading_waiting(self, message: Loading.Waiting) -> None:
        """A request waits before it is sent again."""
        self.query_one(FactsLine).count_down(message.wait)

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
        if self._placed is not None and self.table.cursor != self._placed.key and self.table.has_moved:
            self._placed = None
            self._say()
        self._show_order()

    def ask_page(self, page: int) -> None:
        """Ask for a page in the server order asked for last."""
        self._loading.ask_page(page, self._asked_order)
        self._be_patient()

    def ask_order(self, order_id: str) -> None:
        """Ask for one order, by id or source_id, to show it."""
        self._loading.ask_order(order_id)
        self._be_patient()

    def read_on(self) -> bool:
        """Ask for the next page, if there is one; not while another question is open or has failed."""
        page = self.loaded.next_page
        if page is None or self._asked_order != self.loaded.server_order or self.query_one(Problem).is_open:
            return False
        self.ask_page(page)
        return True

    def try_again(self) -> None:
        """Ask once more everything that got no answer."""
        questions = self._unanswered
        self.forget_failures()
        for ask in questions:
            ask()

    def forget_failures(self) -> None:
        """What got no answer is not wanted any more."""
        self.query_one(Problem).clear()
        self._unanswered, self._failure = [], ""
        self._show_why_empty()

    def close_detail(self) -> None:
        """Leave the table alone on the screen."""
        self._placed = None
        super().close_detail()
        self._say()

    def _open(self) -> None:
        self._loading.open()
        self._be_patient()

    def _question(self, failed: Loading.Failed) -> Callable[[], None]:
        """What was asked when this came for an answer."""
        if self._session is None:
            return self._open
        if failed.order_id is not None:
            return partial(self.ask_order, failed.order_id)
        return partial(self.ask_page, failed.page)

    def _show_rows(self) -> None:
        table, loaded = self.table, self.loaded
        if not loaded.is_read and loaded.filter is None:
            loaded = self.glimpse
        self._show_why_empty()
        table.show(OrdersSource(loaded, self.columns, masks_at(self)), table_columns(self.columns, loaded))
        self._show_order()

    def _show_why_empty(self) -> None:
        self.table.empty_text = why_empty(self.loaded, self._failure)
        self.table.refresh()

    def _be_patient(self) -> None:
        self.set_timer(PATIENCE, self._say_waiting)

    def _say_waiting(self) -> None:
        if self._loading.busy:
            self._waiting = True
            self._say()

    def _answered(self) -> None:
        if not self._loading.busy:
            self._waiting = False
        self._show_why_empty()
        self._say()

    def _say(self) -> None:
        """Say everything that is true now."""
        said: list[Fact] = []
        if self._waiting:
            said.append(awaited_fact(self._loading.awaited, self._loading.awaited_orders))
        if self._failure and not self.query_one(Problem).is_open:
            said.append(failure_fact(self._failure))
        if elsewhere := self.elsewhere:
            said.append(Fact(elsewhere, elsewhere.removeprefix("the "), 0))
        said += facts(self.loaded)
        if marks := len(self.table.marks):
            said.append(Fact(f"{marks:,} marked", f"{marks:,} marked", 1))
        if self._session is not None:
            self.query_one(FactsLine).tell_budget(self._session.client.budget)
        said += self.more_facts()
        self.query_one(FactsLine).facts = tuple(said)

    def more_facts(self) -> Sequence[Fact]:
        """What else is true, besides the orders."""
        return ()
