"""Documents as JSON, JSON lines or CSV: all at once, or page by page."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from tui.terminal.visible import visible, without_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.jobs.exporting.order_csv import OrderCsv
    from tui.orders.columns import OrderColumn
    from tui.orders.order import Order
    from tui.orders.privacy import Masks


FORMATS = ("table", "json", "jsonl", "csv")


def json_text(document: Any, *, indent: int | None = None) -> str:
    """Format JSON as text without terminal controls that always encodes as UTF-8.

    The values are exact: what is escaped reads back as it was.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)
    return without_hidden(text, _escape)


def csv_text(orders: Sequence[Order], columns: Sequence[str] | None) -> str:
    """Orders as CSV that an import reads back unchanged; amounts in minor units.

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


STREAMED_FORMATS = ("json", "jsonl", "csv")
"""The formats that can be written page by page."""


class OrdersStream:
    """Writes orders page by page; the output is the same as that of ``written`` for all of them.

    ``end`` closes what was begun, so that the output is well-formed wherever reading stopped. The columns of
    a CSV are those that the first page needs; ``is_lossy`` is whether a later page had needed ``_json`` too.
    """

    def __init__(self, form: str, write: Callable[[str], None], masks: Masks | None = None) -> None:
        self._form = form
        self._write = write
        self._masks = masks
        self._open = False
        self._written = 0
        self._layout: OrderCsv | None = None
        self.begun = False
        self.is_lossy = False

    def page(self, orders: Sequence[Order], columns: Sequence[OrderColumn]) -> None:
        """Write one more page."""
        from tui.actions.masking import masked_order

        if self._masks is not None and self._masks.on:
            orders = [masked_order(order, self._masks) for order in orders]
        text = self._text(orders, columns)
        self.begun = self._open = True
        self._written += len(orders)
        if text:
            self._write(text)

    def end(self) -> None:
        """End the output. Further calls do nothing."""
        if self._open and self._form == "json":
            self._write("\n]\n" if self._written else "[]\n")
        self._open = False

    def _text(self, orders: Sequence[Order], columns: Sequence[OrderColumn]) -> str:
        if self._form == "csv":
            return self._records(orders, [column.name for column in columns])
        documents = [order.raw for order in orders]
        if self._form == "jsonl":
            return "".join(json_text(document) + "\n" for document in documents)
        if not documents:
            return ""
        array = json_text(documents, indent=2).removeprefix("[\n").removesuffix("\n]")
        return (",\n" if self._written else "[\n") + array

    def _records(self, orders: Sequence[Order], columns: Sequence[str]) -> str:
        from tui.jobs.exporting.order_csv import OrderCsv

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        needed = OrderCsv.of(orders, columns)
        if self._layout is None:
            self._layout = needed
            writer.writerow(needed.header())
        self.is_lossy |= needed.has_json and not self._layout.has_json
        writer.writerows(self._layout.record(order.raw) for order in orders)
        return out.getvalue()
