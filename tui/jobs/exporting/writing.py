"""“Export what I see”: orders that are loaded already, written without asking the service."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from tui.orders.order import Order

from .fields import FIELDS, METADATA, Form, Format
from .placing import written
from .sheets import sheet_header, sheet_record

_FIELD_OF = {"customer": "customer_id", "referrer": "referrer_id", "products": "items"}
"""The field behind a column of the table, where it has another name."""


def write_orders(
    orders: Iterable[Order],
    target: Path,
    *,
    format: Format,  # noqa: A002 - the word of the command line
    columns: Sequence[str] | None = None,
    form: Form = "faithful",
) -> int:
    """Write orders to a file that appears when it is whole; returns how many. Blocks.

    JSON Lines hold each order exactly as the API sent it. CSV holds the ``columns`` (names of the table's
    columns or API paths), or else every field that an export has, items as JSON and all metadata keys; its
    header are API paths, so that it can be imported.

    Raises:
        ExportRefused: the file cannot be written; an older one is as it was.
    """
    listed = list(orders)
    with written(target) as out:
        if format == "jsonl":
            for order in listed:
                out.write(as_text(order.raw) + "\n")
        else:
            _write_csv(out, listed, _fields(columns, listed), form)
    return len(listed)


def cell_of(document: dict[str, Any], field: str) -> str:
    """One field of an order as the text of a cell; what is absent or null is empty."""
    holder: Any = document
    if field.startswith(f"{METADATA}."):
        holder, field = document.get(METADATA), field.removeprefix(f"{METADATA}.")
    value = holder.get(field) if isinstance(holder, dict) else None
    if value is None:
        return ""
    text = value if isinstance(value, str) else as_text(value)
    return text.encode("utf-8", "backslashreplace").decode()


def as_text(value: Any) -> str:
    """JSON that can be written as UTF-8, whatever half characters it holds."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or _encodes(text) else json.dumps(value)


def _write_csv(out: TextIO, orders: Sequence[Order], fields: Sequence[str], form: Form) -> None:
    safe = form == "spreadsheet"
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet_header(fields) if safe else fields)
    for order in orders:
        record = [cell_of(order.raw, field) for field in fields]
        writer.writerow(sheet_record(record) if safe else record)


def _fields(columns: Sequence[str] | None, orders: Sequence[Order]) -> list[str]:
    if columns is not None:
        return list(dict.fromkeys(_FIELD_OF.get(name, name) for name in columns))
    keys = sorted({key for order in orders for key in order.metadata or {}})
    return [*FIELDS, "items", *(f"{METADATA}.{key}" for key in keys)]


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
