"""Whether a downloaded CSV is whole and sound. Nothing is assumed of its header's words."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .fields import ExportFailed

LONGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CsvFacts:
    """What a sound file holds: its header, and the number of ``rows`` without it."""

    header: tuple[str, ...]
    rows: int


class IdCounter:
    """Counts rows whose id another row has too; eight bytes a row, so that it may be many."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, order_id: str) -> None:
        """One more row. An empty id is nobody's."""
        if order_id:
            self._hashes.append(hash(order_id))

    @property
    def repeated(self) -> int:
        """Rows that are there although an earlier one had their id."""
        return len(self._hashes) - len(set(self._hashes))


def check_csv(path: Path) -> CsvFacts:
    """Read the whole file. Blocks.

    Raises:
        ExportFailed: the columns are not the same in each record, or the text or the quoting breaks.
    """
    records = read_records(path)
    header = next(records, (0, []))[1]
    rows = 0
    for line, record in records:
        if len(record) != len(header):
            raise _unsound(line, f"it has {len(record)} cells where the header has {len(header)}")
        rows += 1
    return CsvFacts(tuple(header), rows)


def read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records, the header first, each with the line it ends on.

    A blank line is no record, but in a file of one column it is one with an empty cell.

    Raises:
        ExportFailed: the text or the quoting breaks.
    """
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            width = 0
            for record in reader:
                if any("\0" in cell for cell in record):
                    raise _unsound(reader.line_num, "it holds a NUL character")
                if record or width == 1:
                    width = width or len(record)
                    yield reader.line_num, record or [""]
        except csv.Error as error:
            raise _unsound(reader.line_num, f"it is not CSV: {error}") from None
        except UnicodeDecodeError:
            raise _unsound(reader.line_num + 1, "it is not UTF-8") from None


def _unsound(line: int, message: str) -> ExportFailed:
    return ExportFailed(
        f"the downloaded file is not sound: line {line:,}: {message}",
        hint="Download it again; it was not given its name.",
    )
