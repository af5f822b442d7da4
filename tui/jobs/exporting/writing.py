"""“Export what I see”: orders that are loaded already, written without asking the service."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tui.orders.order import Order

from .fields import AMOUNTS, FIELDS, METADATA, TIMES, Form, Format, masked_name
from .parquet import check_form
from .placing import written
from .sheets import sheet_header, sheet_record

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

_FIELD_OF = {"customer": "customer_id", "referrer": "referrer_id", "products": "items"}
"""The field behind a column of the table, where it has another name."""


def write_orders(
    orders: Iterable[Order],
    target: Path,
    *,
    format: Format,  # noqa: A002 - the word of the command line
    columns: Sequence[str] | None = None,
    form: Form = "faithful",
    masks: Masks | None = None,
) -> int:
    """Write orders to a file that appears when it is whole; returns how many. Blocks.

    JSON Lines hold each order exactly as the API sent it. CSV and Parquet hold the ``columns`` (names of the
    table's columns or API paths), or else every field that an export has, items as JSON and all metadata
    keys; their header are API paths, so that a CSV can be imported. What ``masks`` cover is masked in all.

    Raises:
        ExportRefused: the file cannot be written so; an older one is as it was.
    """
    check_form(format, form)
    listed = list(orders)
    if format == "parquet":
        _write_parquet(target, listed, _fields(columns, listed), masks)
        return len(listed)
    with written(target) as out:
        if format == "jsonl":
            for order in listed:
                out.write(as_text(_masked(order.raw, masks)) + "\n")
        else:
            _write_csv(out, listed, _fields(columns, listed), form, masks)
    return len(listed)


def cell_of(document: dict[str, Any], field: str) -> str:
    """One field of an order as the text of a cell; what is absent or null is empty."""
    value = _value_of(document, field)
    return "" if value is None else _cell_text(value)


def as_text(value: Any) -> str:
    """JSON that can be written as UTF-8, whatever half characters it holds."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or _encodes(text) else json.dumps(value)


def _value_of(document: dict[str, Any], field: str) -> Any:
    holder: Any = document
    if field.startswith(f"{METADATA}."):
        holder, field = document.get(METADATA), field.removeprefix(f"{METADATA}.")
    return holder.get(field) if isinstance(holder, dict) else None


def _cell_text(value: Any) -> str:
    text = value if isinstance(value, str) else as_text(value)
    return text.encode("utf-8", "backslashreplace").decode()


def _write_parquet(target: Path, orders: Sequence[Order], fields: Sequence[str], masks: Masks | None) -> None:
    from .parquet import Value, amount_value, parquet_written, time_value

    def value(document: dict[str, Any], field: str) -> Value:
        found, where = _value_of(document, field), f"order {document.get('id')}"
        if field in AMOUNTS:
            return amount_value(found, where, field)
        if field in TIMES:
            return time_value(found, where, field)
        return None if found is None else _cell_text(found)

    names = [masked_name(field, masks) for field in fields]
    with parquet_written(target, names) as out:
        for order in orders:
            document = _masked(order.raw, masks)
            out.add([value(document, name) for name in names])


def _write_csv(
    out: TextIO, orders: Sequence[Order], fields: Sequence[str], form: Form, masks: Masks | None
) -> None:
    safe = form == "spreadsheet"
    writer = csv.writer(out, lineterminator="\n")
    names = [masked_name(field, masks) for field in fields]
    writer.writerow(sheet_header(names) if safe else names)
    for order in orders:
        document = _masked(order.raw, masks)
        record = [cell_of(document, name) for name in names]
        writer.writerow(sheet_record(record) if safe else record)


def _fields(columns: Sequence[str] | None, orders: Sequence[Order]) -> list[str]:
    if columns is not None:
        return list(dict.fromkeys(_FIELD_OF.get(name, name) for name in columns))
    keys = sorted({key for order in orders for key in order.metadata or {}})
    return [*FIELDS, "items", *(f"{METADATA}.{key}" for key in keys)]


def _masked(document: dict[str, Any], masks: Masks | None) -> dict[str, Any]:
    return document if masks is None else masks.document(document)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
