"""From the CSV of the service to other forms, by the position of the columns: its header is undocumented."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .checking import read_records
from .fields import AMOUNTS, METADATA, Form, Format
from .placing import written
from .sheets import sheet_header, sheet_record

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
) -> int:
    """Write a downloaded CSV as JSON Lines, or as a CSV whose header are API paths; returns the rows. Blocks.

    Raises:
        ExportRefused: the source is not sound, or the target cannot be written; nothing is left half-done.
    """
    records = read_records(source)
    next(records, None)
    rows = 0
    with written(target) as out:
        writer = csv.writer(out, lineterminator="\n")
        if format == "csv":
            writer.writerow(sheet_header(fields) if form == "spreadsheet" else fields)
        for _, record in records:
            if keep is not None and not keep(document_of(record, fields)):
                continue
            rows += 1
            if format == "jsonl":
                out.write(json.dumps(document_of(record, fields), ensure_ascii=False) + "\n")
            else:
                writer.writerow(sheet_record(record) if form == "spreadsheet" else record)
    return rows


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
