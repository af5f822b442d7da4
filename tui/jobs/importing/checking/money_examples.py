"""Examples of how amounts are read: one cell of each column, and the totals of the first orders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn, columns_of
from tui.jobs.importing.mapping.import_fields import is_money
from tui.jobs.importing.reading.amount_decimals import AmountDecimals
from tui.jobs.importing.reading.cell_values import CellError, parse_cell
from tui.jobs.importing.reading.csv_sample import CsvSample
from tui.orders.amounts import format_amount

_THREE_DIGITS = re.compile(r"[.,]\d{3}(?!\d)")
"""What looks like thousands or three decimals: the cell to show to the user first."""


def money_examples(csv_sample: CsvSample, mapping: ColumnMapping | None) -> tuple[str, ...]:
    """For each column of amounts one cell and what it is read as: ``“Price”: 540 → 5.40``."""
    try:
        columns = columns_of(csv_sample.titles, mapping)
    except UnreadableFile:
        return ()
    decimals = AmountDecimals(csv_sample.titles, columns, mapping)
    dialect = mapping.dialect if mapping else csv_sample.dialect
    shown = []
    for at, column in enumerate(columns):
        if column.path is None or not (column.kind == "amount" or is_money(column.path)):
            continue
        readings = list(_readings(csv_sample, at, column, decimals, dialect.decimal))
        if readings:
            cell, amount = max(readings, key=lambda reading: _telling(reading[0]))
            shown.append(f"“{column.header}”: {cell} → {amount}")
    return tuple(shown)


def _readings(
    csv_sample: CsvSample, at: int, column: MappedColumn, decimals: AmountDecimals, mark: Any
) -> Iterator[tuple[str, str]]:
    for record in csv_sample.records:
        if len(record.cells) < len(csv_sample.titles) or not record.cells[at].strip():
            continue
        places = decimals.of(record.cells, record.cells, [])
        try:
            minor = parse_cell(
                record.cells[at], column.kind, column.path or "", decimals=places, decimal=mark
            )
        except CellError:
            continue
        yield record.cells[at].strip(), format_amount(minor, decimals=places)


def _telling(cell: str) -> tuple[bool, bool]:
    """How informative a cell is: thousands or decimals first, then a cell without decimals."""
    return bool(_THREE_DIGITS.search(cell)), cell.isdigit() and int(cell) > 0


def total_of(document: dict[str, Any]) -> tuple[int, int] | None:
    """An order's amount and its discounts, which the service subtracts; ``None`` without an amount."""
    amount, items = document.get("amount"), document.get("items")
    if not isinstance(amount, int) or isinstance(amount, bool):
        return None
    listed: Sequence[Any] = items if isinstance(items, list) else ()
    parts = [
        document.get("discount_amount"),
        *(i.get("discount_amount") for i in listed if isinstance(i, dict)),
    ]
    return amount, sum(part for part in parts if isinstance(part, int))


def order_total_text(document: dict[str, Any], decimals: int) -> str | None:
    """An order and its total: ``1001 90.00 − 10.00 = 80.00``; ``None`` without an amount."""
    found = total_of(document)
    if found is None:
        return None
    amount, discount = found
    written = format_amount(amount, decimals=decimals)
    if discount:
        total = format_amount(amount - discount, decimals=decimals)
        written = f"{written} − {format_amount(discount, decimals=decimals)} = {total}"
    name = document.get("source_id") or document.get("id") or "an order without a number"
    return f"{name} {written}"
