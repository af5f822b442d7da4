"""CSV: a header of fields, one order a record, or one item a record under the same source_id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from .csv_records import Record, Records
from .csv_table import CsvTable
from .dialect import DELIMITERS, PLAIN, Dialect
from .mapping import ColumnMapping
from .rows import Row, UnreadableFile

_PLURALS = {"comma": "commas", "semicolon": "semicolons", "tab": "tabs", "bar": "bars"}


def read_csv(
    file: BinaryIO,
    mapping: ColumnMapping | None = None,
    dialect: Dialect = PLAIN,
) -> Iterator[Row]:
    """Read orders from records.

    A record with too many or too few cells, or with a cell of the wrong kind, spoils its order only. Records
    without any value are passed over and counted in a row of their own.

    Raises:
        UnreadableFile: the header is wrong, or the quoting or the encoding breaks.
    """
    records = Records(file, dialect)
    header = next(records, None)
    if header is None:
        raise UnreadableFile("the file has no header")
    yield from rows_of(header.cells, records, mapping, dialect)


def rows_of(
    header: Sequence[str], records: Iterable[Record], mapping: ColumnMapping | None, dialect: Dialect
) -> Iterator[Row]:
    """The orders of the records behind a header, as ``read_csv`` reads them.

    Raises:
        UnreadableFile: the header is wrong.
    """
    refuse_other_delimiter(header, dialect)
    table = CsvTable(list(header), mapping, dialect)
    group: list[Record] = []
    blank = last_blank = 0
    for record in records:
        if record.is_blank:
            blank, last_blank = blank + 1, record.line
            continue
        if not group or not table.continues(record, group[0]):
            if group:
                yield table.row(group)
            # Rows are handed on in the order of their lines, so blank ones wait for the order above them.
            if blank:
                yield Row(last_blank, None, blank=blank)
                blank = 0
            group = []
        group.append(record)
    if group:
        yield table.row(group)
    if blank:
        yield Row(last_blank, None, blank=blank)


def refuse_other_delimiter(header: Sequence[str], dialect: Dialect) -> None:
    """See that a single column is not several ones.

    Raises:
        UnreadableFile: another delimiter is in its title.
    """
    for word, plural in _PLURALS.items():
        if len(header) == 1 and DELIMITERS[word] in header[0] and DELIMITERS[word] != dialect.delimiter:
            raise UnreadableFile(
                f"the columns seem to be parted by {plural}", hint=f"Say so: the delimiter is {word}."
            )
