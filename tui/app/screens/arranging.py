"""What users do to the order and the choice of what is loaded: sort, filter, columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.message import Message

from tui.app.filtering import local_filter
from tui.app.loading import Loading
from tui.app.notes import tell
from tui.app.orders_source import arrow, known_columns
from tui.app.panels.filter_bar import FilterBar
from tui.app.session import OpenSession, Place
from tui.app.widgets.virtual_table import VirtualTable
from tui.orders.columns import column
from tui.orders.loaded import LocalFilter, LocalSort
from tui.terminal.visible import visible

from .browsing import Browsing
from .frame import DetailFactory


class CustomerChosen(Message):
    """The form of ``OrderDetail.CustomerChosen``."""

    customer_id: str


class Arranging(Browsing):
    """Sorts on the server where that can be, and what is loaded where not."""

    def __init__(
        self,
        open_session: OpenSession,
        *,
        place: Place,
        detail: DetailFactory,
        sheets: Sequence[Path] = (),
    ) -> None:
        super().__init__(open_session, place=place, detail=detail, sheets=sheets)
        self._typed = place.where
        self._before_typing: tuple[str, LocalFilter | None] | None = None
        """The text and the filter in force when the bar was opened; ``None`` while it is closed."""

    def on_loading_opened(self, message: Loading.Opened) -> None:
        """A filter that the explorer was opened with is set before the first page comes."""
        if self._typed:
            self.query_one(FilterBar).remember(self._typed)
            try:
                self.loaded = self.loaded.with_filter(local_filter(self._typed))
            except ValueError as error:
                tell(self, str(error), title="Not filtered", severity="error")

    def on_loading_page_read(self, message: Loading.PageRead) -> None:
        """The filter bar proposes what was read just now, too."""
        del message
        bar = self.query_one(FilterBar)
        if bar.is_open:
            bar.learn(self.loaded.arranged)

    def on_virtual_table_header_clicked(self, message: VirtualTable.HeaderClicked) -> None:
        """A click on a title sorts by it."""
        self.sort_by(message.column)

    def on_filter_bar_typed(self, message: FilterBar.Typed) -> None:
        """Filter what is loaded as it is typed; while the text is none, the last good filter holds."""
        self._typed = message.text
        if not message.faulty:
            self.loaded = self.loaded.with_filter(message.wanted)

    def on_filter_bar_kept(self) -> None:
        """Back to the table, with the filter in force."""
        self._before_typing = None
        self.opened_last = "filter"
        self.query_one(FilterBar).close()
        self.table.focus()

    def open_filter(self) -> None:
        """Show the filter bar with the text in force."""
        if not self.query_one(FilterBar).is_open:
            self._before_typing = self._typed, self.loaded.filter
        self.query_one(FilterBar).open(self._typed, self.loaded.arranged)

    def cancel_typing(self) -> None:
        """Close the filter bar and put the filter back in force that was so before."""
        if self._before_typing is not None:
            self._typed, before = self._before_typing
            self._before_typing = None
            if self.loaded.filter is not before:
                self.loaded = self.loaded.with_filter(before)
        self.query_one(FilterBar).close(remember=False)
        self.table.focus()

    def on_order_detail_customer_chosen(self, message: CustomerChosen) -> None:
        """Show the loaded orders of that customer."""
        customer_id = message.customer_id
        self._typed, self.opened_last = "", "filter"
        self.loaded = self.loaded.with_filter(
            LocalFilter(
                f"customer {visible(customer_id, limit=60)}", lambda order: order.customer_id == customer_id
            )
        )
        if not self.table.display:
            self.close_detail()
        self.table.focus()

    def sort_by(self, name: str) -> None:
        """Sort by a column, or the other way if it is sorted by it: on the server where that can be."""
        loaded, chosen = self.loaded, column(name)
        if chosen.server_order is None:
            flipped = loaded.sort is not None and loaded.sort.column == name and not loaded.sort.descending
            first = chosen.align == "right" and (loaded.sort is None or loaded.sort.column != name)
            self.loaded = loaded.with_sort(LocalSort(name, descending=flipped or first))
        elif loaded.sort is not None and loaded.server_order.lstrip("-") == name:
            self.loaded = loaded.with_sort(None)
        elif self._session is not None:
            descending = not (loaded.server_order == f"-{name}" and loaded.sort is None)
            if chosen.server_order == "created_at":
                self._asked_order = "-created_at" if descending else "created_at"
            else:
                self._asked_order = "-updated_at" if descending else "updated_at"
            self._begin(1)

    def _begin(self, *pages: int) -> None:
        """Ask anew; what was asked before is void."""
        self.forget_failures()
        self._loading.begin()
        for page in pages:
            self.ask_page(page)

    def _all_orders(self) -> None:
        self._typed = ""
        self.loaded = self.loaded.with_filter(None).with_sort(None)
        self.table.action_top()
        self.table.focus()
        if self.loaded.server_order != "-created_at":
            self._asked_order = "-created_at"
            self._begin(1)

    def _choose_sort(self) -> None:
        from tui.app.dialogs.chooser import Choice, Chooser

        names = [*self.columns, *(n for n in known_columns(self.loaded) if n not in self.columns)]
        sorted_by = next((name for name in names if arrow(name, self.loaded)), None)
        over = "everything" if self.loaded.complete else f"the {self.loaded.count:,} loaded"
        choices = [
            Choice(
                name,
                f"{visible(column(name).title, limit=40)} {arrow(name, self.loaded)}".rstrip(),
                "on the server, one call" if column(name).server_order else "",
            )
            for name in names
        ]
        note = f"Other columns sort {over}. The same column turns around."
        self.app.push_screen(Chooser("Sort by", choices, at=sorted_by, note=note), self._sort_chosen)

    def _sort_chosen(self, name: str | None) -> None:
        if name is not None:
            self.sort_by(name)

    def _choose_columns(self) -> None:
        from tui.app.dialogs.column_chooser import ColumnChooser

        known = known_columns(self.loaded)
        self.app.push_screen(ColumnChooser(self.columns, known), self._columns_chosen)

    def _columns_chosen(self, names: tuple[str, ...] | None) -> None:
        if names is not None:
            self.columns = names
