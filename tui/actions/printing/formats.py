"""Documents as JSON, JSON lines or CSV for programs: stdout is data."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from tui.terminal.visible import visible, without_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.orders.order import Order

FORMATS = ("table", "json", "jsonl", "csv")


def json_text(document: Any, *, indent: int | None = None) -> str:
    """Write JSON as UTF-8 text in which nothing acts on a terminal or fails to encode.

    The values are exact: what is escaped reads back as it was.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)
    return without_hidden(text, _escape)


def csv_text(orders: Sequence[Order], columns: Sequence[str] | None) -> str:
    """Orders as CSV that an import reads back unchanged, see ``order_csv``; amounts in minor units.

    ``columns`` are names of the table's columns or API paths; ``None`` stands for every field.
    """
    from tui.jobs.exporting.order_csv import OrderCsv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    layout = OrderCsv.of(orders, columns)
    writer.writerow(layout.header())
    writer.writerows(layout.record(order.raw) for order in orders)
    return out.getvalue()


def documents_csv(documents: Iterable[dict[str, Any]], fields: Sequence[str]) -> Iterator[str]:
    """Other documents as lines of CSV, one column a field.

    Characters that act on a terminal are written as signs.
    """
    yield _csv_line(fields)
    for document in documents:
        yield _csv_line([_csv_cell(document.get(field)) for field in fields])


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    return visible(value if isinstance(value, str) else json_text(value), multiline=True, limit=None)
