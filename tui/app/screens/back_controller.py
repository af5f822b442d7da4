"""One step back: closes what the user opened last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.orders_table import OrdersTable
from tui.app.panels.problem import Problem

from .detail_controller import DetailController
from .orders_view import OrdersView
from .paging_controller import PagingController
from .sort_filter_controller import SortFilterController


class BackController:
    """Closes the filter bar, the problem, the detail, or the filter: the last one opened.

    Args:
        screen: has the bar, the problem and the table.
        view: the orders that are shown.
        paging: closes the problem.
        sort_filter: closes the bar, and clears the filter.
        detail: the detail pane.
        on_close: called when the detail was closed.
    """

    def __init__(
        self,
        screen: Screen[Any],
        view: OrdersView,
        paging: PagingController,
        sort_filter: SortFilterController,
        detail: DetailController,
        on_close: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._view = view
        self._paging = paging
        self._sort_filter = sort_filter
        self._detail = detail
        self._on_close = on_close

    def go_back(self) -> None:
        """Close what was opened last."""
        table, detail = self._screen.query_one(OrdersTable), self._detail
        has_filter = self._view.snapshot.filter is not None
        if self._screen.query_one(FilterBar).is_open:
            self._sort_filter.cancel()
        elif self._screen.query_one(Problem).is_open:
            self._paging.close_problem()
        elif table.display and self._screen.focused not in (None, table):
            table.focus()
        elif detail.is_open and not table.display:
            self.close_detail()
        elif has_filter and not (detail.is_open and detail.opened_after_filter):
            self._sort_filter.clear_filter()
        elif detail.is_open:
            self.close_detail()

    def close_detail(self) -> None:
        """Close the detail, and with it the order that was opened by its id."""
        self._view.opened_order = None
        self._detail.close()
        self._on_close()
