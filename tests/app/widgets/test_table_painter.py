"""One line of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tests.support.hostile import HOSTILE
from tui.app.widgets.table_layout import lay_out
from tui.app.widgets.table_painter import RowState, cut_middle, paint_header, paint_row, window
from tui.app.widgets.table_source import Cell, NoRows, TableColumn
from tui.terminal.visible import visible

STATE = RowState(cursor=False, marked=False, hover=False, odd=False)


def plain(row: str, cell: str) -> Style:
    """No style, whatever the names."""
    assert row
    assert isinstance(cell, str)
    return Style()


class OneRow(NoRows):
    """A source of one row."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def cells(self, index: int) -> list[Cell]:
        """The texts, at any index."""
        assert index >= 0
        return [Cell(text) for text in self.texts]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_visible_text_takes_exactly_its_cells(text: str) -> None:
    """Wide, combining, escaped and huge texts do not push the next column."""
    layout = lay_out([TableColumn("a", "A", 12, 12), TableColumn("b", "B", 5, 5)], 40)
    line = paint_row(OneRow(visible(text, limit=400), "end"), 0, layout, STATE, plain)
    assert [cell_len(segment.text) for segment in line] == [1, 1, 12, 2, 5]


@given(st.text("ab", max_size=30), st.integers(3, 20))
def test_identifiers_keep_both_ends(text: str, width: int) -> None:
    """What is cut is cut in the middle, to the width."""
    short = cut_middle(text, width)
    assert len(short) <= width
    if len(text) > width:
        assert len(short) == width
        assert text.startswith(short.split("…")[0])
        assert text.endswith(short.split("…")[1])


def test_a_sorted_column_shows_its_arrow_in_its_own_width() -> None:
    """A long title gives way to the arrow."""
    columns = [TableColumn("a", "Discounted", 10, 10, arrow="↓"), TableColumn("b", "B", 3, 3, "right")]
    assert paint_header(lay_out(columns, 40), plain).text == "  Discoun… ↓    B"


def test_scrolling_keeps_the_pinned_cells() -> None:
    """The first column stays, the others move under it."""
    layout = lay_out([TableColumn(name, name, 6, 6) for name in "abcd"], 20)
    line = paint_row(OneRow("aaaaaa", "bbbbbb", "cccccc", "dddddd"), 0, layout, STATE, plain)
    assert window(line, layout, 0, 20, Style()).text == "  aaaaaa bbbbbb cccc"
    assert window(line, layout, 7, 20, Style()).text == "  aaaaaa cccccc dddd"


def test_the_state_of_a_row_is_seen_without_colour() -> None:
    """Marks and the cursor have signs, and the cursor's style wins."""
    assert RowState(cursor=True, marked=True, hover=True, odd=True).sign == "●"
    assert RowState(cursor=True, marked=False, hover=True, odd=True).sign == "›"
    assert RowState(cursor=True, marked=True, hover=True, odd=True).style == "table--cursor"
    assert RowState(cursor=False, marked=False, hover=False, odd=True).style == "table--zebra"
