"""CSV records become orders: one order a record, or one item a record under the same source_id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.mapping.column_mapping import (
    ColumnMapping,
    MappedColumn,
    columns_of,
    plain_cell,
    titles_by_place,
)
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, DELIMITERS, Dialect
from tui.jobs.importing.mapping.helper_columns import JSON_KEY, SHEET_MARK
from tui.jobs.importing.mapping.import_fields import ITEM, CellKind, parts_of
from tui.jobs.importing.reading.amount_decimals import AmountDecimals
from tui.jobs.importing.reading.cell_values import CellError, may_be_typed, parse_cell
from tui.jobs.importing.reading.csv_records import Record, Records
from tui.jobs.importing.reading.row import ImportRow
from tui.jobs.importing.reading.spreadsheet_cells import unprotect
from tui.orders.request import FieldFault

_TOTALS = frozenset(
    ("total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "totale", "suma")
)
"""Words in place of an order's number in the last row of a report."""

_SERVICE_IDS = {"source_id": "ord_", "customer.source_id": "cust_", "referrer.source_id": "cust_"}
_SERVICE_ID = re.compile(r"[a-z]+_[0-9A-Za-z]{16,32}\Z")

_PLAIN: frozenset[CellKind] = frozenset({"text", "current"})
"""Kinds whose cells are text, where the column ``_json`` does not name them."""

_Place = tuple[int, MappedColumn, tuple[str, ...]]
"""A column's position, the column, and the keys of its field."""


class CsvTable:
    """The columns of a file, by which its records become orders.

    Raises:
        UnreadableFile: the header is wrong.
    """

    def __init__(self, header: list[str], mapping: ColumnMapping | None, dialect: Dialect) -> None:
        self._protected = SHEET_MARK in header
        self._titles = titles_by_place([unprotect(n) for n in header] if self._protected else header)
        columns = columns_of(self._titles, mapping)
        # Ids of the service name its own orders: their other fields are taken exactly as they are.
        self._is_foreign = mapping is not None and all(column.path != "id" for column in columns)
        self._decimal = dialect.decimal
        placed = [(at, c, c.path) for at, c in enumerate(columns) if c.path]
        self._order: list[_Place] = [(at, c, parts_of(p)) for at, c, p in placed if not p.startswith(ITEM)]
        self._item: list[_Place] = [
            (at, c, parts_of(p.removeprefix(ITEM))) for at, c, p in placed if p.startswith(ITEM)
        ]
        self._read_as = {at: column.read_as() for at, column in enumerate(columns) if column.values}
        self._is_plain = not self._protected and not self._read_as
        self._json_at = self._titles.index(JSON_KEY) if JSON_KEY in self._titles else None
        self._key = next((at for at, c, _ in self._order if c.path == "source_id"), None)
        if self._item and self._key is None:
            raise UnreadableFile(
                "columns of items need the column source_id, which assigns the items to orders"
            )
        self._ids = [place for place in self._order if place[1].path == "id"]
        self._decimals = AmountDecimals(self._titles, columns, mapping)

    def continues(self, record: Record, first: Record) -> bool:
        """Whether a record is another item of the order that the first one began.

        One with item cells and without the order's number cannot be anything else, if it is sound at all; nor
        can one without a number that has lost cells, which may have been an item's.
        """
        if not self._item:
            return False
        if number := self._number(record):
            return number == self._number(first)
        return self._fills(record, self._item) or self._ragged(record) is not None

    def row(self, group: list[Record]) -> ImportRow:
        """The order of one record, or of all records of its items."""
        first, raw, by_item = group[0], [record.cells for record in group], bool(self._item)
        faults = [fault for record in group if (fault := self._ragged(record))]
        if faults:
            return ImportRow(
                first.line, None, tuple(faults), raw, by_item=by_item, source_id=self._number(first)
            )
        faults = list(self._number_faults(first))
        document: dict[str, Any] = {}
        untyped: list[str] = []
        self._fill(document, self._order, first, first, faults, untyped)
        for record in group[1:]:
            self._agree(first, record, faults)
        items = [item for record in group if (item := self._item_of(record, first, faults))]
        if items:
            document["items"] = items
        if not document and not faults:
            faults.append(FieldFault("", "is empty: no filled cell of this row belongs to a field"))
        notes = self._tidy(document)
        if faults:
            reasons = tuple(dict.fromkeys(faults))
            return ImportRow(first.line, None, reasons, raw, by_item=by_item, source_id=self._number(first))
        decimals = self._decimals.of(first.cells, first.cells, [])
        return ImportRow(
            first.line,
            document,
            (),
            raw,
            untyped=tuple(untyped),
            by_item=by_item,
            notes=notes,
            decimals=decimals,
        )

    def _number(self, record: Record) -> str:
        """The order number of a record, or empty."""
        if self._key is None or self._key >= len(record.cells):
            return ""
        cell = self._cell(record, self._key)
        return cell.strip() if self._is_foreign else cell

    def _fills(self, record: Record, columns: Sequence[_Place]) -> bool:
        return any(at < len(record.cells) and self._cell(record, at).strip() for at, _, _ in columns)

    def _number_faults(self, first: Record) -> Iterator[FieldFault]:
        """Why a row does not begin an order, judged by the cell of the order's number."""
        if self._key is None:
            return
        number, title = self._number(first), self._titles[self._key]
        if not number and (self._item or self._is_foreign or not self._fills(first, self._ids)):
            whose = ", so it is unknown which order these items belong to" if self._item else ""
            yield FieldFault("source_id", f"is missing: “{title}” is empty{whose}")
        if self._is_foreign and plain_cell(number).rstrip(":") in _TOTALS:
            yield FieldFault("source_id", "looks like a row of totals, not an order", ascii(number))

    def _tidy(self, document: dict[str, Any]) -> tuple[str, ...]:
        """Remove spaces around the order number of a foreign file; elsewhere report them."""
        number = document.get("source_id")
        if not isinstance(number, str) or number == number.strip():
            return ()
        if self._is_foreign:
            document["source_id"] = number.strip()
            return ("spaces around source_id are removed",)
        return ("source_id has spaces around it, and is another order than without them",)

    def _item_of(self, record: Record, first: Record, faults: list[FieldFault]) -> dict[str, Any]:
        item: dict[str, Any] = {}
        self._fill(item, self._item, record, first, faults)
        return item

    def _fill(
        self,
        into: dict[str, Any],
        columns: Sequence[_Place],
        record: Record,
        first: Record,
        faults: list[FieldFault],
        untyped: list[str] | None = None,
    ) -> None:
        if not columns:
            return
        json_columns = self._json_columns(record, faults)
        plain_cells = record.cells if self._is_plain else None
        decimals = self._decimals.of(record.cells, first.cells, faults)
        for at, column, parts in columns:
            cell = plain_cells[at] if plain_cells else self._cell(record, at)
            if not cell:
                continue
            kind: CellKind = column.kind
            if json_columns and column.header in json_columns and (kind in _PLAIN or kind == "time"):
                kind = "json"
            # White space is a text, but no value of any other kind.
            if (kind not in _PLAIN or self._is_foreign) and cell.isspace():
                continue
            path = column.path or ""
            try:
                if self._is_foreign and path in _SERVICE_IDS:
                    _refuse_service_id(path, cell)
                value = parse_cell(cell, kind, path, decimals=decimals, decimal=self._decimal)
            except CellError as error:
                place = "" if record is first else f" (line {record.line:,})"
                faults.append(FieldFault(path, f"{error}{place}", ascii(cell[:60])))
            else:
                _put(into, parts, value)
            if kind == "current" and untyped is not None and may_be_typed(cell):
                untyped.append(parts[-1])

    def _json_columns(self, record: Record, faults: list[FieldFault]) -> frozenset[str]:
        """The titles of the columns whose cell in this record is JSON."""
        if self._json_at is None or not (cell := self._cell(record, self._json_at)):
            return frozenset()
        try:
            named = parse_cell(cell, "json")
        except CellError:
            named = None
        if isinstance(named, list) and set(map(type, named)) <= {str} and set(named) <= set(self._titles):
            return frozenset(named)
        message = 'must be a JSON array of titles of this file, such as ["metadata.qty"]'
        if not any(fault.path == JSON_KEY for fault in faults):
            faults.append(FieldFault(JSON_KEY, message, ascii(cell[:60])))
        return frozenset()

    def _cell(self, record: Record, at: int) -> str:
        cell = record.cells[at]
        if self._protected:
            cell = unprotect(cell)
        read_as = self._read_as.get(at)
        return cell if read_as is None else read_as.get(plain_cell(cell), cell)

    def _agree(self, first: Record, record: Record, faults: list[FieldFault]) -> None:
        if not self._number(record) and self._fills(record, self._order):
            message = (
                f"on line {record.line:,} is missing, so it is unknown which order these items belong to"
            )
            faults.append(FieldFault("source_id", message))
            return
        for at, column, _ in self._order:
            cell = self._cell(record, at)
            if cell and (cell := cell.strip()) and cell != self._cell(first, at).strip():
                message = (
                    f"on line {record.line:,} differs from line {first.line:,} of the same order; map"
                    " the column to the items (items.metadata.KEY), or leave it out"
                )
                faults.append(FieldFault(column.path or "", message))

    def _ragged(self, record: Record) -> FieldFault | None:
        """What is wrong with the number of cells; empty cells after the last column are allowed."""
        count, extra = len(self._titles), record.cells[len(self._titles) :]
        if len(record.cells) >= count and not any(cell.strip() for cell in extra):
            return None
        message = f"has {len(record.cells)} cells, but the header has {count}"
        return FieldFault("", f"line {record.line:,} {message}")


def _refuse_service_id(path: str, cell: str) -> None:
    """Raise ``CellError`` if an id of the service would become another kind of number."""
    if cell.startswith(_SERVICE_IDS[path]) and _SERVICE_ID.match(cell.strip()):
        path = path.replace("source_id", "id")
        raise CellError(f"is an id of the service; its column has to fill {path}")


def _put(document: dict[str, Any], parts: tuple[str, ...], value: Any) -> None:
    """Set a field; no other column fills it or a part of it."""
    holder = document
    for part in parts[:-1]:
        holder = holder.setdefault(part, {})
    holder[parts[-1]] = value


_PLURALS = {"comma": "commas", "semicolon": "semicolons", "tab": "tabs", "bar": "bars"}


def read_csv(
    file: BinaryIO,
    mapping: ColumnMapping | None = None,
    dialect: Dialect = DEFAULT_DIALECT,
) -> Iterator[ImportRow]:
    """Read orders from records.

    A record with too many or too few cells, or with a cell of the wrong kind, spoils its order only. Records
    without any value are skipped and counted in a separate row.

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
) -> Iterator[ImportRow]:
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
                yield ImportRow(last_blank, None, blank=blank)
                blank = 0
            group = []
        group.append(record)
    if group:
        yield table.row(group)
    if blank:
        yield ImportRow(last_blank, None, blank=blank)


def refuse_other_delimiter(header: Sequence[str], dialect: Dialect) -> None:
    """Check that a single column is not several.

    Raises:
        UnreadableFile: another delimiter is in its title.
    """
    for word, plural in _PLURALS.items():
        if len(header) == 1 and DELIMITERS[word] in header[0] and DELIMITERS[word] != dialect.delimiter:
            raise UnreadableFile(
                f"the columns seem to be separated by {plural}", hint=f"Set the delimiter to {word}."
            )
