"""Checks a downloaded CSV with any header."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.terminal.pluralize import pluralize

from .export_request import AMOUNTS, ExportFailed, is_minor_units

LONGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CsvFacts:
    """The header of a valid file, and the number of ``rows`` below it."""

    header: tuple[str, ...]
    rows: int


class RowCheck:
    """Finds missing and repeated ids and unexpected amounts in the rows of a valid file.

    ``fields`` are the paths of the columns. Needs eight bytes of memory per row.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        self._id = fields.index("id") if "id" in fields else None
        self._amounts = [(at, field) for at, field in enumerate(fields) if field in AMOUNTS]
        self._hashes = array("q")
        self._rows = self._odd_amounts = 0
        self._example = ""

    def add(self, line: int, record: Sequence[str]) -> None:
        """Check a row, which ends on this line."""
        self._rows += 1
        if self._id is not None and record[self._id]:
            self._hashes.append(hash(record[self._id]))
        for at, field in self._amounts:
            if record[at] and not is_minor_units(record[at]):
                self._odd_amounts += 1
                self._example = self._example or f"{field} “{record[at][:40]}” in line {line:,}"

    @property
    def repeated(self) -> int:
        """The number of rows with the id of an earlier row."""
        return len(self._hashes) - len(set(self._hashes))

    @property
    def without_id(self) -> int:
        """The number of rows with an empty id; 0 if ids were not exported."""
        return 0 if self._id is None else self._rows - len(self._hashes)

    def doubts(self) -> tuple[str, ...]:
        """The warnings as text, one for each kind of finding."""
        lines = []
        if repeated := self.repeated:
            lines.append(
                f"{pluralize(repeated, 'row')} of the service's file {_has(repeated)} the id of"
                " an earlier one"
            )
        if without := self.without_id:
            lines.append(f"{pluralize(without, 'row')} of the service's file {_has(without)} no id")
        if odd := self._odd_amounts:
            lines.append(
                f"{pluralize(odd, 'amount')} of the service's file {'are' if odd > 1 else 'is'} not in minor"
                f" units and {'were' if odd > 1 else 'was'} left as {'they' if odd > 1 else 'it'} came,"
                f" such as {self._example}"
            )
        return tuple(lines)


def _has(count: int) -> str:
    return "have" if count > 1 else "has"


def check_csv(path: Path) -> CsvFacts:
    """Read and check the whole file. Blocks.

    Raises:
        ExportFailed: a record has another number of columns, or the encoding or quoting is invalid.
    """
    records = read_records(path)
    header = next(records, (0, []))[1]
    rows = 0
    for line, record in records:
        if len(record) != len(header):
            raise _unsound(line, f"it has {len(record)} cells, but the header has {len(header)}")
        if len(header) > 1 and record == header:
            raise _unsound(line, "the header is repeated")
        rows += 1
    return CsvFacts(tuple(header), rows)


def read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the records, the header first, each with the line on which it ends.

    Blank lines are skipped, but in a file of one column they are empty cells.

    Raises:
        ExportFailed: the encoding or quoting is invalid.
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
        f"the downloaded file is damaged: line {line:,}: {message}",
        hint="Download it again. No file was written.",
    )
