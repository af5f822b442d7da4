"""The beginning of a CSV: what a person looks at to say what its columns are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .cells import unprotected
from .csv_records import Record, Records
from .dialect import Dialect, likely
from .mapping import SHEET_MARK, titles_by_place
from .opening import opened
from .rows import UnreadableFile, not_read

SHOWN = 60
"""Records that are looked at."""

_START = 64 * 1024


@dataclass(frozen=True, slots=True)
class Specimen:
    """The header and the first records of a CSV. ``whole`` is whether there are no others."""

    path: Path
    dialect: Dialect
    header: tuple[str, ...]
    records: tuple[Record, ...]
    whole: bool

    @property
    def titles(self) -> tuple[str, ...]:
        """The header without the apostrophes of a spreadsheet-safe file; repeated titles with their place."""
        protected = SHEET_MARK in self.header
        return titles_by_place(tuple(map(unprotected, self.header)) if protected else self.header)

    def samples(self, at: int) -> tuple[str, ...]:
        """The cells of a column that are not empty."""
        cells = (record.cells[at] for record in self.records if at < len(record.cells))
        return tuple(cell for cell in cells if cell.strip())


def take_specimen(path: Path, dialect: Dialect | None = None) -> Specimen:
    """Read the beginning of a CSV, written as it is said or as it seems to be. Blocks.

    Raises:
        ImportRefused: the file cannot be read.
        UnreadableFile: it is no CSV that is written so, or has no header.
    """
    path = path.expanduser().absolute()
    try:
        with opened(path) as file:
            written = dialect or likely(file.read(_START))
        with opened(path) as file:
            records = Records(file, written)
            header = next(records, None)
            if header is None:
                raise UnreadableFile("the file has no header")
            first = tuple(islice(records, SHOWN + 1))
    except OSError as error:
        raise not_read(path, error) from None
    return Specimen(path, written, tuple(header.cells), first[:SHOWN], whole=len(first) <= SHOWN)
