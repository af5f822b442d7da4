"""A table that draws only the visible rows, for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.terminal.cells import fit

from .table_layout import TableLayout, lay_out
from .table_painter import RowState, paint_header, paint_row, window
from .table_source import NoRows, TableColumn, TableSource

HEADER = 1
"""Lines of the sticky header."""

NEAR = 1
"""How many windows before the last row ``NearEnd`` is sent."""


class VirtualTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of a ``TableSource`` under a sticky header.

    The cursor is the key of a row and the marks are a set of keys, so both stay with their rows when the
    source is replaced. It has no key bindings: the widget that uses the table defines them.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--sorted",
        "table--row",
        "table--zebra",
        "table--hover",
        "table--marked",
        "table--cursor",
        "table--sign",
    }
    DEFAULT_CSS = "VirtualTable { overflow-x: auto; overflow-y: scroll; }"

    class RowHighlighted(Message):
        """The cursor moved to another row; ``key`` is ``None`` when there is none."""

        def __init__(self, key: str | None) -> None:
            super().__init__()
            self.key = key

    class RowActivated(Message):
        """A row was activated, by enter or a double click."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class HeaderClicked(Message):
        """A column's title was clicked; ``column`` is its name."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    class NearEnd(Message):
        """The user moved near the last row. Told once for each source.

        Rows that arrive by themselves cause no request, so that no answer causes the next request.
        """

    def __init__(self, *, id: str | None = None, pin_first: bool = True) -> None:  # noqa: A002 (Textual's)
        super().__init__(id=id)
        self._pin_first = pin_first
        self._source: TableSource = NoRows()
        self._columns: tuple[TableColumn, ...] = ()
        self._layout: TableLayout = lay_out((), 0)
        self._key: str | None = None
        self._wanted: str | None = None
        self._moved = False
        self._replacing = False
        self._index = 0
        self._hover: int | None = None
        self._marks: frozenset[str] = frozenset()
        self._told_near: int | None = None
        self._lines: LRUCache[tuple[object, ...], Strip] = LRUCache(512)
        self._cell_styles: dict[tuple[str, str], Style] = {}
        self.empty_text = ""
        """Text in place of the rows when there are none, visible already."""

    @property
    def cursor(self) -> str | None:
        """The key of the row under the cursor."""
        return self._key

    @property
    def cursor_index(self) -> int:
        """Where the cursor is; 0 when there are no rows."""
        return self._index

    @property
    def marks(self) -> frozenset[str]:
        """The keys of the marked rows, shown or not."""
        return self._marks

    def show(self, source: TableSource, columns: Sequence[TableColumn] | None = None) -> None:
        """Put other rows, and other columns if given, in place; cursor and marks stay with their keys."""
        line = self._index - self.scroll_offset.y
        self._replacing = True
        self._source = source
        if columns is not None:
            self._columns = tuple(columns)
        self._told_near = None
        self._hover = None
        self._lay_out()
        self._place_cursor(line)
        self._replacing = False

    def set_marks(self, keys: Iterable[str]) -> None:
        """Mark exactly these rows."""
        self._marks = frozenset(keys)
        self.refresh()

    def toggle_mark(self) -> None:
        """Mark or unmark the row under the cursor."""
        if self._key is not None:
            self._marks ^= {self._key}
            self._refresh_row(self._index)

    @property
    def has_moved(self) -> bool:
        """Whether the cursor was moved since the first rows."""
        return self._moved

    def move_to(self, index: int, *, at_top: bool = False) -> None:
        """Put the cursor on a row, as near as there is one, and bring it into view or to its top."""
        count = self._source.row_count
        if not count:
            return
        index = max(0, min(index, count - 1))
        before, self._index = self._index, index
        self._moved = True
        if at_top:
            self.scroll_to(y=index, animate=False, force=True)
        self._bring_into_view()
        if self._set_key(self._source.row_key(index)):
            self._refresh_row(before)
            self._refresh_row(index)
        self._wanted = self._key
        self._tell_near_end()

    def move_to_key(self, key: str) -> bool:
        """Put the cursor on the row with this key, if it is shown."""
        index = self._source.row_index(key)
        if index is not None:
            self.move_to(index)
        return index is not None

    def action_move(self, rows: int) -> None:
        """Some rows down, or up where negative."""
        self.move_to(self._index + rows)

    def action_page(self, windows: float) -> None:
        """Scroll down by so many windows, or parts of one; up if negative."""
        rows = max(1, int(self._window * abs(windows)))
        self.move_to(self._index + (rows if windows > 0 else -rows))

    def action_edge(self, side: int) -> None:
        """The first row (-1) or the last one (1)."""
        self.move_to(0 if side < 0 else self._source.row_count - 1)

    def action_scroll_columns(self, cells: int) -> None:
        """To the columns on the right, or on the left where negative."""
        self.scroll_to(x=self.scroll_offset.x + cells, animate=False)

    def action_activate(self) -> None:
        """Ask for the row under the cursor."""
        if self._key is not None:
            self.post_message(self.RowActivated(self._key))

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the header, a row, or nothing."""
        scroll_x, scroll_y = self.scroll_offset
        width = self.size.width
        if y < HEADER:
            line = paint_header(self._layout, self._style_of)
            return window(line, self._layout, scroll_x, width, self._style_of("table--header", ""))
        index = y - HEADER + scroll_y
        if index >= self._source.row_count:
            text = self.empty_text if y == HEADER + 1 and not self._source.row_count else ""
            return Strip([Segment(fit(f"  {text}", width), self._style_of("table--row", ""))], width)
        state = RowState(
            cursor=index == self._index,
            marked=self._source.row_key(index) in self._marks,
            hover=index == self._hover,
            odd=bool(index % 2),
        )
        wanted = (index, state, scroll_x, width)
        strip = self._lines.get(wanted)
        if strip is None:
            line = paint_row(self._source, index, self._layout, state, self._style_of)
            strip = window(line, self._layout, scroll_x, width, self._style_of(state.style, ""))
            self._lines[wanted] = strip
        return strip

    def on_resize(self) -> None:
        """Share the new width among the columns, and keep the cursor in view."""
        self._lay_out()
        self._bring_into_view()

    def on_click(self, event: events.Click) -> None:
        """A click selects a row or asks to sort; a double click activates."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER:
            column = self._layout.column_at(offset.x, self.scroll_offset.x)
            if column is not None:
                self.post_message(self.HeaderClicked(column.name))
            return
        index = offset.y - HEADER + self.scroll_offset.y
        if index < self._source.row_count:
            self.move_to(index)
            if event.chain == 2:
                self.action_activate()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up the row under the pointer."""
        index = event.y - HEADER + self.scroll_offset.y
        self._set_hover(index if event.y >= HEADER and index < self._source.row_count else None)

    def on_leave(self) -> None:
        """The pointer is elsewhere."""
        self._set_hover(None)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """A view near its end asks for more rows, however it got there."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_near_end()

    def notify_style_update(self) -> None:
        """Another theme or focus: every line may look different."""
        super().notify_style_update()
        self._cell_styles.clear()
        self._lines.clear()

    @property
    def _window(self) -> int:
        return max(1, self.scrollable_content_region.height - HEADER)

    def _lay_out(self) -> None:
        self._layout = lay_out(self._columns, self.scrollable_content_region.width, pin_first=self._pin_first)
        self._lines.clear()
        self.virtual_size = Size(self._layout.total, self._source.row_count + HEADER)
        self.refresh()

    def _place_cursor(self, line: int) -> None:
        """Find the cursor's row in a new source and keep it on its line of the screen."""
        count = self._source.row_count
        if not count:
            self._index = 0
            self._set_key(None)
            return
        kept = (self._source.row_index(key) for key in (self._wanted, self._key) if key is not None)
        found = next((index for index in kept if index is not None), None)
        self._index = min(self._index, count - 1) if found is None else found
        self._set_key(self._source.row_key(self._index))
        if self._wanted is None:
            self._wanted = self._key
        if self.scroll_offset.y or self._index >= self._window:
            self.scroll_to(y=max(0, self._index - line), animate=False, force=True)
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        top, height = self.scroll_offset.y, self._window
        if self._index < top:
            self.scroll_to(y=self._index, animate=False, force=True)
        elif self._index >= top + height:
            self.scroll_to(y=self._index - height + 1, animate=False, force=True)

    def _set_key(self, key: str | None) -> bool:
        if key == self._key:
            return False
        self._key = key
        self.post_message(self.RowHighlighted(key))
        return True

    def _set_hover(self, index: int | None) -> None:
        if index != self._hover:
            before, self._hover = self._hover, index
            for row in (before, index):
                if row is not None:
                    self._refresh_row(row)

    def _refresh_row(self, index: int) -> None:
        self.refresh_line(index + HEADER)

    def _tell_near_end(self) -> None:
        count = self._source.row_count
        if self._replacing:
            return
        last_seen = max(self._index, self.scroll_offset.y + self._window)
        if count and count != self._told_near and last_seen + NEAR * self._window >= count:
            self._told_near = count
            self.post_message(self.NearEnd())

    def _style_of(self, row: str, cell: str) -> Style:
        wanted = (row, cell)
        style = self._cell_styles.get(wanted)
        if style is None:
            style = self.get_component_rich_style(row)
            if cell:
                own = self.get_component_rich_style(cell, partial=True)
                style = own + style if row == "table--cursor" else style + own
            self._cell_styles[wanted] = style
        return style
