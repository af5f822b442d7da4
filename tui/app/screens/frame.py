"""The explorer's frame: what is on the screen and where, whatever it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.app.panels.detail_pane import DetailFactory as DetailFactory  # noqa: PLC0414 (told on)
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.orders_table import OrdersTable
from tui.app.panels.problem import Problem
from tui.app.panels.status_bar import FactsLine, HintsLine
from tui.app.panels.title_bar import TitleBar

if TYPE_CHECKING:
    from tui.app.panels.detail_pane import DetailPane
    from tui.orders.order import Order

SIDE_BY_SIDE = 120
"""Columns from which the detail stands beside the table."""

SECTION_KEYS = [Binding(str(number), f"detail_section({number - 1})", show=False) for number in range(1, 7)]
"""The detail hears them itself while it has the focus."""


class Frame(Screen[None]):
    """Title, table, detail, facts and keys, in the places that the window has for them."""

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

    def __init__(self, *, detail: DetailFactory, sheets: Sequence[Path] = ()) -> None:
        super().__init__()
        self._sheets = sheets
        self._make_detail = detail
        self._detail: Widget | None = None
        self._detail_chosen: bool | None = None
        self.opened_last: Literal["detail", "filter"] = "filter"
        self._furnished = False
        self._early: list[Message] = []

    def post_message(self, message: Message) -> bool:
        """Keep messages of our own that come before all parts are mounted; they are handled then, in order.

        Every message of the session, the table and the panels passes here, so no handler has to ask which of
        the parts that it looks for is there already.
        """
        if self._furnished or not _is_own(message):
            return super().post_message(message)
        self._early.append(message)
        return True

    def compose(self) -> ComposeResult:
        """Title, table, facts and keys: what is painted first."""
        yield TitleBar()
        with Container(id="body"):
            yield OrdersTable()
        yield FactsLine()
        yield HintsLine()

    def on_mount(self) -> None:
        """Paint first; everything else comes after."""
        self.call_after_refresh(self._furnish)

    def on_resize(self, event: events.Resize) -> None:
        """A wide window shows the detail unless it was closed."""
        self._show_detail_pane(wide=event.size.width >= SIDE_BY_SIDE)
        if self.has_orders:
            self._mount_detail()

    @property
    def table(self) -> OrdersTable:
        """The table of orders."""
        return self.query_one(OrdersTable)

    @property
    def order(self) -> Order | None:
        """The order that is shown; the frame itself knows of none."""
        return None

    @property
    def has_orders(self) -> bool:
        """Whether there may be an order to show; the frame itself knows of none."""
        return False

    @property
    def detail_open(self) -> bool:
        """Whether the detail is on the screen."""
        return self.has_class("-detail")

    def furnished(self) -> None:
        """Everything is in its place; what is shown may come."""

    def open_detail(self) -> None:
        """Show the detail until it is closed."""
        if not self.detail_open:
            self.opened_last = "detail"
        self._detail_chosen = True
        self._show_detail_pane()
        self._mount_detail()

    def close_detail(self) -> None:
        """Leave the table alone on the screen."""
        self._detail_chosen = False
        self._show_detail_pane()
        self.table.focus()

    async def action_detail_section(self, number: int) -> None:
        """Turn the open detail to a section by its number, from 0; the focus stays where it is."""
        if self._detail is not None and self.detail_open:
            await self._detail.run_action(f"tab({number})")

    async def _furnish(self) -> None:
        """Bring in what the first paint does without, with its style sheets."""
        body = self.query_one("#body")
        if not body.is_mounted:  # the user has left already, before there was anything to leave
            self.call_after_refresh(self._furnish)
            return
        stylesheet = self.app.stylesheet
        stylesheet.read_all([sheet for sheet in self._sheets if sheet.exists()])
        stylesheet.reparse()
        too_small = Content("Ordex needs at least 40 columns and 10 lines. q quits.")
        await body.mount(Container(id="detail"))
        await self.mount(Problem(), FilterBar(), before=self.query_one(FactsLine))
        await self.mount(Static(too_small, id="too-small"))
        self._furnished = True
        self.furnished()
        early, self._early = self._early, []
        for message in early:
            self.post_message(message)

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

    def _enter(self) -> None:
        """Into the detail; where it stands below the table, the first step only opens it."""
        if not self.detail_open:
            self.open_detail()
            if self.has_class("-stacked") and self.has_class("-tall"):
                return
        self.call_after_refresh(self._focus_detail)

    def _focus_detail(self) -> None:
        found = (widget for widget in self.focus_chain if self.query_one("#detail") in widget.ancestors)
        target = next(found, None)
        if isinstance(target, Widget):
            target.focus()

    def _step_focus(self, step: int) -> None:
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()


def _is_own(message: Message) -> bool:
    """Whether the message is one of Ordex's; Textual's own make the screen what it is."""
    return type(message).__module__.startswith("tui.")
