"""Parquet: one order a row, its columns named by API paths, as exports of Ordex write it.

Columns of whole numbers, decimals, flags, lists and objects keep their types; text is read as the cells of a
CSV are, so the column ``_json`` and texts of unknown type mean the same in both. Null is an absent field,
unless ``_json`` names it. Reading needs the extra ``parquet`` (DuckDB), which is imported in here only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.mapping.column_mapping import MappedColumn, columns_of
from tui.jobs.importing.mapping.helper_columns import JSON_KEY
from tui.jobs.importing.mapping.import_fields import ITEM, CellKind, parts_of
from tui.jobs.importing.reading.cell_values import CellError, may_be_typed, parse_cell
from tui.jobs.importing.reading.row import ImportRow
from tui.orders.json_rules import JsonError
from tui.orders.request import FieldFault
from tui.orders.strict_json import read_json

BATCH = 2000
"""Rows that are taken from the engine at a time."""

_NATIVE = re.compile(r"BOOLEAN|U?(?:TINY|SMALL|BIG)?INT(?:EGER)?|DOUBLE|FLOAT|VARCHAR")
_GLOB = re.compile(r"[*?[]")


def read_parquet(path: Path) -> Iterator[ImportRow]:
    """Read one order a row; a value of the wrong kind spoils its order only. ``line`` counts the rows.

    Raises:
        UnreadableFile: the file is broken, or its columns are not fields.
    """
    with _Source(path) as source:
        layout = _Layout(source.titles)
        for number, record in enumerate(source.records(), 1):
            yield layout.row(number, record)


def read_titles(path: Path) -> tuple[str, ...]:
    """The names of the columns.

    Raises:
        UnreadableFile: the file is broken.
    """
    with _Source(path) as source:
        return source.titles


class _Source:
    """The rows of a file as the engine reads them: typed values, all else as text."""

    def __init__(self, path: Path) -> None:
        import duckdb

        self._error = duckdb.Error
        self._db = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        self._name = _GLOB.sub(lambda sign: f"[{sign.group()}]", str(path))
        try:
            self._db.execute("SET TimeZone = 'UTC'")
            self._db.execute("DESCRIBE SELECT * FROM read_parquet(?)", [self._name])
            self._types = {row[0]: str(row[1]) for row in self._db.fetchall()}
        except duckdb.Error as error:
            self._db.close()
            raise _broken(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self._types)

    def records(self) -> Iterator[tuple[Any, ...]]:
        chosen = ", ".join(_read_as(title, kind) for title, kind in self._types.items())
        parsed = [at for at, kind in enumerate(self._types.values()) if _is_nested(kind)]
        try:
            self._db.execute(f"SELECT {chosen} FROM read_parquet(?)", [self._name])  # noqa: S608 - quoted
            while rows := self._db.fetchmany(BATCH):
                for row in rows:
                    yield row if not parsed else _with_json(row, parsed)
        except self._error as error:
            raise _broken(error) from None


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column's position, and the field that it fills."""

    at: int
    column: MappedColumn
    parts: tuple[str, ...]


class _Layout:
    """The columns of a file, by which its rows become orders."""

    def __init__(self, titles: Sequence[str]) -> None:
        columns = columns_of(titles, None)
        if item := next((c.header for c in columns if c.path and c.path.startswith(ITEM)), None):
            raise UnreadableFile(f"the column “{item}” is of one item; Parquet needs all in the column items")
        self._titles = titles
        self._cells = [_Cell(at, c, parts_of(c.path)) for at, c in enumerate(columns) if c.path]
        self._json_at = titles.index(JSON_KEY) if JSON_KEY in titles else None

    def row(self, number: int, record: tuple[Any, ...]) -> ImportRow:
        """The order of one record."""
        document: dict[str, Any] = {}
        faults: list[FieldFault] = []
        untyped: list[str] = []
        in_json = self._json_columns(record, faults)
        for cell in self._cells:
            given, column = record[cell.at], cell.column
            if given is None and column.header not in in_json:
                continue
            kind: CellKind = "json" if column.header in in_json else column.kind
            try:
                path = column.path or ""
                value = parse_cell(given, kind, path) if isinstance(given, str) and given else given
            except CellError as error:
                faults.append(FieldFault(column.path or "", str(error), ascii(given)[:60]))
                continue
            _put(document, cell.parts, value)
            if kind == "current" and isinstance(given, str) and given and may_be_typed(given):
                untyped.append(cell.parts[-1])
        if faults:
            raw = json.dumps(dict(zip(self._titles, record, strict=True)), default=str)
            return ImportRow(number, None, tuple(faults), raw)
        return ImportRow(number, document, (), [], untyped=tuple(untyped))

    def _json_columns(self, record: tuple[Any, ...], faults: list[FieldFault]) -> frozenset[str]:
        given = None if self._json_at is None else record[self._json_at]
        if given is None:
            return frozenset()
        try:
            named = read_json(given)
        except (JsonError, TypeError):
            named = None
        if isinstance(named, list) and all(isinstance(n, str) and n in self._titles for n in named):
            return frozenset(named)
        faults.append(FieldFault(JSON_KEY, "must be a JSON array of columns of this file", ascii(given)[:60]))
        return frozenset()


def _put(document: dict[str, Any], parts: tuple[str, ...], value: Any) -> None:
    holder = document
    for part in parts[:-1]:
        holder = holder.setdefault(part, {})
    if isinstance(holder.get(parts[-1]), Mapping) and isinstance(value, Mapping):
        value = {**value, **holder[parts[-1]]}
    holder[parts[-1]] = value


def _is_nested(kind: str) -> bool:
    return kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))


def _read_as(title: str, kind: str) -> str:
    name = '"' + title.replace('"', '""') + '"'
    if _is_nested(kind):
        return f"to_json({name})::VARCHAR"
    return name if _NATIVE.fullmatch(kind) else f"{name}::VARCHAR"


def _with_json(row: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    values = list(row)
    for at in places:
        values[at] = None if row[at] is None else json.loads(row[at])
    return tuple(values)


def _broken(error: Exception) -> UnreadableFile:
    return UnreadableFile(f"the Parquet file cannot be read: {str(error).partition(chr(10))[0]}")
