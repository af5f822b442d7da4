"""The columns of a file as rows of a table: title, first value, the field they fill, how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.widgets.table_source import Cell, TableColumn
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

    from .mapping_draft import MappingDraft

COLUMNS = (
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
