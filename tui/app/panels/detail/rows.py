"""What the sections of the detail pane are made of: rows that know which field they show."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import Any

from tui.app.widgets.json_path import Path, dotted, lookup
from tui.app.widgets.line import Line, Piece
from tui.orders.json_values import ABSENT
from tui.orders.order import Order
from tui.terminal.cells import cut, fit
from tui.terminal.visible import hidden_in_lines, visible

LABEL_WIDTH = 12
"""Cells of the column of labels."""

_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a section.

    ``path`` is the field it shows; a row without one is passed over by the cursor. ``customer`` is the id
    that enter chooses.
    """

    line: Line
    path: Path | None = None
    customer: str | None = None


BLANK = Row(Line())


def heading(text: str, note: str = "") -> Row:
    """The title of a part of a section."""
    noted = (Piece(f"  {note}", "muted"),) if note else ()
    return Row(Line((Piece(text, "strong"), *noted)))


def remark(text: str, role: str = "muted") -> Row:
    """A sentence of ours."""
    return Row(Line((Piece(text, role),)))


def remarks(
    text: str, width: int, role: str = "muted", *, lead: str = "", path: Path | None = None
) -> list[Row]:
    """A sentence over as many lines as it needs; the later ones stand under the first's text."""
    room = max(16, width - len(lead))
    parts = textwrap.wrap(visible(text), room, break_on_hyphens=False) or [""]
    leads = [lead, *[" " * len(lead)] * (len(parts) - 1)]
    return [Row(Line((Piece(a + b, role),)), path) for a, b in zip(leads, parts, strict=True)]


def fact(
    order: Order,
    label: str,
    path: Path,
    *,
    shown: str | None = None,
    role: str = "",
    null: str = "null",
    customer: str | None = None,
) -> Row:
    """A label and a field. Null, not sent and of an unexpected type each look like what they are.

    Args:
        order: whose field.
        label: our word for it.
        path: where it is in the document.
        shown: how its value is written, already visible; as it came when not given.
        role: how its value looks.
        null: our word for null, beside the word itself.
        customer: the id that enter chooses.
    """
    head = Piece(fit(label, LABEL_WIDTH), "label")
    pieces, mark = value_pieces(order, path, shown=shown, role=role, null=null)
    return Row(Line((head, *pieces), mark), path, customer)


def value_pieces(
    order: Order, path: Path, *, shown: str | None = None, role: str = "", null: str = "null"
) -> tuple[tuple[Piece, ...], str]:
    """How a field's value looks, and the mark of its row."""
    value = lookup(order.raw, path)
    problem = problem_at(order, path)
    if problem:
        return (Piece(as_json(value), "mismatch"), Piece(f"  ! {visible(problem)}", "mismatch")), ""
    if value is ABSENT:
        return (Piece("not sent", "muted"),), ""
    if value is None:
        return (Piece(null, "muted"),), ""
    return (Piece(as_came(value) if shown is None else shown, role),), hidden_mark(value)


def hidden_mark(*values: object) -> str:
    """The mark of a row whose texts hold characters that act or hide."""
    count = sum(hidden_in_lines(value[:_COUNTED]) for value in values if isinstance(value, str))
    return f"hidden characters: {count}" if count else ""


def as_came(value: Any) -> str:
    """A value in one line: a text as it is, all else as JSON."""
    return visible(value, limit=1000) if isinstance(value, str) else as_json(value)


def as_json(value: Any) -> str:
    """A value in one line as JSON, so that a text is told from a number."""
    if isinstance(value, str):
        return f'"{visible(value, limit=1000)}"'
    try:
        return visible(json.dumps(value), limit=200)
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__


def problem_at(order: Order, path: Path) -> str:
    """What is wrong with the type of a field, or of something in it; empty when nothing is."""
    if not order.problems:
        return ""
    where = dotted(path)
    for problem in order.problems:
        place, _, fault = problem.partition(": ")
        if place == where or place.startswith((f"{where}.", f"{where}[")):
            return fault
    return ""


def between(left: str, right: str, width: int) -> tuple[str, str]:
    """Two texts at the two edges of a width; the left one is cut when they do not both fit."""
    room = max(1, width - len(right) - 1)
    return fit(cut(left, room), room), " " + right
