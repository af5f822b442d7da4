"""Converts the service's CSV to the files that Ordex writes, with API paths as column names."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.jobs.importing.mapping.helper_columns import UNTYPED_KEY
from tui.jobs.importing.reading.cell_values import may_be_typed

from .csv_check import RowCheck, read_records
from .export_request import (
    AMOUNTS,
    METADATA,
    MINOR_UNITS,
    TIMES,
    CellEscape,
    ExportRefused,
    Format,
    masked_name,
)
from .order_csv import sheet_header, sheet_record
from .target_file import open_text_target

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

OrderFilter = Callable[[dict[str, Any]], bool]
"""Returns whether an exported order, as a document, matches: for filters that the service lacks."""


def convert(
    source: Path,
    target: Path,
    fields: Sequence[str],
    *,
    overwrite: bool = False,
    format: Format = "jsonl",  # noqa: A002 - the word of the command line
    escape: CellEscape = "none",
    keep: OrderFilter | None = None,
    unwritten: Collection[str] = (),
    masks: Masks | None = None,
    check: RowCheck | None = None,
) -> int:
    """Convert a downloaded CSV, with columns named by API paths; return the number of rows. Blocks.

    ``fields`` are the paths of the file's columns, see ``column_matching``. The service's CSV has no types:
    JSON Lines list metadata that may not be text under ``_untyped``; CSV and Parquet show it by the absence
    of the column ``_json``.
    ``keep`` gets each order unmasked; ``unwritten`` fields were downloaded only for it. ``check`` gets every
    row of the source.

    Raises:
        ExportRefused: the source is damaged or has none of the fields, or the target cannot be written; the
            target is unchanged.
    """
    records = read_records(source)
    next(records, None)
    places = [at for at, field in enumerate(fields) if field not in unwritten]
    if not places:
        raise ExportRefused(
            "no order of this export has metadata, so the file would have no columns",
            hint="Export another field too: --fields id,metadata.",
        )
    if check is not None:
        records = _checked(records, check)
    records = _kept(records, fields, keep, places)
    fields = [fields[at] for at in places]
    if format == "parquet":
        return _as_parquet(records, target, fields, masks, overwrite=overwrite)
    names = [masked_name(field, masks) for field in fields]
    amounts = [at for at, field in enumerate(fields) if field in AMOUNTS]
    rows = 0
    with open_text_target(target, overwrite=overwrite) as out:
        writer = csv.writer(out, lineterminator="\n")
        if format == "csv":
            writer.writerow(sheet_header(names) if escape == "spreadsheet" else names)
        for _, came in records:
            rows += 1
            record = came if masks is None else _masked(came, fields, masks)
            if format == "jsonl":
                document = document_of(record, names)
                if masks is None and (untyped := _untyped(record, names)):
                    document[UNTYPED_KEY] = untyped
                out.write(json.dumps(document, ensure_ascii=False) + "\n")
            else:
                record = _with_minor_units(record, amounts)
                writer.writerow(sheet_record(record) if escape == "spreadsheet" else record)
    return rows


def _as_parquet(
    records: Iterator[tuple[int, list[str]]],
    target: Path,
    fields: Sequence[str],
    masks: Masks | None,
    *,
    overwrite: bool,
) -> int:
    from .parquet import Value, amount_value, open_parquet_target, time_value

    def value(field: str, cell: str, where: str) -> Value:
        if not cell:
            return None
        if field in AMOUNTS:
            return amount_value(_amount(cell), where, field)
        return time_value(cell, where, field) if field in TIMES else cell

    rows = 0
    names = [masked_name(field, masks) for field in fields]
    with open_parquet_target(target, names, overwrite=overwrite) as out:
        for line, came in records:
            rows += 1
            record = came if masks is None else _masked(came, fields, masks)
            where = f"line {line:,} of the service's file"
            out.add([value(field, cell, where) for field, cell in zip(fields, record, strict=True)])
    return rows


def _kept(
    records: Iterator[tuple[int, list[str]]],
    fields: Sequence[str],
    keep: OrderFilter | None,
    places: Sequence[int],
) -> Iterator[tuple[int, list[str]]]:
    """Yield the matching records, reduced to the cells at these places."""
    for line, record in records:
        if keep is None or keep(document_of(record, fields)):
            yield line, [record[at] for at in places]


def _checked(records: Iterator[tuple[int, list[str]]], check: RowCheck) -> Iterator[tuple[int, list[str]]]:
    for line, record in records:
        check.add(line, record)
        yield line, record


def _masked(record: Sequence[str], fields: Sequence[str], masks: Masks) -> list[str]:
    masks.learn(document_of(record, fields))
    return [masks.cell(name, cell) for name, cell in zip(fields, record, strict=True)]


def document_of(record: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    """An exported order as a document. Empty cells are absent fields; metadata values stay text."""
    document: dict[str, Any] = {}
    for field, cell in zip(fields, record, strict=True):
        if not cell:
            continue
        if field == METADATA:
            document[METADATA] = _object(cell)
        elif field.startswith(f"{METADATA}."):
            document.setdefault(METADATA, {})[field.removeprefix(f"{METADATA}.")] = cell
        else:
            document[field] = _amount(cell) if field in AMOUNTS else cell
    return document


def _untyped(record: Sequence[str], fields: Sequence[str]) -> list[str]:
    """The metadata fields whose text may represent a value of another type."""
    return [
        field
        for field, cell in zip(fields, record, strict=True)
        if field.startswith(f"{METADATA}.") and cell and may_be_typed(cell)
    ]


def _object(cell: str) -> Any:
    """The metadata from a single column of JSON."""
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell


def _with_minor_units(record: list[str], amounts: Sequence[int]) -> list[str]:
    """The record with all amounts as integers."""
    if not any("." in record[at] for at in amounts):
        return record
    return [str(_amount(cell)) if at in amounts else cell for at, cell in enumerate(record)]


def _amount(cell: str) -> int | str:
    """Minor units from ``7700`` or ``7700.00``; any other text is unchanged."""
    whole = MINOR_UNITS.match(cell)
    return int(whole[1]) if whole else cell
