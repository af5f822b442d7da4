"""Sorting and filtering the orders in view, and choosing columns."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tui.app.feedback.notifications import notify
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.filter_bar.local_filter import local_filter
from tui.app.panels.orders_table import OrdersTable, arrow, known_columns
from tui.orders.columns import column
from tui.orders.orders_snapshot import LocalFilter, LocalSort
from tui.terminal.visible import visible

from .orders_view import OrdersView
from .paging_controller import PagingController


class SortFilterController:
    """Sorts on the server where the API can, else the loaded orders; filters the loaded orders.

    Args:
        screen: has an ``OrdersTable`` and a ``FilterBar``.
        view: what is sorted and filtered.
        paging: reads the orders again in another server order.
        text: the filter to start with.
    """

    def __init__(
        self, screen: Screen[Any], view: OrdersView, paging: PagingController, *, text: str = ""
    ) -> None:
        self._screen = screen
        self._view = view
        self._paging = paging
        self.text = text
        """The text in the filter bar, which may not be a filter yet."""
        self._before_edit: tuple[str, LocalFilter | None] | None = None

    @property
    def accepted(self) -> tuple[str, LocalFilter | None]:
        """The text and the filter, without an edit that is still in progress."""
        return self._before_edit or (self.text, self._view.snapshot.filter)

    def apply_start_filter(self) -> None:
        """Apply the filter that the explorer was opened with, before the first page arrives."""
        if self.text:
            self._bar.remember(self.text)
            try:
                self._view.snapshot = self._view.snapshot.with_filter(local_filter(self.text))
            except ValueError as error:
                notify(self._screen, str(error), title="Not filtered", severity="error")

    def learn_values(self) -> None:
        """Update the suggestions of an open filter bar with the values that were just read."""
        if self._bar.is_open:
            self._bar.learn(self._view.snapshot.arranged)

    def open_filter(self) -> None:
        """Open the filter bar with the current text."""
        if not self._bar.is_open:
            self._before_edit = self.text, self._view.snapshot.filter
        self._bar.open(self.text, self._view.snapshot.arranged)

    def edit(self, text: str, wanted: LocalFilter | None, *, faulty: bool) -> None:
        """Filter while the text is typed; while it is faulty, the last good filter stays."""
        self.text = text
        if not faulty:
            self._view.snapshot = self._view.snapshot.with_filter(wanted)

    def accept(self) -> None:
        """Close the filter bar and keep the filter."""
        self._before_edit = None
        self._bar.close()
        self._table.focus()

    def cancel(self) -> None:
        """Close the filter bar and restore the filter from before."""
        if self._before_edit is not None:
            self.text, before = self._before_edit
            self._before_edit = None
            if self._view.snapshot.filter is not before:
                self._view.snapshot = self._view.snapshot.with_filter(before)
        self._bar.close(remember=False)
        self._table.focus()

    def clear_filter(self) -> None:
        """Show all loaded orders."""
        self.text = ""
        self._view.snapshot = self._view.snapshot.with_filter(None)

    def filter_customer(self, customer_id: str) -> None:
        """Show the loaded orders of a customer."""
        self.text = ""
        title = f"customer {visible(customer_id, limit=60)}"
        customers = LocalFilter(title, lambda order: order.customer_id == customer_id)
        self._view.snapshot = self._view.snapshot.with_filter(customers)

    def show_all(self) -> None:
        """Show all loaded orders, newest first."""
        self.text = ""
        self._view.snapshot = self._view.snapshot.with_filter(None).with_sort(None)
        self._table.move_to(0)
        self._table.focus()
        if self._view.snapshot.server_order != "-created_at":
            self._paging.restart(1, server_order="-created_at")

    def sort_by(self, name: str) -> None:
        """Sort by a column, or reverse the order if it is already sorted by it."""
        snapshot, chosen = self._view.snapshot, column(name)
        if chosen.server_order is None:
            is_same = snapshot.sort is not None and snapshot.sort.column == name
            reverses = snapshot.sort is not None and is_same and not snapshot.sort.descending
            numbers_first = chosen.align == "right" and not is_same
            self._view.snapshot = snapshot.with_sort(LocalSort(name, descending=reverses or numbers_first))
        elif snapshot.sort is not None and snapshot.server_order.lstrip("-") == name:
            self._view.snapshot = snapshot.with_sort(None)
        elif self._paging.session is not None:
            descending = not (snapshot.server_order == f"-{name}" and snapshot.sort is None)
            if chosen.server_order == "created_at":
                self._paging.restart(1, server_order="-created_at" if descending else "created_at")
            else:
                self._paging.restart(1, server_order="-updated_at" if descending else "updated_at")

    def choose_sort(self) -> None:
        """Ask by which column to sort."""
        from tui.app.dialogs.chooser import Choice, Chooser

        snapshot, columns = self._view.snapshot, self._view.columns
        names = [*columns, *(name for name in known_columns(snapshot) if name not in columns)]
        sorted_by = next((name for name in names if arrow(name, snapshot)), None)
        scope = "all orders" if snapshot.complete else f"the {snapshot.count:,} loaded orders"
        choices = [
            Choice(
                name,
                f"{visible(column(name).title, limit=40)} {arrow(name, snapshot)}".rstrip(),
                "on the server, one call" if column(name).server_order else "",
            )
            for name in names
        ]
        note = f"Other columns sort {scope}. Choose the same column again to reverse."
        self._screen.app.push_screen(Chooser("Sort by", choices, at=sorted_by, note=note), self._sort_chosen)

    def choose_columns(self) -> None:
        """Ask for the columns and their order."""
        from tui.app.dialogs.column_chooser import ColumnChooser

        chooser = ColumnChooser(self._view.columns, known_columns(self._view.snapshot))
        self._screen.app.push_screen(chooser, self._columns_chosen)

    @property
    def _bar(self) -> FilterBar:
        return self._screen.query_one(FilterBar)

    @property
    def _table(self) -> OrdersTable:
        return self._screen.query_one(OrdersTable)

    def _sort_chosen(self, name: str | None) -> None:
        if name is not None:
            self.sort_by(name)

    def _columns_chosen(self, names: tuple[str, ...] | None) -> None:
        if names is not None:
            self._view.columns = names
