"""Writes the rejected rows in the format of their file: correct them and import that file.

Each row has its line and the reason, in columns that a later import ignores.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TextIO

from tui.files.atomic_write import atomic_write_text, write_error_reason
from tui.jobs.importing.checking.metadata_types import typed_values
from tui.jobs.importing.checking.prepared_order import PreparedOrder, order_preparer
from tui.jobs.importing.mapping.column_mapping import columns_of
from tui.jobs.importing.mapping.helper_columns import (
    JSON_KEY,
    LINE_KEY,
    OWN_COLUMNS,
    REASON_KEY,
    SHEET_MARK,
    TEXT_KEY,
    UNTYPED_KEY,
)
from tui.jobs.importing.reading.csv_records import read_header
from tui.jobs.importing.reading.file_rows import read_rows
from tui.jobs.importing.reading.import_file import is_unchanged, open_unpacked
from tui.jobs.importing.reading.row import ImportRow
from tui.jobs.importing.reading.spreadsheet_cells import unprotect
from tui.jobs.importing.runs.import_journal import ImportJournal, RowFinding

from .import_errors import ImportRefused


def write_rejects(journal: ImportJournal, target: Path, *, overwrite: bool = False) -> int:
    """Write the rejected rows of a run to a file, readable by the user only; returns how many.

    Blocks: run it in a thread.

    Raises:
        ImportRefused: the imported file has changed or is gone, or the target exists.
    """
    if journal.file.copy is None and not is_unchanged(journal.file):
        raise ImportRefused(
            f"{journal.file.path} has changed since the import, so its rejected rows cannot be taken from it",
            hint="The reasons and lines are still known: they are in the result of the import.",
        )
    rejected = _rejected(journal)
    is_csv = journal.file.format == "csv"
    encoding = journal.options.written.encoding if is_csv else "utf-8"
    with _created(target, encoding=encoding, overwrite=overwrite) as out:
        match journal.file.format:
            case "json":
                return _write_array(out, rejected)
            case "jsonl" | "parquet":
                return _write_lines(out, rejected)
            case "csv":
                return _write_csv(out, rejected, journal)


def _rejected(journal: ImportJournal) -> Iterator[tuple[ImportRow, str | None, str]]:
    """Each rejected row, the source_id that was assigned to it if any, and the reasons."""
    reasons = groupby(journal.findings(), key=lambda finding: finding.key)
    upcoming = next(reasons, None)
    prepare = order_preparer(journal.file, journal.options, typed_values(journal))
    for row in read_rows(journal.file, journal.options):
        if upcoming is None:
            return
        key, findings = upcoming
        if row.key != key:
            continue
        message = "; ".join(_describe_finding(finding) for finding in findings)
        prepared = prepare(row)
        assigned = None
        if isinstance(prepared, PreparedOrder) and row.document and row.document.get("source_id") is None:
            assigned = prepared.source_id
        yield row, assigned, message
        upcoming = next(reasons, None)


def _describe_finding(finding: RowFinding) -> str:
    place = f"{finding.path} " if finding.path else ""
    return f"{place}{finding.message}" + (f" (it is {finding.shown})" if finding.shown else "")


def _write_array(out: TextIO, rejected: Iterator[tuple[ImportRow, str | None, str]]) -> int:
    count = 0
    out.write("[")
    for row, assigned, message in rejected:
        out.write(",\n" if count else "\n")
        out.write(_as_json(row, assigned, message))
        count += 1
    out.write("\n]\n")
    return count


def _write_lines(out: TextIO, rejected: Iterator[tuple[ImportRow, str | None, str]]) -> int:
    count = 0
    for row, assigned, message in rejected:
        out.write(_as_json(row, assigned, message) + "\n")
        count += 1
    return count


def _as_json(row: ImportRow, assigned: str | None, message: str) -> str:
    document: dict[str, object] = {LINE_KEY: row.line, REASON_KEY: message}
    if row.document is None:
        document[TEXT_KEY] = row.raw
    else:
        document |= {key: value for key, value in row.document.items() if key not in {LINE_KEY, REASON_KEY}}
        if row.untyped:
            document[UNTYPED_KEY] = [f"metadata.{key}" for key in row.untyped]
    if assigned is not None:
        document["source_id"] = assigned
    text = json.dumps(document, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(document)
    return text


def _write_csv(
    out: TextIO, rejected: Iterator[tuple[ImportRow, str | None, str]], journal: ImportJournal
) -> int:
    options = journal.options
    dialect = options.written
    with open_unpacked(journal.file.content) as data:
        header = list(read_header(data, dialect))
    kept = [at for at, name in enumerate(header) if name not in OWN_COLUMNS - {SHEET_MARK, JSON_KEY}]
    named = [unprotect(name) for name in header] if SHEET_MARK in header else header
    paths = [column.path for column in columns_of(named, options.mapping)]
    place = paths.index("source_id") if "source_id" in paths else None
    # A column of that name that the mapping leaves out stays the only one.
    added = place is None and "source_id" not in named
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\n")
    writer.writerow([LINE_KEY, REASON_KEY, *(["source_id"] if added else []), *(header[at] for at in kept)])
    count = 0
    for row, assigned, message in rejected:
        count += 1
        reason = message.encode(dialect.encoding, "replace").decode(dialect.encoding)
        for record in row.raw:
            cells = list(record)
            if place is not None and assigned is not None and place < len(cells):
                cells[place] = assigned
            whole = len(cells) == len(header)
            shown = [cells[at] for at in kept] if whole else cells
            # The reason is of our making, but it may quote the row: it must not begin like a formula.
            own = [str(row.line), f"line {row.line}: {reason}"]
            writer.writerow([*own, *([assigned or ""] if added else []), *shown])
    return count


@contextmanager
def _created(target: Path, *, encoding: str, overwrite: bool) -> Iterator[TextIO]:
    try:
        with atomic_write_text(target, overwrite=overwrite, encoding=encoding) as out:
            yield out
    except FileExistsError:
        raise ImportRefused(
            f"{target} exists already", hint="Nothing was written. Choose another file name."
        ) from None
    except OSError as error:
        raise ImportRefused(f"{target} cannot be written: {write_error_reason(error)}") from None
