"""The orders that an action applies to: the one under the cursor, or the marked ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.app.feedback.notifications import CopyText, copy_value, notify
from tui.app.masking import shown_order
from tui.app.panels.orders_table import OrdersTable

from .orders_view import OrdersView

if TYPE_CHECKING:
    from tui.orders.order import Order


class OrderSelection:
    """The order under the cursor and the marked orders of the table; marks and copies them.

    Args:
        screen: has an ``OrdersTable``.
        view: the orders.
        copy_text: the way to the clipboard.
        on_change: called when the selection changed.
    """

    def __init__(
        self, screen: Screen[Any], view: OrdersView, copy_text: CopyText | None, on_change: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._view = view
        self._copy_text = copy_text
        self._on_change = on_change

    @property
    def order(self) -> Order | None:
        """The order that is shown."""
        return self._view.order(self._table.cursor)

    def required_order(self) -> Order:
        """The order that is shown, for an action that is available only with one.

        Raises:
            LookupError: there is none.
        """
        order = self.order
        if order is None:
            raise LookupError("no order is under the cursor")
        return order

    def marked_orders(self) -> list[Order]:
        """The marked orders, in the order of the table."""
        return [order for order in self._view.snapshot.arranged if order.key in self._table.marks]

    def orders(self) -> list[Order]:
        """The marked orders, or the one under the cursor."""
        return self.marked_orders() or [self.required_order()]

    def follow_cursor(self) -> None:
        """Forget the order that was opened by id when the user moves the cursor off it."""
        opened, table = self._view.opened_order, self._table
        if opened is not None and table.cursor != opened.key and table.has_moved:
            self._view.opened_order = None
            self._on_change()

    def show_written(self, order: Order) -> None:
        """Show an order as the service returned it; a new one comes under the cursor.

        An order that is not listed, since the list is not loaded that far, is shown in the detail.
        """
        view = self._view
        was_listed = order.key in view.snapshot.by_id
        view.snapshot = view.snapshot.with_order(order)
        is_listed, is_new = order.key in view.snapshot.by_id, order.updated_at is None
        if is_listed and not was_listed and is_new:
            self._table.move_to_key(order.key)
        is_opened = view.opened_order is not None and view.opened_order.key == order.key
        if is_opened or (is_new and not is_listed):
            view.opened_order = order

    def toggle_mark(self) -> None:
        """Mark or unmark the order under the cursor, and move on."""
        if reason := self._view.why_not_listed:
            notify(self._screen, f"Mark: {reason}; only listed orders can be marked", severity="warning")
            return
        self._table.toggle_mark()
        self._table.action_move(1)
        self._on_change()

    def copy(self) -> None:
        """Ask what to copy."""
        from .copying import copy_chooser

        if self.order is not None:
            order = shown_order(self._screen, self.order)
            chooser = copy_chooser(order, self._table.marks)
            self._screen.app.push_screen(chooser, partial(self._copy_chosen, order))

    def copy_text(self, label: str, text: str) -> None:
        """Copy a text."""
        copy_value(self._screen, self._copy_text, label, text)

    @property
    def _table(self) -> OrdersTable:
        return self._screen.query_one(OrdersTable)

    def _copy_chosen(self, order: Order, what: str | None) -> None:
        from .copying import copied_value

        if what is not None:
            self.copy_text(what, copied_value(what, order, self._table.marks))
