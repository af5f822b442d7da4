"""Where the columns of a table lie, for a given width. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from .table_source import TableColumn

GUTTER = 2
"""Cells before the first column: a mark and a note."""

WIDE_GAP, NARROW_GAP = 2, 1


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Columns with their widths and where they start, in cells of the whole unscrolled line."""

    columns: tuple[TableColumn, ...]
    widths: tuple[int, ...]
    starts: tuple[int, ...]
    gap: int
    total: int
    pinned: int
    """Cells at the left that do not scroll."""

    def column_at(self, x: int, scroll_x: int) -> TableColumn | None:
        """The column under a cell of the screen line."""
        at = x if x < self.pinned else x + scroll_x
        for column, start, width in zip(self.columns, self.starts, self.widths, strict=True):
            if start <= at < start + width + self.gap:
                return column
        return None


def lay_out(columns: Sequence[TableColumn], available: int, *, pin_first: bool = True) -> TableLayout:
    """Share ``available`` cells among the columns; scrolling reaches the rest."""
    gaps = max(0, len(columns) - 1)
    gap = WIDE_GAP if GUTTER + sum(c.width for c in columns) + WIDE_GAP * gaps <= available else NARROW_GAP
    spare = available - GUTTER - gap * gaps - sum(column.width for column in columns)
    widths = _grown(columns, spare) if spare >= 0 else _shrunk(columns, -spare)
    starts = tuple(accumulate((width + gap for width in widths[:-1]), initial=GUTTER)) if widths else ()
    total = starts[-1] + widths[-1] if widths else GUTTER
    pinned = GUTTER + widths[0] + gap if pin_first and len(widths) > 1 else GUTTER
    if pinned > available // 2:
        pinned = GUTTER
    return TableLayout(tuple(columns), widths, starts, gap, total, pinned)


def _grown(columns: Sequence[TableColumn], spare: int) -> tuple[int, ...]:
    """The first flexible column takes all that is left."""
    taker = next((column.name for column in columns if column.flexible), None)
    return tuple(column.width + (spare if column.name == taker else 0) for column in columns)


def _shrunk(columns: Sequence[TableColumn], lack: int) -> tuple[int, ...]:
    """Columns shrink in proportion to their spare width, down to their least width."""
    slack = [max(0, column.width - column.min_width) for column in columns]
    total = sum(slack)
    if lack >= total:
        return tuple(column.width - give for column, give in zip(columns, slack, strict=True))
    ends = list(accumulate(slack, initial=0))
    gives = [round(lack * end / total) - round(lack * start / total) for start, end in pairwise(ends)]
    return tuple(column.width - give for column, give in zip(columns, gives, strict=True))
