"""Parts of the mapping screen: the columns of a file, and its first rows as orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tui.actions.masking import masked_preview
from tui.actions.printing.formats import json_text
from tui.app.masking import masks_at
from tui.app.widgets.line import Line, Piece, line
from tui.app.widgets.line_list import LineList
from tui.app.widgets.table_source import Cell, TableColumn
from tui.jobs.importing.proposal.mapping_preview import MappingPreview
from tui.orders.amounts import DECIMALS, format_amount
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.app.imports.mapping_draft import MappingDraft
    from tui.orders.privacy import Masks


MAPPING_COLUMNS = (
    TableColumn("column", "Column", 20, 10),
    TableColumn("sample", "First value", 18, 8),
    TableColumn("field", "Field", 20, 14, flexible=True),
    TableColumn("kind", "Kind", 8, 7),
)
LEFT_OUT = "left out"


class ColumnRows:
    """Table rows of a mapping, keyed by index. Columns with ``faulty`` fields are marked.

    A star after the kind means that values of some cells are replaced. ``masks`` cover first values that may
    be personal.
    """

    def __init__(self, draft: MappingDraft, masks: Masks, faulty: frozenset[str] = frozenset()) -> None:
        self._draft = draft
        self._masks = masks
        self._faulty = faulty

    @property
    def row_count(self) -> int:
        """The number of columns."""
        return len(self._draft.columns)

    def row_key(self, index: int) -> str:
        """The index as text."""
        return str(index)

    def row_index(self, key: str) -> int | None:
        """The index of a key."""
        return int(key) if int(key) < self.row_count else None

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells: title, first value, field, kind."""
        column = self._draft.columns[index]
        samples = self._draft.samples(index)
        sample = self._masks.excerpt(column.path or "", samples[0]) if samples else ""
        style = "job--failed" if column.path in self._faulty else ""
        return (
            Cell(visible(column.header, limit=80) or "(without a title)", style=style),
            Cell(visible(sample, limit=80)),
            Cell(visible(column.path, limit=80), style=style) if column.path else self._offer(index),
            Cell(visible(column.kind, limit=40) + ("*" if column.values else "") if column.path else ""),
        )

    def _offer(self, index: int) -> Cell:
        """The suggested field, which space accepts: ``amount?``."""
        offered = self._draft.candidates(index)[:1]
        return Cell(visible(f"{offered[0]}?", limit=80) if offered else LEFT_OUT)

    def note(self, index: int) -> Cell | None:
        """A sign if cells of the first rows are invalid."""
        faulty = self._draft.columns[index].path in self._faulty
        return Cell("!", style="job--failed") if faulty else None


LONGEST = 200
NARROWEST = 20


class PreviewLines(LineList):
    """The first rows as orders: line number, faults and fields of each."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        self._preview = MappingPreview()
        self._decimals = DECIMALS

    def show(self, preview: MappingPreview, decimals: int) -> None:
        """Show a preview; the cursor keeps its position if possible."""
        self._preview, self._decimals = masked_preview(preview, masks_at(self)), decimals
        self.lay_out(self.line_width)

    def lay_out(self, width: int) -> None:
        """Wrap faults to the width."""
        at = self.cursor
        self._lines = tuple(lines_of(self._preview, self._decimals, width))
        self.set_count(len(self._lines), cursor=min(at, max(len(self._lines) - 1, 0)), scroll=False)

    def line_at(self, index: int) -> Line:
        """The line at an index."""
        return self._lines[index]


def lines_of(preview: MappingPreview, decimals: int, width: int) -> Iterator[Line]:
    """Yield the lines of a preview, invalid rows first.

    Amounts are in minor units, followed by their decimal notation. Only faults are wrapped to the ``width``.
    """
    if preview.problem:
        yield from _warning(preview.problem, width)
    for row in sorted(preview.rows, key=lambda row: not row.faults):
        remark = [Piece("  cannot be imported", "warning")] if row.faults else []
        yield line(Piece(f"line {row.line:,}", "strong"), *remark)
        for fault in row.faults:
            yield from _warning(str(fault), width)
        if row.document is not None:
            yield from _fields(row.document, "", decimals)


def _warning(words: str, width: int) -> Iterator[Line]:
    for part in wrap(visible(words, limit=LONGEST), max(width - 2, NARROWEST)):
        yield line("  ", Piece(part, "warning"))


def _fields(value: Any, path: str, decimals: int) -> Iterator[Line]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _fields(inner, f"{path}.{key}" if path else key, decimals)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from _fields(inner, f"{path}[{number}]", decimals)
    else:
        shown = value if isinstance(value, str) else json_text(value)
        yield line(
            "  ",
            Piece(f"{visible(path, limit=80)}  ", "label"),
            visible(shown, limit=LONGEST),
            Piece(_decimal_notation(path, value, decimals), "muted"),
        )


def _decimal_notation(path: str, value: Any, decimals: int) -> str:
    if not path.endswith(("amount", "price")) or not isinstance(value, int) or isinstance(value, bool):
        return ""
    return f"  = {format_amount(value, decimals=decimals)}"
