"""The calls of the log as rows of a table, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from textual.binding import BindingType

from tui.actions.api_calls import outcome, remarks, size, target, took
from tui.actions.catalogue.action import Scope
from tui.app.bindings import bindings
from tui.app.widgets.table_source import Cell, TableColumn
from tui.app.widgets.virtual_table import VirtualTable
from tui.terminal.visible import visible
from tui.voucherify.calls.call_log import ApiCall

COLUMNS = (
    TableColumn("number", "No.", 5, 4, align="right"),
    TableColumn("began", "At (UTC)", 14, 14),
    TableColumn("method", "Method", 6, 6),
    TableColumn("target", "Path", 30, 12, flexible=True),
    TableColumn("outcome", "Outcome", 11, 7),
    TableColumn("took", "Took", 8, 8, align="right"),
    TableColumn("size", "Answer", 8, 8, align="right"),
    TableColumn("remarks", "Also", 14, 5),
)


class CallsTable(VirtualTable):
    """A table with the keys of the orders table and styles by outcome."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"call--taken", "call--refused", "call--failed"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.TABLE)


class CallRows:
    """Rows of calls; keys are their numbers."""

    def __init__(self, calls: Sequence[ApiCall]) -> None:
        self._calls = calls
        self._places = {str(call.number): at for at, call in enumerate(calls)}

    @property
    def row_count(self) -> int:
        """How many calls there are."""
        return len(self._calls)

    def row_key(self, index: int) -> str:
        """The call's number."""
        return str(self._calls[index].number)

    def row_index(self, key: str) -> int | None:
        """Where a call is."""
        return self._places.get(key)

    def call(self, key: str | None) -> ApiCall | None:
        """The call of a number."""
        at = self._places.get(key or "")
        return None if at is None else self._calls[at]

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of a call."""
        call = self._calls[index]
        return (
            Cell(f"{call.number:,}", "right"),
            Cell(f"{datetime.fromtimestamp(call.started_at, UTC):%m-%d %H:%M:%S}"),
            Cell(visible(call.method, limit=10)),
            Cell(visible(target(call), limit=300)),
            Cell(visible(outcome(call), limit=40), style=outcome_style(call)),
            Cell(took(call.seconds), "right"),
            Cell(size(call.response_bytes), "right"),
            Cell(visible(", ".join(remarks(call)), limit=60)),
        )

    def note(self, index: int) -> Cell | None:
        """No note."""
        del index
        return None


def outcome_style(call: ApiCall) -> str:
    """The component class for the outcome of a call."""
    if call.status is None or call.status >= 500:
        return "call--failed"
    return "call--refused" if call.status >= 400 else "call--taken"
