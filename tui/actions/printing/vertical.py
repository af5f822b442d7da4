"""Records one below the other, a field a line: for tables that are too wide, and for reading aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.terminal.cells import cell_width
from tui.terminal.visible import visible

from .table import scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.orders.columns import Column
    from tui.orders.order import Order

    from .table import Paint


def orders_vertical(
    orders: Sequence[Order], columns: Sequence[Column], *, aligned: bool, paint: Paint
) -> str:
    """Each order's columns. ``aligned`` puts the values under each other; else lines are ``title: value``."""
    titles = [column.title for column in columns]
    rows = [[visible(column.text(order)) for column in columns] for order in orders]
    return _records(titles, rows, aligned=aligned, paint=paint)


def documents_vertical(
    documents: Sequence[dict[str, Any]], fields: Sequence[str], *, aligned: bool, paint: Paint
) -> str:
    """The same for other documents."""
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
