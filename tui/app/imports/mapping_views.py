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
    """Rows of a draft; keys are their places. Columns with ``faulty`` fields are marked.

    A star behind the kind tells that some cells are read otherwise. ``masks`` cover first values, unless
    their field cannot hold anything personal.
    """

    def __init__(self, draft: MappingDraft, masks: Masks, faulty: frozenset[str] = frozenset()) -> None:
        self._draft = draft
        self._masks = masks
        self._faulty = faulty

    @property
    def row_count(self) -> int:
        """How many columns there are."""
        return len(self._draft.columns)

    def row_key(self, index: int) -> str:
        """The place."""
        return str(index)

    def row_index(self, key: str) -> int | None:
        """The place again."""
        return int(key) if int(key) < self.row_count else None

    def cells(self, index: int) -> Sequence[Cell]:
        """Title, first value, field, kind."""
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
        """The field that a column may be meant for, which space takes: ``amount?``."""
        offered = self._draft.candidates(index)[:1]
        return Cell(visible(f"{offered[0]}?", limit=80) if offered else LEFT_OUT)

    def note(self, index: int) -> Cell | None:
        """A sign where the first rows do not fit."""
        faulty = self._draft.columns[index].path in self._faulty
        return Cell("!", style="job--failed") if faulty else None


LONGEST = 200
NARROWEST = 20


class PreviewLines(LineList):
    """A list of lines: a row's place, its fields one below the other, its faults."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        self._preview = MappingPreview()
        self._decimals = DECIMALS

    def show(self, preview: MappingPreview, decimals: int) -> None:
        """Show another preview; the place stays where it is if it still can."""
        self._preview, self._decimals = masked_preview(preview, masks_at(self)), decimals
        self.lay_out(self.line_width)

    def lay_out(self, width: int) -> None:
        """Break what is wrong over as many lines as it takes."""
        at = self.cursor
        self._lines = tuple(lines_of(self._preview, self._decimals, width))
        self.set_count(len(self._lines), cursor=min(at, max(len(self._lines) - 1, 0)), scroll=False)

    def line_at(self, index: int) -> Line:
        """The line."""
        return self._lines[index]


def lines_of(preview: MappingPreview, decimals: int, width: int) -> Iterator[Line]:
    """Every row of a preview, those that cannot be imported first.

    Amounts stand in minor units with people's notation beside them. Only words about what is wrong are
    broken at the ``width``.
    """
    if preview.problem:
        yield from _warning(preview.problem, width)
    for row in sorted(preview.rows, key=lambda row: not row.faults):
        told = [Piece("  cannot be imported", "warning")] if row.faults else []
        yield line(Piece(f"line {row.line:,}", "strong"), *told)
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
            Piece(_as_people_write(path, value, decimals), "muted"),
        )


def _as_people_write(path: str, value: Any, decimals: int) -> str:
    if not path.endswith(("amount", "price")) or not isinstance(value, int) or isinstance(value, bool):
        return ""
    return f"  that is {format_amount(value, decimals=decimals)}"
