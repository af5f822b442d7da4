"""Orders written page by page, while the next page is still on its way."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from .formats import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.jobs.exporting.order_csv import OrderCsv
    from tui.orders.columns import Column
    from tui.orders.order import Order
    from tui.orders.privacy import Masks

FORMATS = ("json", "jsonl", "csv")
"""The formats that can be written before everything is known."""


class OrdersStream:
    """Writes pages of orders so that the whole is what ``written`` makes of all of them at once.

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

    def page(self, orders: Sequence[Order], columns: Sequence[Column]) -> None:
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
        """Close what was begun; only the first time counts."""
        if self._open and self._form == "json":
            self._write("\n]\n" if self._written else "[]\n")
        self._open = False

    def _text(self, orders: Sequence[Order], columns: Sequence[Column]) -> str:
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
