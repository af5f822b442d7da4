"""The explorer: the orders of one session in a table, with their detail."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from tui.actions.catalogue.action import Scope, Situation
from tui.app.bindings import bindings
from tui.app.changing.flow_host import FlowHost
from tui.app.masking import masks_at
from tui.app.navigation import ExplorerState, StartPlace, SwitchToRepl
from tui.app.panels.detail_pane import DetailPane
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.orders_table import OrdersTable, OrdersTableSource, table_columns
from tui.app.panels.problem import Problem
from tui.app.panels.status_bar import FactsLine, HintsLine
from tui.app.panels.title_bar import TitleBar
from tui.app.session import OpenSession
from tui.app.widgets.virtual_table import VirtualTable

from .account_controller import AccountController
from .action_controller import ActionController
from .back_controller import BackController
from .detail_controller import SIDE_BY_SIDE_COLUMNS, DetailController
from .exit_guard import ExitGuard
from .explorer_settings import ExplorerSettings
from .flows_controller import FlowsController
from .order_selection import OrderSelection
from .orders_loader import OrdersLoader
from .orders_view import OrdersView
from .paging_controller import PagingController
from .sort_filter_controller import SortFilterController
from .status_controller import StatusController
from .view_state_controller import ViewStateController

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.app.jobs.running_jobs import RunningJobs
    from tui.orders.order import Order

SECTION_KEYS = [Binding(str(number), f"detail_section({number - 1})", show=False) for number in range(1, 7)]
"""The sections of the detail, while the focus is elsewhere."""


class ExplorerScreen(Screen[None]):
    """Title, table, detail, facts and keys. Controllers do what users ask; this screen connects them.

    ``action_perform`` runs every action of the catalogue: its ``target`` is a method of a controller.
    """

    AUTO_FOCUS = "OrdersTable"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.ORDERS), *SECTION_KEYS]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it so)
        (0, "-too-narrow"),
        (40, "-single"),
        (60, "-stacked"),
        (SIDE_BY_SIDE_COLUMNS, "-side"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it so)
        (0, "-too-low"),
        (10, "-low"),
        (20, "-tall"),
    ]

    def __init__(
        self, open_session: OpenSession, settings: ExplorerSettings, *, sheets: Sequence[Path] = ()
    ) -> None:
        """``sheets`` are style sheets that the first paint does without."""
        super().__init__()
        place, copy_text = settings.place, settings.copy_text
        self._settings = settings
        self._sheets = sheets
        self._has_panels = False
        self._early_messages: list[Message] = []
        self.on_orders_loaded: Callable[[int], object] = lambda count: count
        """Called with the number of loaded orders after each page."""
        self.view = OrdersView(self._snapshot_changed, self._columns_changed)
        self.view.set_preview(settings.preview)
        self.paging = PagingController(
            self,
            self.view,
            open_session,
            start_order_id=place.order_id,
            on_status=self._update_status,
            on_order=self._open_order,
            on_page=self._page_added,
            way_out=self._way_out,
        )
        self.sort_filter = SortFilterController(self, self.view, self.paging, text=place.where)
        self.selection = OrderSelection(self, self.view, copy_text, self._update_status)
        self.detail = DetailController(self, settings.detail, lambda: self.order, self._save_view)
        self.view_state = ViewStateController(
            self, settings.last_visit, self.view, self.paging, self.sort_filter, self.detail
        )
        stage = FlowHost(self, clock=settings.clock, copy_text=copy_text, notify=settings.desktop_sequence)
        self.flows = FlowsController(
            self,
            stage,
            self.view,
            self.selection,
            self.sort_filter,
            open_changes=settings.open_changes,
            open_account=settings.open_account,
        )
        self.back = BackController(
            self, self.view, self.paging, self.sort_filter, self.detail, self._update_status
        )
        self.status = StatusController(self, self.view, self.paging, self.view_state, self.flows)
        self.actions = ActionController(self, self.view, self.paging, self.selection, self.detail, self.flows)
        self.exit_guard = ExitGuard(self, changing=lambda: self.flows.changing, jobs=lambda: self.flows.jobs)
        self.account = AccountController(
            self,
            stage,
            self.exit_guard,
            profiles=settings.profiles,
            expected=settings.expected,
            copy_text=copy_text,
            repl_request=self._repl_request,
        )
        self.view_state.restore(place)

    def post_message(self, message: Message) -> bool:
        """Keep our own messages until all panels are mounted; they are handled then, in order.

        Every message of the session, the table and the panels passes here, so no handler has to check which
        of the panels that it needs exist already.
        """
        if self._has_panels or not type(message).__module__.startswith("tui."):
            return super().post_message(message)
        self._early_messages.append(message)
        return True

    def compose(self) -> ComposeResult:
        """Only what is painted first: title, table, facts and keys."""
        yield TitleBar()
        with Container(id="body"):
            yield OrdersTable()
        yield FactsLine()
        yield HintsLine()

    def on_mount(self) -> None:
        """Show what is known already; everything else follows the first paint."""
        masks_at(self).learn(self.view.documents)
        if self._settings.expected is not None:
            self.app.set_class(self._settings.expected.kind == "production", "-production")
        self._show_rows()
        state = self._settings.place.state
        if state is not None and state.cursor is not None:
            self.table.move_to_key(state.cursor)
        self.call_after_refresh(self._mount_panels)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the detail to the window."""
        self.detail.fit(event.size.width)
        if self.view.snapshot.is_read:
            self.detail.mount()

    @property
    def table(self) -> OrdersTable:
        """The table of orders."""
        return self.query_one(OrdersTable)

    @property
    def order(self) -> Order | None:
        """The order that is shown."""
        return self.selection.order

    @property
    def situation(self) -> Situation:
        """What decides which actions are available."""
        return self.actions.situation

    async def action_perform(self, action_id: str) -> None:
        """Run an action of the catalogue, or show why it is not available."""
        if self._has_panels:
            await self.actions.perform(action_id)

    async def action_detail_section(self, number: int) -> None:
        """Show a section of the open detail, by its number from 0; the focus stays where it is."""
        await self.detail.show_section(number)

    def masks_changed(self) -> None:
        """Show everything with or without masks."""
        masks_at(self).learn(self.view.documents)
        self.query_one(TitleBar).refresh()
        self.detail.masks_changed()
        self._show_rows()
        self._update_status()

    async def close_session(self) -> None:
        """Save the view, stop following jobs, close the session."""
        await self.flows.close()
        await self.view_state.save()
        if self.paging.session is not None:
            await self.paging.session.aclose()

    @on(OrdersLoader.Answer)
    def _handle_answer(self, answer: OrdersLoader.Answer) -> None:
        if isinstance(answer, OrdersLoader.Opened):
            self.app.set_class(answer.session.kind == "production", "-production")
            self.query_one(TitleBar).opened = answer.session
            self.flows.open(answer.session)
            self.sort_filter.apply_start_filter()
        self.paging.handle(answer)

    @on(VirtualTable.HeaderClicked)
    def _sort_by_clicked(self, message: VirtualTable.HeaderClicked) -> None:
        self.sort_filter.sort_by(message.column)

    @on(VirtualTable.NearEnd)
    def _read_on(self) -> None:
        self.paging.read_on_unless_filtered()

    @on(VirtualTable.RowHighlighted)
    def _cursor_moved(self) -> None:
        self.selection.follow_cursor()
        self.detail.show_order()

    @on(VirtualTable.RowActivated)
    def _enter_detail(self) -> None:
        self.detail.enter()

    @on(Problem.Due)
    def _retry(self) -> None:
        self.paging.retry()

    @on(FilterBar.Typed)
    def _filter_edited(self, message: FilterBar.Typed) -> None:
        self.view_state.forget_restored_filter()
        self.sort_filter.edit(message.text, message.wanted, faulty=message.faulty)

    @on(FilterBar.Kept)
    def _filter_accepted(self) -> None:
        self.detail.opened_after_filter = False
        self.sort_filter.accept()

    def on_order_detail_customer_chosen(self, message: DetailPane.CustomerChosen) -> None:
        """Show the loaded orders of a customer."""
        self.detail.opened_after_filter = False
        self.sort_filter.filter_customer(message.customer_id)
        if not self.table.display:
            self.back.close_detail()
        self.table.focus()

    def on_order_detail_copied(self, message: DetailPane.Copied) -> None:
        """Copy a value of the detail."""
        self.selection.copy_text(message.label, message.text)

    @on(FlowHost.OrderReceived)
    def _order_written(self, message: FlowHost.OrderReceived) -> None:
        self.selection.show_written(message.order)
        self.detail.show_order()

    def on_running_jobs_advanced(self) -> None:
        """Show the progress of a job."""
        self._update_status()

    def on_running_jobs_ended(self, message: RunningJobs.Ended) -> None:
        """Show the end of a job."""
        self.flows.job_ended(message.job)
        self._update_status()

    async def _mount_panels(self) -> None:
        """Mount what the first paint does without, with its style sheets, and open the session."""
        body = self.query_one("#body")
        if not body.is_mounted:  # the user has left before there was anything to leave
            self.call_after_refresh(self._mount_panels)
            return
        stylesheet = self.app.stylesheet
        stylesheet.read_all([sheet for sheet in self._sheets if sheet.exists()])
        stylesheet.reparse()
        too_small = Content("Ordex needs at least 40 columns and 10 lines. q quits.")
        await body.mount(Container(id="detail"))
        await self.mount(Problem(), FilterBar(), before=self.query_one(FactsLine))
        await self.mount(Static(too_small, id="too-small"))
        self._has_panels = self.detail.is_ready = True
        self.view_state.show_history()
        self.paging.open()
        early, self._early_messages = self._early_messages, []
        for message in early:
            self.post_message(message)

    def _snapshot_changed(self) -> None:
        self._show_rows()
        self._update_status()

    def _columns_changed(self) -> None:
        self._show_rows()
        self._save_view()

    def _page_added(self) -> None:
        self.on_orders_loaded(self.view.snapshot.count)
        self.sort_filter.learn_values()
        self.call_after_refresh(self.detail.mount)

    def _open_order(self, order: Order) -> None:
        self.view.opened_order = order
        if order.key in self.view.snapshot.by_id:
            self.view.snapshot = self.view.snapshot.with_order(order)
        self.detail.open()
        self.table.move_to_key(order.key)

    def _show_rows(self) -> None:
        rows, columns = self.view.rows, self.view.columns
        self.paging.show_why_empty()
        self.table.show(OrdersTableSource(rows, columns, masks_at(self)), table_columns(columns, rows))
        self.detail.show_order()

    def _update_status(self) -> None:
        self.status.update()
        self._save_view()

    def _save_view(self) -> None:
        self.view_state.save_later()

    def _way_out(self) -> str:
        return "" if self.view.snapshot.is_read else self.account.switch_hint

    def _repl_request(self) -> SwitchToRepl:
        state = ExplorerState(self.view.snapshot, self.view.columns, self.table.cursor)
        orders = tuple(self.selection.orders()) if self.order is not None else ()
        return SwitchToRepl(orders, StartPlace(where=self.sort_filter.text, state=state))
