"""From the CSV of the service to other forms, by the position of the columns: its header is undocumented."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .checking import read_records
from .fields import AMOUNTS, METADATA, TIMES, Form, Format, masked_name
from .placing import written
from .sheets import sheet_header, sheet_record

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

_WHOLE = re.compile(r"(-?\d{1,18})(?:\.0*)?\Z", re.ASCII)

Keep = Callable[[dict[str, Any]], bool]
"""Says of an exported order, as a document, whether it is wanted: for filters that the service lacks."""


def convert(
    source: Path,
    target: Path,
    fields: Sequence[str],
    *,
    format: Format = "jsonl",  # noqa: A002 - the word of the command line
    form: Form = "faithful",
    keep: Keep | None = None,
    masks: Masks | None = None,
) -> int:
    """Write a downloaded CSV in another form, its columns named by API paths; returns the rows. Blocks.

    ``keep`` sees each order as it is, whatever ``masks`` cover in the file.

    Raises:
        ExportRefused: the source is not sound, or the target cannot be written; nothing is left half-done.
    """
    records = read_records(source)
    next(records, None)
    if format == "parquet":
        return _as_parquet(records, target, fields, keep, masks)
    names = [masked_name(field, masks) for field in fields]
    rows = 0
    with written(target) as out:
        writer = csv.writer(out, lineterminator="\n")
        if format == "csv":
            writer.writerow(sheet_header(names) if form == "spreadsheet" else names)
        for _, came in records:
            if keep is not None and not keep(document_of(came, fields)):
                continue
            rows += 1
            record = came if masks is None else _masked(came, fields, masks)
            if format == "jsonl":
                out.write(json.dumps(document_of(record, names), ensure_ascii=False) + "\n")
            else:
                writer.writerow(sheet_record(record) if form == "spreadsheet" else record)
    return rows


def _as_parquet(
    records: Iterator[tuple[int, list[str]]],
    target: Path,
    fields: Sequence[str],
    keep: Keep | None,
    masks: Masks | None,
) -> int:
    from .parquet import Value, amount_value, parquet_written, time_value

    def value(field: str, cell: str, where: str) -> Value:
        if not cell:
            return None
        if field in AMOUNTS:
            return amount_value(_amount(cell), where, field)
        return time_value(cell, where, field) if field in TIMES else cell

    rows = 0
    with parquet_written(target, [masked_name(field, masks) for field in fields]) as out:
        for line, came in records:
            if keep is not None and not keep(document_of(came, fields)):
                continue
            rows += 1
            record = came if masks is None else _masked(came, fields, masks)
            where = f"line {line:,} of the service's file"
            out.add([value(field, cell, where) for field, cell in zip(fields, record, strict=True)])
    return rows


def _masked(record: Sequence[str], fields: Sequence[str], masks: Masks) -> list[str]:
    masks.learn(document_of(record, fields))
    return [masks.cell(name, cell) for name, cell in zip(fields, record, strict=True)]


def document_of(record: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    """An exported order as a document. An empty cell is an absent field; metadata stays text."""
    document: dict[str, Any] = {}
    for field, cell in zip(fields, record, strict=True):
        if not cell:
            continue
        if field.startswith(f"{METADATA}."):
            document.setdefault(METADATA, {})[field.removeprefix(f"{METADATA}.")] = cell
        else:
            document[field] = _amount(cell) if field in AMOUNTS else cell
    return document


def _amount(cell: str) -> int | str:
    """Minor units, whether written ``7700`` or ``7700.00``; text that is neither stays what it is."""
    whole = _WHOLE.match(cell)
    return int(whole[1]) if whole else cell
