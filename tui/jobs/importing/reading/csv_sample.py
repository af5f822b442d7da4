"""The first records of a CSV, from which its dialect and columns are judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from tui.jobs.importing.import_errors import UnreadableFile, file_read_error
from tui.jobs.importing.mapping.column_mapping import titles_by_place, unknown_columns
from tui.jobs.importing.mapping.csv_dialect import MOST_LOOKED_AT, Dialect, likely_dialects
from tui.jobs.importing.mapping.helper_columns import SHEET_MARK
from tui.jobs.importing.mapping.known_exports import recognize_export
from tui.jobs.importing.reading.csv_records import Record, Records
from tui.jobs.importing.reading.import_file import open_unpacked
from tui.jobs.importing.reading.spreadsheet_cells import unprotect

SHOWN = 60
"""Records that are read."""


@dataclass(frozen=True, slots=True)
class CsvSample:
    """The header and the first records of a CSV.

    ``whole`` is whether there are no other records. ``dialects`` are the ways in which the file may be
    written, several where that is ambiguous; ``dialect`` is the one it is read by.
    """

    path: Path
    dialect: Dialect
    header: tuple[str, ...]
    records: tuple[Record, ...]
    whole: bool
    dialects: tuple[Dialect, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The header without the apostrophes of a spreadsheet-safe file; repeated titles with their place."""
        protected = SHEET_MARK in self.header
        return titles_by_place(tuple(map(unprotect, self.header)) if protected else self.header)

    def samples(self, at: int) -> tuple[str, ...]:
        """The cells of a column that are not empty."""
        cells = (record.cells[at] for record in self.records if at < len(record.cells))
        return tuple(cell for cell in cells if cell.strip())


def read_sample(path: Path, dialect: Dialect | None = None) -> CsvSample:
    """Read the beginning of a CSV in the given dialect or the likely one. Blocks.

    Raises:
        ImportRefused: the file cannot be read.
        UnreadableFile: it is not a CSV that is written so, or has no header.
    """
    path = path.expanduser().absolute()
    try:
        if dialect is not None:
            return _read(path, dialect)
        with open_unpacked(path) as file:
            dialects = likely_dialects(file.read(MOST_LOOKED_AT))
        readings = [_read(path, written) for written in dialects]
    except OSError as error:
        raise file_read_error(path, error) from None
    certain = [seen for seen in readings if _is_certain(seen)] if len(readings) > 1 else []
    return certain[0] if len(certain) == 1 else replace(readings[0], dialects=dialects)


def _is_certain(csv_sample: CsvSample) -> bool:
    """Whether its titles are known, so that it cannot be written in another way."""
    return recognize_export(csv_sample.titles) is not None or not unknown_columns(csv_sample.titles, None)


def _read(path: Path, dialect: Dialect) -> CsvSample:
    with open_unpacked(path) as file:
        records = Records(file, dialect)
        header = next(records, None)
        if header is None:
            raise UnreadableFile("the file has no header")
        first = tuple(islice(records, SHOWN + 1))
    return CsvSample(path, dialect, tuple(header.cells), first[:SHOWN], len(first) <= SHOWN, (dialect,))
