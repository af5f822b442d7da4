"""Writes loaded orders to a file, without calls to the service."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tui.orders.order import Order

from .export_request import AMOUNTS, TIMES, CellEscape, Format, masked_name
from .order_csv import OrderCsv, sheet_header, sheet_record
from .parquet import check_format
from .target_file import open_text_target

if TYPE_CHECKING:
    from tui.orders.privacy import Masks


def write_orders(
    orders: Iterable[Order],
    target: Path,
    *,
    format: Format,  # noqa: A002 - the word of the command line
    overwrite: bool = False,
    columns: Sequence[str] | None = None,
    escape: CellEscape = "none",
    masks: Masks | None = None,
) -> int:
    """Write orders to a file, which appears when it is complete; return their number. Blocks.

    JSON Lines contain each order exactly as the API sent it. CSV and Parquet contain the ``columns`` (names
    of table columns or API paths), or else all fields of an export, items as JSON and all metadata keys, in
    the layout of ``order_csv``, so that an import reads them back. ``masks`` apply to every format.

    Raises:
        ExportRefused: the file cannot be written; an existing one is unchanged.
    """
    check_format(format, escape)
    listed = list(orders)
    if format == "parquet":
        _write_parquet(target, listed, OrderCsv.of(listed, columns), masks, overwrite=overwrite)
        return len(listed)
    with open_text_target(target, overwrite=overwrite) as out:
        if format == "jsonl":
            for order in listed:
                out.write(_as_line(_masked(order.raw, masks)) + "\n")
        else:
            _write_csv(out, listed, OrderCsv.of(listed, columns), escape, masks)
    return len(listed)


def _write_parquet(
    target: Path, orders: Sequence[Order], layout: OrderCsv, masks: Masks | None, *, overwrite: bool
) -> None:
    from .parquet import Value, amount_value, open_parquet_target, time_value

    def values(order: Order) -> list[Value]:
        document = _masked(order.raw, masks)
        where = f"order {document.get('id')}"
        found: list[Value] = []
        for name, cell in zip(names, layout.cells(document, _name_of(masks), nullable=True), strict=True):
            if name in AMOUNTS:
                found.append(amount_value(document.get(name), where, name))
            elif name in TIMES:
                found.append(time_value(document.get(name), where, name))
            else:
                found.append(cell)
        return found

    names = layout.header(_name_of(masks))
    with open_parquet_target(target, names, overwrite=overwrite) as out:
        for order in orders:
            out.add(values(order))


def _write_csv(
    out: TextIO, orders: Sequence[Order], layout: OrderCsv, escape: CellEscape, masks: Masks | None
) -> None:
    safe = escape == "spreadsheet"
    writer = csv.writer(out, lineterminator="\n")
    header = layout.header(_name_of(masks))
    writer.writerow(sheet_header(header) if safe else header)
    for order in orders:
        record = layout.record(_masked(order.raw, masks), _name_of(masks))
        writer.writerow(sheet_record(record) if safe else record)


def _as_line(value: Any) -> str:
    """JSON that can be written as UTF-8, even with lone surrogates."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or _encodes(text) else json.dumps(value)


def _name_of(masks: Masks | None) -> Callable[[str], str]:
    return partial(masked_name, masks=masks)


def _masked(document: dict[str, Any], masks: Masks | None) -> dict[str, Any]:
    return document if masks is None else masks.document(document)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
