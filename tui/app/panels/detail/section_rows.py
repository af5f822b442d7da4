"""Rows of the detail sections, which know the field they show, and the list that draws them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.message import Message

from tui.app.widgets.line import Line, Piece
from tui.app.widgets.line_list import LineList
from tui.orders.json_values import ABSENT
from tui.orders.order import Order
from tui.orders.paths import Path, format_path, value_at
from tui.terminal.cells import cut, fit
from tui.terminal.visible import hidden_in_lines, visible

_SIGNS = {"CREATED": "○", "PAID": "●", "CANCELED": "×", "FULFILLED": "✓"}

STATUS_ROLES = ("status-created", "status-paid", "status-canceled", "status-fulfilled", "status-other")


def status_role(status: str | None) -> str:
    """The style of a status; a status unknown to the API is ``status-other``."""
    return f"status-{status.lower()}" if status in _SIGNS else "status-other"


def status_sign(status: str | None) -> str:
    """A sign for a status, so that colour is never the only difference."""
    return _SIGNS.get(status or "", "·")


LABEL_WIDTH = 12
"""Width of the labels, in cells."""

_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A line of a section.

    ``path`` is the field it shows; the cursor skips a row without one. ``customer`` is the customer ID that
    enter opens.
    """

    line: Line
    path: Path | None = None
    customer: str | None = None


BLANK = SectionRow(Line())


def heading(text: str, note: str = "") -> SectionRow:
    """The title of a part of a section."""
    noted = (Piece(f"  {note}", "muted"),) if note else ()
    return SectionRow(Line((Piece(text, "strong"), *noted)))


def remark(text: str, role: str = "muted") -> SectionRow:
    """A remark in one line."""
    return SectionRow(Line((Piece(text, role),)))


def remarks(
    text: str, width: int, role: str = "muted", *, lead: str = "", path: Path | None = None
) -> list[SectionRow]:
    """A remark wrapped to the width, with a hanging indent."""
    room = max(16, width - len(lead))
    parts = textwrap.wrap(visible(text), room, break_on_hyphens=False) or [""]
    leads = [lead, *[" " * len(lead)] * (len(parts) - 1)]
    return [SectionRow(Line((Piece(a + b, role),)), path) for a, b in zip(leads, parts, strict=True)]


def fact(
    order: Order,
    label: str,
    path: Path,
    *,
    shown: str | None = None,
    role: str = "",
    null: str = "null",
    customer: str | None = None,
) -> SectionRow:
    """A row with a label and a field. Null, missing and invalid values look different.

    Args:
        order: the order.
        label: shown beside the value.
        path: of the field in the document.
        shown: the formatted value, as safe text; the raw value if not given.
        role: the style of the value.
        null: the text for null.
        customer: the customer ID that enter opens.
    """
    head = Piece(fit(label, LABEL_WIDTH), "label")
    pieces, mark = value_pieces(order, path, shown=shown, role=role, null=null)
    return SectionRow(Line((head, *pieces), mark), path, customer)


def value_pieces(
    order: Order, path: Path, *, shown: str | None = None, role: str = "", null: str = "null"
) -> tuple[tuple[Piece, ...], str]:
    """The value of a field as styled pieces, and the mark of its row."""
    value = value_at(order.raw, path)
    problem = problem_at(order, path)
    if problem:
        return (Piece(as_json(value), "mismatch"), Piece(f"  ! {visible(problem)}", "mismatch")), ""
    if value is ABSENT:
        return (Piece("not sent", "muted"),), ""
    if value is None:
        return (Piece(null, "muted"),), ""
    return (Piece(as_received(value) if shown is None else shown, role),), hidden_mark(value)


def hidden_mark(*values: object) -> str:
    """The mark of a row whose texts contain control or hidden characters."""
    count = sum(hidden_in_lines(value[:_COUNTED]) for value in values if isinstance(value, str))
    return f"hidden characters: {count}" if count else ""


def as_received(value: Any) -> str:
    """A value in one line: a text unquoted, anything else as JSON."""
    return visible(value, limit=1000) if isinstance(value, str) else as_json(value)


def as_json(value: Any) -> str:
    """A value in one line as JSON."""
    if isinstance(value, str):
        return f'"{visible(value, limit=1000)}"'
    try:
        return visible(json.dumps(value), limit=200)
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__


def problem_at(order: Order, path: Path) -> str:
    """The problem of a field or of something in it; empty if there is none."""
    if not order.problems:
        return ""
    where = format_path(path)
    for problem in order.problems:
        place, _, fault = problem.partition(": ")
        if place == where or place.startswith((f"{where}.", f"{where}[")):
            return fault
    return ""


def spread(left: str, right: str, width: int) -> tuple[str, str]:
    """Align two texts left and right in a width; the left one is cut if they do not fit."""
    room = max(1, width - len(right) - 1)
    return fit(cut(left, room), room), " " + right


MakeRows = Callable[[int], list[SectionRow]]


class SectionList(LineList):
    """A list of rows laid out for its width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{role}" for role in STATUS_ROLES),
        "line--mismatch",
        "line--figure",
        "line--rule",
    }

    class Opened(Message):
        """Enter on a row: its customer if it has one, else its field."""

        def __init__(self, path: Path, customer: str | None) -> None:
            super().__init__()
            self.path = path
            self.customer = customer

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: list[SectionRow] = []
        self._make: MakeRows | None = None

    def show(self, make: MakeRows, *, keep: bool = False) -> None:
        """Show the rows that ``make`` returns for a width; ``keep`` keeps the cursor on its field."""
        self._make = make
        self._fill(keep=keep)

    @property
    def path(self) -> Path | None:
        """The field of the selected row."""
        return self._rows[self.cursor].path if self.cursor < len(self._rows) else None

    def lay_out(self, width: int) -> None:
        """Lay the rows out for the width."""
        self._fill(keep=True)

    def line_at(self, index: int) -> Line:
        """The line of a row."""
        return self._rows[index].line

    def can_stop(self, index: int) -> bool:
        """The cursor rests on rows that show a field."""
        return 0 <= index < len(self._rows) and self._rows[index].path is not None

    def action_open(self) -> None:
        """Post the selected row."""
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
