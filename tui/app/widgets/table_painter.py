"""How one line of a table becomes segments. Knows styles by name only."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.terminal.cells import cell_width, cut, fit

from .table_layout import TableLayout
from .table_source import Cell, TableColumn, TableSource

MARK_SIGN = "●"
CURSOR_SIGN = "›"

StyleOf = Callable[[str, str], Style]
"""The style of a cell: the row's component class, and the cell's, which may be empty."""


class RowState(NamedTuple):
    """What a row looks like besides its data."""

    cursor: bool
    marked: bool
    hover: bool
    odd: bool

    @property
    def style(self) -> str:
        """The component class of the row; the cursor's takes precedence."""
        if self.cursor:
            return "table--cursor"
        if self.marked:
            return "table--marked"
        if self.hover:
            return "table--hover"
        return "table--zebra" if self.odd else "table--row"

    @property
    def sign(self) -> str:
        """What the gutter shows without any colour."""
        return MARK_SIGN if self.marked else CURSOR_SIGN if self.cursor else " "


def paint_row(
    source: TableSource, index: int, layout: TableLayout, state: RowState, style_of: StyleOf
) -> Strip:
    """The whole line of a row, unscrolled."""
    row = state.style
    plain = style_of(row, "")
    note = source.note(index) or Cell(" ")
    segments = [
        Segment(state.sign, style_of(row, "table--sign")),
        Segment(fit(note.text, 1), style_of(row, note.style)),
    ]
    gap = Segment(" " * layout.gap, plain)
    shown = zip(source.cells(index), layout.columns, layout.widths, strict=True)
    for at, (cell, column, width) in enumerate(shown):
        if at:
            segments.append(gap)
        text = cut_middle(cell.text, width) if column.cut_middle else cell.text
        text = fit(text, width, align=cell.align)
        segments.append(Segment(text, style_of(row, cell.style) if cell.style else plain))
    return Strip(segments, layout.total)


def cut_middle(text: str, width: int) -> str:
    """Text of narrow characters with ``…`` in place of its middle; other text is left for ``fit`` to cut."""
    if len(text) <= width or width < 3 or not text.isascii():
        return text
    tail = (width - 1) // 2
    return f"{text[: width - 1 - tail]}…{text[len(text) - tail :]}"


def paint_header(layout: TableLayout, style_of: StyleOf) -> Strip:
    """The header line, unscrolled; the sorted column carries its arrow."""
    plain = style_of("table--header", "")
    segments = [Segment(" " * layout.starts[0] if layout.starts else "", plain)]
    for at, (column, width) in enumerate(zip(layout.columns, layout.widths, strict=True)):
        if at:
            segments.append(Segment(" " * layout.gap, plain))
        style = style_of("table--header", "table--sorted") if column.arrow else plain
        segments.append(Segment(_title(column, width), style))
    return Strip(segments)


def _title(column: TableColumn, width: int) -> str:
    if not column.arrow or width < 4:
        return fit(column.title, width, align=column.align)
    title = cut(column.title, width - 2) + " " + column.arrow
    return fit(title, max(width, cell_width(column.arrow)), align=column.align)


def window(line: Strip, layout: TableLayout, scroll_x: int, width: int, blank: Style) -> Strip:
    """The part of a line that is on the screen: pinned cells, then the scrolled rest."""
    if not scroll_x:
        return line.crop_extend(0, width, blank)
    rest = line.crop_extend(layout.pinned + scroll_x, width + scroll_x, blank)
    return Strip.join([line.crop(0, layout.pinned), rest])
