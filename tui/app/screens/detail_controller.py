"""The detail pane of the explorer: beside the table in a wide window, else below it or in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen
from textual.widget import Widget

from tui.app.feedback.notifications import notify
from tui.app.panels.orders_table import OrdersTable

if TYPE_CHECKING:
    from tui.app.panels.detail_pane import DetailFactory, DetailPane
    from tui.orders.order import Order

SIDE_BY_SIDE_COLUMNS = 120
"""Width of the window from which the detail stands beside the table."""


class DetailController:
    """Makes the pane when it is first needed, opens and closes it, and shows the current order in it.

    Args:
        screen: has an ``OrdersTable`` and, once ``is_ready``, a container with the id ``detail``.
        make_pane: makes the widget.
        order: gives the current order.
        on_toggle: called when the user opened or closed the pane.
    """

    def __init__(
        self,
        screen: Screen[Any],
        make_pane: DetailFactory,
        order: Callable[[], Order | None],
        on_toggle: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._make_pane = make_pane
        self._order = order
        self._on_toggle = on_toggle
        self._pane: Widget | None = None
        self.is_ready = False
        """Whether the container of the pane is mounted."""
        self.wanted: bool | None = None
        """Whether the user opened or closed the pane; ``None``: it is open in a wide window."""
        self.opened_after_filter = False
        """Whether the pane was opened later than the filter: ``back`` closes what was opened last."""

    @property
    def is_open(self) -> bool:
        """Whether the pane is on the screen."""
        return self._screen.has_class("-detail")

    def open(self) -> None:
        """Open the pane until the user closes it."""
        if not self.is_open:
            self.opened_after_filter = True
        self.wanted = True
        self.fit()
        self.mount()
        self._on_toggle()

    def close(self) -> None:
        """Close the pane and focus the table."""
        self.wanted = False
        self.fit()
        self._screen.query_one(OrdersTable).focus()
        self._on_toggle()

    def fit(self, width: int | None = None) -> None:
        """Open or close the pane as the user wants it, or else as the width of the window allows."""
        width = self._screen.size.width if width is None else width
        is_open = width >= SIDE_BY_SIDE_COLUMNS if self.wanted is None else self.wanted
        self._screen.set_class(is_open, "-detail")
        self.show_order()

    def mount(self) -> None:
        """Make the pane if it is open and not there yet, which is after the first rows are painted."""
        if self._pane is None and self.is_open and self.is_ready:
            self._pane = self._make_pane()
            self._screen.query_one("#detail").mount(self._pane)
            self._screen.call_after_refresh(self.show_order)

    def show_order(self) -> None:
        """Show the current order."""
        if self._pane is not None and self.is_open:
            cast("DetailPane", self._pane).show(self._order())

    def masks_changed(self) -> None:
        """Show the order with or without masks."""
        if self._pane is not None:
            cast("DetailPane", self._pane).masks_changed()

    def enter(self) -> None:
        """Focus the pane. Below the table, the first time only opens it."""
        if not self.is_open:
            self.open()
            if self._screen.has_class("-stacked") and self._screen.has_class("-tall"):
                return
        self._screen.call_after_refresh(self._focus)

    async def show_section(self, number: int) -> None:
        """Show a section of the open pane, by its number from 0."""
        if self._pane is not None and self.is_open:
            await self._pane.run_action(f"tab({number})")

    def reveal_field(self) -> None:
        """Show the masked field under the cursor for a moment."""
        reason = None if self._pane is None else cast("DetailPane", self._pane).reveal_field()
        if reason is not None:
            notify(self._screen, f"Reveal: {reason}", severity="warning")

    def _focus(self) -> None:
        container = self._screen.query_one("#detail")
        inside = (widget for widget in self._screen.focus_chain if container in widget.ancestors)
        target = next(inside, None)
        if isinstance(target, Widget):
            target.focus()
