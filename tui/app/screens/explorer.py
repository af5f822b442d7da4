"""The explorer: what users do to the orders they browse."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from tui.actions.action import Scope, Situation
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import bindings
from tui.app.filtering import local_filter
from tui.app.loading import Loading
from tui.app.notes import CopyText, copy_value, tell
from tui.app.orders_source import arrow, known_columns
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.problem import Problem
from tui.app.session import OpenSession, Place
from tui.app.widgets.virtual_table import VirtualTable
from tui.orders.columns import column
from tui.orders.loaded import LAST_PAGE, PAGE_SIZE, LocalFilter, LocalSort
from tui.terminal.visible import hidden_characters, visible

from .browsing import Browsing, DetailFactory


class CustomerChosen(Message):
    """The form of ``OrderDetail.CustomerChosen``."""

    customer_id: str


class Copied(Message):
    """The form of ``OrderDetail.Copied``."""

    label: str
    text: str


def order_detail() -> Widget:
    """The detail pane, imported when it is first needed."""
    from tui.app.panels.detail import OrderDetail

    return OrderDetail()


class Explorer(Browsing):
    """The orders of one session, with every action of the registry."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.ORDERS)

    def __init__(
        self,
        open_session: OpenSession,
        *,
        place: Place,
        copy_text: CopyText | None = None,
        detail: DetailFactory = order_detail,
        sheets: Sequence[Path] = (),
    ) -> None:
        super().__init__(open_session, place=place, detail=detail, sheets=sheets)
        self._copy_text = copy_text
        self._typed = place.where
        self._actions: dict[str, Callable[[], None]] = {
            "detail": self._enter,
            "back": self._back,
            "list": self._all_orders,
            "filter": lambda: self.query_one(FilterBar).open(self._typed, self.loaded.arranged),
            "sort": self._choose_sort,
            "columns": self._choose_columns,
            "refresh": self._refresh_orders,
            "mark": self._mark,
            "copy": self._choose_copy,
            "next_page": self._next_page,
            "previous_page": self._previous_page,
            "focus_next": lambda: self._step_focus(1),
            "focus_previous": lambda: self._step_focus(-1),
        }

    async def action_perform(self, action_id: str) -> None:
        """Do an action of the registry, or say why it cannot be done."""
        if not self._furnished:
            return
        action = CATALOGUE[action_id]
        reason = action.unavailable(self.situation)
        if reason is not None:
            tell(self, f"{action.title}: {reason}", severity="warning")
        elif action.scope is Scope.TABLE:
            await self.table.run_action(action.id)
        else:
            self._actions[action_id]()

    @property
    def situation(self) -> Situation:
        """Where the user stands."""
        return Situation(
            connected=self._session is not None,
            rows=len(self.loaded.rows),
            cursor=self.order is not None,
            more=self.loaded.next_page is not None,
            detail=self.detail_open,
            read_only=self._session is None or self._session.read_only,
        )

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

    def on_virtual_table_row_activated(self) -> None:
        """A double click opens the order."""
        self._enter()

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
        self.query_one(FilterBar).close()
        self.table.focus()

    def on_order_detail_customer_chosen(self, message: CustomerChosen) -> None:
        """Show the loaded orders of that customer."""
        customer_id = message.customer_id
        self._typed = ""
        self.loaded = self.loaded.with_filter(
            LocalFilter(
                f"customer {visible(customer_id, limit=60)}", lambda order: order.customer_id == customer_id
            )
        )
        self.table.focus()

    def on_order_detail_copied(self, message: Copied) -> None:
        """A value of the detail was asked for."""
        copy_value(self, self._copy_text, message.label, message.text)

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

    def _enter(self) -> None:
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

    def _back(self) -> None:
        bar, problem = self.query_one(FilterBar), self.query_one(Problem)
        if bar.is_open:
            bar.close()
            self.table.focus()
        elif problem.is_open:
            problem.clear()
            self._retry = None
            if self.loaded.total is not None:
                self._asked_order = self.loaded.server_order  # type: ignore[assignment] # it came from a page
        elif self.table.display and self.focused not in (None, self.table):
            self.table.focus()
        elif self.loaded.filter is not None:
            self._typed = ""
            self.loaded = self.loaded.with_filter(None)
        elif self.detail_open:
            self.close_detail()

    def _all_orders(self) -> None:
        self._typed = ""
        self.loaded = self.loaded.with_filter(None).with_sort(None)
        self.table.action_top()
        self.table.focus()
        if self.loaded.server_order != "-created_at":
            self._asked_order = "-created_at"
            self._begin(1)

    def _begin(self, *pages: int) -> None:
        """Ask anew; what was asked before is void."""
        self.query_one(Problem).clear()
        self._loading.begin()
        for page in pages:
            self.ask_page(page)

    def _refresh_orders(self) -> None:
        if self._session is None or self._retry is not None:
            if self._session is None and self._retry is None:
                return
            self.try_again()
            return
        self.loaded = self.loaded.with_changes_seen()
        self._begin(*sorted({1, self._page_of_cursor()}))

    def _page_of_cursor(self) -> int:
        cursor, ids = self.table.cursor, self.loaded.server_ids
        return ids.index(cursor) // PAGE_SIZE + 1 if cursor in self.loaded.by_id else 1

    def _mark(self) -> None:
        self.table.toggle_mark()
        self.table.action_cursor_down()
        self._say()

    def _next_page(self) -> None:
        loaded = self.loaded
        start = (self.table.cursor_index // PAGE_SIZE + 1) * PAGE_SIZE
        if loaded.sort is None and loaded.filter is None:
            if start < loaded.count:
                self.table.move_to(start, at_top=True)
                return
            self._go_to = start
        if not self.read_on():
            self._go_to = None
            last = loaded.at_ceiling
            tell(self, f"The API lists {LAST_PAGE} pages at most." if last else "This is the last page.")

    def _previous_page(self) -> None:
        start = (self.table.cursor_index - 1) // PAGE_SIZE * PAGE_SIZE
        self.table.move_to(max(0, start), at_top=True)

    def _step_focus(self, step: int) -> None:
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

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

    def _choose_copy(self) -> None:
        from tui.app.dialogs.chooser import Choice, Chooser

        order = self.order
        if order is None:
            return
        choices = [Choice("id", "id", visible(order.id, limit=40)), Choice("json", "JSON", "the whole order")]
        if order.source_id:
            choices.insert(1, Choice("source_id", "source_id", visible(order.source_id, limit=40)))
        if self.table.marks:
            choices.append(Choice("marked", f"ids of the {len(self.table.marks):,} marked", "one a line"))
        self.app.push_screen(Chooser("Copy", choices), self._copy_chosen)

    def _copy_chosen(self, what: str | None) -> None:
        order = self.order
        if what is None or order is None:
            return
        texts = {
            "id": lambda: _unhidden(order.id),
            "source_id": lambda: _unhidden(order.source_id or ""),
            "json": lambda: as_json(order.raw),
            "marked": lambda: "\n".join(_unhidden(key) for key in sorted(self.table.marks)),
        }
        copy_value(self, self._copy_text, what, texts[what]())


def as_json(document: object) -> str:
    """A document as JSON; escaped to ASCII when it holds characters that act or hide."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    unsafe = hidden_characters(text.replace("\n", ""))
    return json.dumps(document, indent=2, ensure_ascii=True) if unsafe else text


def _unhidden(value: str) -> str:
    """The value itself, or as a JSON string when it holds characters that act or hide."""
    return json.dumps(value) if hidden_characters(value) else value
