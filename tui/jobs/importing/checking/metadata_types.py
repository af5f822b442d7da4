"""Metadata of unknown type: ``5`` in an export of the service may be a number or a text.

The order as it is now decides. A value with the cell's text stays unchanged; otherwise the cell is read as
the type of the value. A new key, and a key of a new order, is text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tui.jobs.importing.checking.prepared_order import OrderIdentity, PreparedOrder, TypedValues
from tui.jobs.importing.mapping.import_fields import METADATA
from tui.jobs.importing.runs.import_journal import ImportJournal, RowFinding
from tui.orders.json_rules import JsonError
from tui.orders.json_values import ABSENT
from tui.orders.strict_json import read_json

_TABLES = """
CREATE TABLE IF NOT EXISTS untyped (
    key INTEGER NOT NULL, line INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    name TEXT NOT NULL, cell TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS untyped_order ON untyped (field, value);
CREATE TABLE IF NOT EXISTS typed (
    key INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key, name)
) WITHOUT ROWID;
"""


class AmbiguousType(ValueError):
    """A cell whose type cannot be inferred; the message completes “metadata.qty …”."""


@dataclass(frozen=True, slots=True)
class UntypedCell:
    """A cell of metadata that may mean another type than text, and the row that it stands in."""

    key: int
    line: int
    name: str
    cell: str

    def __str__(self) -> str:
        return f"metadata.{self.name} is {ascii(self.cell)[1:-1]:.60} on line {self.line:,}"


def typed_value(cell: str, current: Any) -> Any:
    """What a cell means for an order whose value is ``current``; ``ABSENT`` where that decides nothing.

    Raises:
        AmbiguousType: the cell may be another type than text, and does not fit the type that the order has.
    """
    if current is ABSENT:
        return ABSENT
    if isinstance(current, str):
        return cell
    found = json.loads(cell)
    if is_same(found, current):
        return current
    if current is None:
        return ABSENT
    if _type_of(found) != _type_of(current):
        raise AmbiguousType(
            f"may be text or {_type_of(found)}, and the order has {_type_of(current)} there"
            f" ({json.dumps(current)[:40]}); decide with --metadata text or --metadata json"
        )
    try:
        return read_json(cell)
    except JsonError as error:
        raise AmbiguousType(f"cannot be sent: {error.reason}") from None


def is_same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal, where 1 and true are not, and 5 and 5.0 are."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    return bool(one == other)


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


class UntypedCells:
    """The cells of one run that wait for their types, in its journal: memory does not grow with the file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._is_new = True

    def add(self, prepared: PreparedOrder) -> None:
        """Keep the cells of a row that is good otherwise."""
        identity = prepared.identity
        if identity is None:
            return
        if self._is_new:
            self._create()
        metadata = prepared.document[METADATA]
        self._db.executemany(
            "INSERT INTO untyped VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    prepared.key,
                    prepared.line,
                    identity.field,
                    _plain(identity.value),
                    _plain(name),
                    _plain(metadata[name]),
                )
                for name in prepared.untyped
            ),
        )

    def drop_faulty(self) -> int:
        """Forget the cells of rows that are not imported; returns how many rows are left."""
        if self._is_new:
            return 0
        for table in ("finding", "skipped"):
            self._db.execute(f"DELETE FROM untyped WHERE key IN (SELECT key FROM {table})")  # noqa: S608
        return self.rows()

    def orders(self) -> int:
        """How many orders have to be read."""
        query = "SELECT count(*) FROM (SELECT DISTINCT field, value FROM untyped)"
        return int(self._db.execute(query).fetchone()[0])

    def identities(self, most: int) -> list[OrderIdentity]:
        """Some of those orders."""
        query = "SELECT DISTINCT field, value FROM untyped LIMIT ?"
        return [OrderIdentity(*row) for row in self._db.execute(query, (most,))]

    def rows(self) -> int:
        """How many rows wait."""
        return int(self._db.execute("SELECT count(DISTINCT key) FROM untyped").fetchone()[0])

    def first(self) -> UntypedCell | None:
        """The first cell that waits."""
        row = self._db.execute("SELECT key, line, name, cell FROM untyped ORDER BY key LIMIT 1").fetchone()
        return UntypedCell(*row) if row else None

    def take(self, identity: OrderIdentity) -> list[UntypedCell]:
        """The cells of an order, which wait no longer."""
        where = "WHERE field = ? AND value = ?"
        place = (identity.field, identity.value)
        query = f"SELECT key, line, name, cell FROM untyped {where}"  # noqa: S608
        found = [UntypedCell(*row) for row in self._db.execute(query, place)]
        if found:
            self._db.execute(f"DELETE FROM untyped {where}", place)  # noqa: S608
        return found

    def _create(self) -> None:
        for statement in _TABLES.split(";"):
            self._db.execute(statement)
        self._is_new = False

    def settle(self, cells: Iterable[UntypedCell], metadata: Mapping[str, Any]) -> Iterator[RowFinding]:
        """Write down what the cells mean for an order with this metadata; yields the undecided ones.

        A cell whose key the order does not have yet stays text.
        """
        for cell in cells:
            try:
                value = typed_value(cell.cell, metadata.get(cell.name, ABSENT))
            except AmbiguousType as error:
                yield RowFinding(
                    cell.line, f"{METADATA}.{cell.name}", str(error), cell.cell[:60], key=cell.key
                )
                continue
            if value is not ABSENT:
                self._db.execute(
                    "INSERT OR REPLACE INTO typed VALUES (?, ?, ?)", (cell.key, cell.name, json.dumps(value))
                )


def typed_values(journal: ImportJournal) -> TypedValues | None:
    """The values that were found, by the key of their row; ``None`` where no type was looked up."""
    if not journal.count("SELECT count(*) FROM sqlite_master WHERE name = 'typed'"):
        return None
    if not journal.count("SELECT count(*) FROM (SELECT 1 FROM typed LIMIT 1)"):
        return None

    def of(key: int) -> Mapping[str, Any]:
        found = journal.read("SELECT name, value FROM typed WHERE key = ?", key)
        return {row["name"]: json.loads(row["value"]) for row in found}

    return of


def _plain(text: str) -> str:
    """A text that SQLite takes: half characters cannot be sent, and the check refuses their row."""
    return text.encode("utf-8", "replace").decode()
