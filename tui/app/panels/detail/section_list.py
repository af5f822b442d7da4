"""The virtual list that shows the rows of a section."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.message import Message

from tui.app.widgets.json_path import Path
from tui.app.widgets.line import Line
from tui.app.widgets.line_list import LineList

from .rows import Row
from .status import STATUS_ROLES

MakeRows = Callable[[int], list[Row]]


class SectionList(LineList):
    """Rows made for the width the list has."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{role}" for role in STATUS_ROLES),
        "line--mismatch",
        "line--figure",
        "line--rule",
    }

    class Opened(Message):
        """Enter on a row: a customer when the row names one, else the field it shows."""

        def __init__(self, path: Path, customer: str | None) -> None:
            super().__init__()
            self.path = path
            self.customer = customer

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = []
        self._make: MakeRows | None = None

    def show(self, make: MakeRows, *, keep: bool = False) -> None:
        """Show the rows that ``make`` gives for a width. ``keep`` leaves the cursor where it was."""
        self._make = make
        self._fill(keep=keep)

    @property
    def path(self) -> Path | None:
        """The field of the cursor's row."""
        return self._rows[self.cursor].path if self.cursor < len(self._rows) else None

    def lay_out(self, width: int) -> None:
        """Rows are aligned to the width."""
        self._fill(keep=True)

    def line_at(self, index: int) -> Line:
        """The line of a row."""
        return self._rows[index].line

    def can_stop(self, index: int) -> bool:
        """The cursor rests on rows that show a field."""
        return 0 <= index < len(self._rows) and self._rows[index].path is not None

    def action_open(self) -> None:
        """Tell what is under the cursor."""
        if self.can_stop(self.cursor):
            row = self._rows[self.cursor]
            self.post_message(self.Opened(row.path or (), row.customer))

    def _fill(self, *, keep: bool) -> None:
        if self._make is None or self.line_width <= 0:
            return
        path = self.path if keep else None
        self._rows = self._make(self.line_width)
        paths = [row.path for row in self._rows]
        cursor = paths.index(path) if path is not None and path in paths else 0
        self.set_count(len(self._rows), cursor=cursor, scroll=not keep)
