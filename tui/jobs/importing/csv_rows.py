"""CSV: a header of fields, one order a record, or one item a record under the same source_id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from tui.orders.amounts import DECIMALS
from tui.orders.request import FieldFault

from .cells import CellError, may_be_typed, unprotected, value_of
from .csv_records import Record, Records
from .dialect import DELIMITERS, PLAIN, Dialect
from .fields import ITEM, Kind, parts_of
from .mapping import SHEET_MARK, Column, ColumnMapping, columns_of, plain_cell
from .rows import JSON_KEY, Row, UnreadableFile

_PLAIN: frozenset[Kind] = frozenset({"text", "current"})
"""Kinds whose cells are text, where the column ``_json`` does not name them."""

_PLURALS = {"comma": "commas", "semicolon": "semicolons", "tab": "tabs", "bar": "bars"}


def read_csv(
    file: BinaryIO,
    mapping: ColumnMapping | None = None,
    dialect: Dialect = PLAIN,
) -> Iterator[Row]:
    """Read orders from records.

    A record with too many or too few cells, or with a cell of the wrong kind, spoils its order only.

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
    table = _Table(list(header), mapping, dialect)
    group: list[Record] = []
    for record in records:
        if group and not table.belongs_to(record, group[0]):
            yield table.row(group)
            group = []
        group.append(record)
    if group:
        yield table.row(group)


class _Table:
    def __init__(self, header: list[str], mapping: ColumnMapping | None, dialect: Dialect) -> None:
        refuse_other_delimiter(header, dialect)
        self._protected = SHEET_MARK in header
        self._header = [unprotected(name) for name in header] if self._protected else header
        columns = columns_of(self._header, mapping)
        self._decimals = mapping.decimals if mapping else DECIMALS
        self._decimal = dialect.decimal
        self._order = [
            (at, c, parts_of(c.path)) for at, c in enumerate(columns) if c.path and not _of_item(c)
        ]
        self._item = [
            (at, c, parts_of(c.path.removeprefix(ITEM)))
            for at, c in enumerate(columns)
            if c.path and _of_item(c)
        ]
        self._read_as = {at: column.read_as() for at, column in enumerate(columns) if column.values}
        self._json_at = self._header.index(JSON_KEY) if JSON_KEY in self._header else None
        self._source_id = next((at for at, c, _ in self._order if c.path == "source_id"), None)
        if self._item and self._source_id is None:
            raise UnreadableFile(
                "columns of items need the column source_id, which tells whose items they are"
            )
        if self._item and any(c.path == "items" for _, c, _ in self._order):
            raise UnreadableFile(
                "items stand in a column of their own and in item columns; keep one of the two"
            )

    def belongs_to(self, record: Record, first: Record) -> bool:
        """Whether a record is another item of the order that the first one began."""
        at = self._source_id
        if not self._item or at is None or at >= min(len(record.cells), len(first.cells)):
            return False
        return bool(record.cells[at]) and record.cells[at] == first.cells[at]

    def row(self, group: list[Record]) -> Row:
        """The order of one record, or of all records of its items."""
        first, raw = group[0], [record.cells for record in group]
        faults = [self._ragged(record) for record in group if len(record.cells) != len(self._header)]
        if faults:
            return Row(first.line, None, tuple(faults), raw)
        document: dict[str, Any] = {}
        untyped: list[str] = []
        self._fill(document, self._order, first, first, faults, untyped)
        for record in group[1:]:
            self._agree(first, record, faults)
        items = [item for record in group if (item := self._item_of(record, first, faults))]
        if items:
            document["items"] = items
        return Row(first.line, None if faults else document, tuple(faults), raw, untyped=tuple(untyped))

    def _item_of(self, record: Record, first: Record, faults: list[FieldFault]) -> dict[str, Any]:
        item: dict[str, Any] = {}
        self._fill(item, self._item, record, first, faults)
        return item

    def _fill(
        self,
        into: dict[str, Any],
        columns: Sequence[tuple[int, Column, tuple[str, ...]]],
        record: Record,
        first: Record,
        faults: list[FieldFault],
        untyped: list[str] | None = None,
    ) -> None:
        read_as = self._read_as
        json_columns = self._json_columns(record, faults)
        for at, column, parts in columns:
            cell = self._cell(record, at)
            if read_as and at in read_as:
                cell = read_as[at].get(plain_cell(cell), cell)
            kind: Kind = "json" if column.header in json_columns and column.kind in _PLAIN else column.kind
            # White space is a text, but no value of any other kind.
            if not cell or (kind not in _PLAIN and cell.isspace()):
                continue
            try:
                value = value_of(cell, kind, decimals=self._decimals, decimal=self._decimal)
            except CellError as error:
                place = "" if record is first else f" (line {record.line:,})"
                faults.append(FieldFault(column.path or "", f"{error}{place}", ascii(cell[:60])))
                continue
            if not _put(into, parts, value):
                faults.append(FieldFault(column.path or "", "is also filled by another column"))
            if kind == "current" and untyped is not None and may_be_typed(cell):
                untyped.append(parts[-1])

    def _cell(self, record: Record, at: int) -> str:
        return unprotected(record.cells[at]) if self._protected else record.cells[at]

    def _json_columns(self, record: Record, faults: list[FieldFault]) -> frozenset[str]:
        """The titles of the columns whose cell in this record is JSON."""
        if self._json_at is None or not (cell := self._cell(record, self._json_at)):
            return frozenset()
        try:
            named = value_of(cell, "json")
        except CellError:
            named = None
        if isinstance(named, list) and set(map(type, named)) <= {str} and set(named) <= set(self._header):
            return frozenset(named)
        message = 'must be a JSON array of titles of this file, such as ["metadata.qty"]'
        if not any(fault.path == JSON_KEY for fault in faults):
            faults.append(FieldFault(JSON_KEY, message, ascii(cell[:60])))
        return frozenset()

    def _agree(self, first: Record, record: Record, faults: list[FieldFault]) -> None:
        for at, column, _ in self._order:
            if record.cells[at] and record.cells[at] != first.cells[at]:
                message = f"on line {record.line:,} differs from line {first.line:,} of the same order"
                faults.append(FieldFault(column.path or "", message))

    def _ragged(self, record: Record) -> FieldFault:
        message = f"has {len(record.cells)} cells where the header has {len(self._header)}"
        return FieldFault("", f"line {record.line:,} {message}")


def _of_item(column: Column) -> bool:
    return column.path is not None and column.path.startswith(ITEM)


def _put(document: dict[str, Any], parts: tuple[str, ...], value: Any) -> bool:
    holder = document
    for part in parts[:-1]:
        inner = holder.setdefault(part, {})
        if not isinstance(inner, dict):
            return False
        holder = inner
    present = holder.get(parts[-1])
    if isinstance(present, dict) and isinstance(value, dict):
        holder[parts[-1]] = {**value, **present}
        return True
    if parts[-1] in holder:
        return False
    holder[parts[-1]] = value
    return True


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
