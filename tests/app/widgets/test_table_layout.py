"""Where columns lie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.app.widgets.table_layout import GUTTER, lay_out
from tui.app.widgets.table_source import TableColumn

COLUMN = st.builds(
    lambda name, width, give, flexible: TableColumn(
        name, name, width, max(1, width - give), flexible=flexible
    ),
    st.text("abc", min_size=1, max_size=4),
    st.integers(1, 40),
    st.integers(0, 20),
    st.booleans(),
)
COLUMNS = st.lists(COLUMN, max_size=12, unique_by=lambda column: column.name)


@given(COLUMNS, st.integers(0, 250), st.booleans())
def test_columns_never_overlap_nor_go_below_their_least(
    columns: list[TableColumn], available: int, pin: bool
) -> None:
    """Starts and widths add up, and what can fit does."""
    layout = lay_out(columns, available, pin_first=pin)
    ends = [start + width for start, width in zip(layout.starts, layout.widths, strict=True)]
    assert all(end + layout.gap == start for end, start in zip(ends, layout.starts[1:], strict=False))
    assert layout.total == (ends[-1] if ends else GUTTER)
    assert all(width >= column.min_width for width, column in zip(layout.widths, columns, strict=True))
    least = GUTTER + sum(column.min_width for column in columns) + max(0, len(columns) - 1)
    if least <= available:
        assert layout.total <= available


def test_a_flexible_column_takes_the_rest() -> None:
    """The others keep the width they like."""
    columns = [TableColumn("a", "A", 5, 5), TableColumn("b", "B", 5, 5, flexible=True)]
    layout = lay_out(columns, 40)
    assert layout.widths == (5, 31)
    assert layout.total == 40


def test_a_cell_of_the_screen_has_a_column() -> None:
    """Pinned cells do not scroll, the rest does."""
    columns = [TableColumn(name, name, 10, 10) for name in "abcdefgh"]
    layout = lay_out(columns, 60)
    assert layout.pinned == 13
    names = [found.name if (found := layout.column_at(x, 11)) else None for x in (0, 3, 14, 25)]
    assert names == [None, "a", "c", "d"]
    assert lay_out((), 60).column_at(3, 0) is None
