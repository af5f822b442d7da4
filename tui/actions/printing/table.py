"""Orders and records as plain text for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.actions.results import ConvertedSequence
from tui.orders.json_values import display_value
from tui.terminal.cells import cell_width, fit
from tui.terminal.visible import visible

from .formats import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.orders.columns import OrderColumn
    from tui.orders.order import Order


Paint = Callable[[str, str], str]

Row = list[tuple[str, str]]
"""The cells of a line: visible texts, each with the name of its style."""

GAP = "  "

Floors = tuple[int, int, int, int, int]
"""The minimum width of a column in each round of narrowing."""

_WHOLE = 1_000_000
_TEXT: Floors = (8, 8, 4, 4, 1)
_STATUS: Floors = (8, 8, 7, 4, 1)
_TIME: Floors = (_WHOLE, 11, 11, 4, 1)  # the day, and a sign that the hour was cut
_ID: Floors = (_WHOLE, _WHOLE, _WHOLE, 6, 1)
_NUMBER: Floors = (_WHOLE, _WHOLE, _WHOLE, _WHOLE, 1)

_CODES = {
    "title": "1",
    "muted": "2",
    "CREATED": "36",
    "PAID": "32",
    "FULFILLED": "34",
    "CANCELED": "31",
    "ok": "32",
    "warn": "1;33",
    "fail": "1;31",
}


def painter(*, coloured: bool) -> Paint:
    """A function that paints text in a named style, or leaves it plain."""

    def paint(text: str, style: str) -> str:
        code = _CODES.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if coloured and code else text

    return paint


def orders_table(
    orders: Sequence[Order],
    columns: Sequence[OrderColumn],
    *,
    width: int | None,
    paint: Paint,
    squeezed: bool = True,
) -> str:
    """A table with one order a line. ``width`` bounds the lines; ``None`` cuts nothing (a pipe)."""
    layout = [
        Layout(column.title, right=column.align == "right", floors=_floors(column)) for column in columns
    ]
    rows = [
        [
            (visible(column.text(order)), (order.status or "") if column.name == "status" else "")
            for column in columns
        ]
        for order in orders
    ]
    return "".join(table_lines(layout, rows, width=width, paint=paint, squeezed=squeezed))


def documents_table(
    documents: Sequence[dict[str, Any]],
    fields: Sequence[str],
    *,
    width: int | None,
    paint: Paint,
    squeezed: bool = True,
) -> Iterator[str]:
    """The lines of a table with one document a line and one column a field.

    ``documents`` are read twice and not kept: for the widths of the columns, and for the lines.
    """
    layout = [Layout(field, right=False, floors=_ID if field == "id" else _TEXT) for field in fields]

    def row(document: dict[str, Any]) -> Row:
        values = (document.get(field) for field in fields)
        return [("" if value is None else visible(scalar(value)), "") for value in values]

    rows = ConvertedSequence(documents, row)
    return table_lines(layout, rows, width=width, paint=paint, squeezed=squeezed)


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a column: title, alignment, and minimum widths."""

    title: str
    right: bool
    floors: Floors


def table_lines(
    layout: Sequence[Layout],
    rows: Iterable[Row],
    *,
    width: int | None,
    paint: Paint,
    squeezed: bool = True,
) -> Iterator[str]:
    """Lay out visible texts in columns, each as wide as its longest, narrowed to ``width`` if given.

    No line is wider then, unless there are more columns than room for a cell of each. Without ``squeezed``,
    only texts are cut, as long as they stay distinct; lines may be too wide. ``rows`` are iterated twice.
    """
    titles = [visible(column.title) for column in layout]
    widths = [cell_width(title) for title in titles]
    for row in rows:
        widths = [max(widest, cell_width(text)) for widest, (text, _) in zip(widths, row, strict=True)]
    if width is not None:
        _narrow(widths, layout, width, rounds=len(_TEXT) if squeezed else 1)
    yield _line([(title, "title") for title in titles], widths, layout, paint)
    for row in rows:
        yield _line(row, widths, layout, paint)


def record_text(document: dict[str, Any], *, paint: Paint, depth: int = 0) -> str:
    """One document, a field a line, nested ones indented; all values as sent, see ``display_value``."""
    lines = []
    for name, value in document.items():
        label = "  " * depth + paint(visible(name), "title")
        if isinstance(value, dict) and value:
            lines.append(f"{label}:\n{record_text(value, paint=paint, depth=depth + 1)}")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{label}:\n")
            for number, element in enumerate(value):
                lines.append("  " * (depth + 1) + paint(f"[{number}]", "muted") + "\n")
                inner = element if isinstance(element, dict) else {"": element}
                lines.append(record_text(inner, paint=paint, depth=depth + 2))
        else:
            lines.append(f"{label}: {visible(display_value(value))}\n")
    return "".join(lines)


def scalar(value: Any) -> str:
    """A value as text: texts as they are, all else as JSON."""
    return value if isinstance(value, str) else json_text(value)


def _line(row: Row, widths: Sequence[int], layout: Sequence[Layout], paint: Paint) -> str:
    cells = (
        paint(fit(text, width, align="right" if column.right else "left"), style)
        for (text, style), width, column in zip(row, widths, layout, strict=True)
    )
    return GAP.join(cells).rstrip() + "\n"


def _floors(column: OrderColumn) -> Floors:
    """Minimum widths: texts shrink first, then times, then ids, and amounts last."""
    if column.name == "id":
        return _ID
    if column.name == "status":
        return _STATUS
    return {"text": _TEXT, "time": _TIME}.get(column.kind, _NUMBER)


def _narrow(widths: list[int], layout: Sequence[Layout], width: int, *, rounds: int) -> None:
    """Narrow the widest column that has cells to spare, round by round, until the line fits."""
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - width
    for number in range(rounds):
        while excess > 0:
            giving = [at for at, column in enumerate(layout) if widths[at] > column.floors[number]]
            if not giving:
                break
            widths[max(giving, key=lambda at: widths[at])] -= 1
            excess -= 1


if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.orders.columns import OrderColumn
    from tui.orders.order import Order


def orders_vertical(
    orders: Sequence[Order], columns: Sequence[OrderColumn], *, aligned: bool, paint: Paint
) -> str:
    """Each order's columns. ``aligned`` puts the values under each other; else lines are ``title: value``."""
    titles = [column.title for column in columns]
    rows = [[visible(column.text(order)) for column in columns] for order in orders]
    return _records(titles, rows, aligned=aligned, paint=paint)


def documents_vertical(
    documents: Sequence[dict[str, Any]], fields: Sequence[str], *, aligned: bool, paint: Paint
) -> str:
    """Documents as records, one field per line."""
    rows = [
        ["" if document.get(field) is None else visible(scalar(document[field])) for field in fields]
        for document in documents
    ]
    return _records(list(fields), rows, aligned=aligned, paint=paint)


def _records(titles: list[str], rows: list[list[str]], *, aligned: bool, paint: Paint) -> str:
    """Records with an empty line between; a missing value's line is left out unless values are aligned."""
    titles = [visible(title) for title in titles]
    width = max((cell_width(title) for title in titles), default=0)
    records = []
    for number, row in enumerate(rows):
        lines = [paint(f"[{number}]", "muted")] if aligned else [f"{number + 1} of {len(rows)}"]
        for title, value in zip(titles, row, strict=True):
            if aligned:
                gap = " " * (width - cell_width(title) + 2)
                lines.append(f"{paint(title, 'title')}{gap if value else ''}{value}")
            elif value:
                lines.append(f"{title}: {value}")
        records.append("\n".join(lines) + "\n")
    return "\n".join(records)
