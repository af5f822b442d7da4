"""A table of rejected rows: line, field and reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.actions.catalogue.action import Scope
from tui.actions.masking import masked_findings
from tui.app.bindings import bindings
from tui.app.widgets.table_source import Cell, TableColumn
from tui.app.widgets.virtual_table import VirtualTable
from tui.jobs.importing.runs.import_journal import RowFinding
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.orders.privacy import Masks


COLUMNS = (
    TableColumn("line", "Line", 9, 7, align="right"),
    TableColumn("field", "Field", 24, 10),
    TableColumn("reason", "Reason", 30, 20, flexible=True),
)


class RowsTable(VirtualTable):
    """A table with the keys of the orders table and the styles of jobs."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"job--failed", "job--unfinished", "job--done", "job--running"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.TABLE)


class FindingRows:
    """Table rows of findings, keyed by index. ``masks`` cover personal values."""

    def __init__(self, findings: Sequence[RowFinding], masks: Masks) -> None:
        self._findings = masked_findings(findings, masks)

    @property
    def row_count(self) -> int:
        """The number of findings."""
        return len(self._findings)

    def row_key(self, index: int) -> str:
        """The index as text."""
        return str(index)

    def row_index(self, key: str) -> int | None:
        """The index of a key."""
        return int(key) if int(key) < len(self._findings) else None

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells: line, field, reason."""
        finding = self._findings[index]
        shown = f" (it is {finding.shown})" if finding.shown else ""
        return (
            Cell(f"{finding.line:,}" if finding.line else "", "right"),
            Cell(visible(finding.path, limit=80)),
            Cell(visible(finding.message + shown, limit=400)),
        )

    def note(self, index: int) -> Cell | None:
        """None."""
        del index
        return None


def rejects_name(path: Path) -> str:
    """The suggested file name for the rejects of a file: the same format, uncompressed."""
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    return str(plain.with_name(f"{plain.stem}-rejects{plain.suffix}"))
