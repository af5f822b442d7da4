"""Identifiers of earlier rows of a file, and the handling of repeated ones."""

from __future__ import annotations

import sqlite3

from tui.jobs.importing.checking.prepared_order import PreparedOrder
from tui.jobs.importing.import_options import Duplicates
from tui.jobs.importing.reading.row import ImportRow
from tui.jobs.importing.runs.import_journal import RowFinding

_SCATTERED = (
    "is also on line {line:,}: the lines of one order must follow each other; sort the file by source_id"
)


class SeenIds:
    """Which identifiers the file named before, and where. Lives on disk: memory does not grow with it."""

    def __init__(self, db: sqlite3.Connection, policy: Duplicates) -> None:
        self.db = db
        self._policy = policy
        self.close()
        db.execute(
            "CREATE TEMP TABLE seen (name TEXT PRIMARY KEY, key INTEGER NOT NULL, line INTEGER NOT NULL)"
            " WITHOUT ROWID"
        )

    def findings(self, row: PreparedOrder | ImportRow, *, by_item: bool) -> list[RowFinding]:
        """The errors that a row's identifiers make, by the policy; rows to skip are written down.

        In a file with a line for each item, a repeated order means that its lines are scattered. An
        unreadable row counts too, or another part of the same order would be taken for the whole.
        """
        found: list[RowFinding] = []
        for field in ("id", "source_id"):
            known = row.document or {"source_id": row.source_id or None}
            value = known.get(field)
            if isinstance(value, str):
                found.extend(self._met(field, value, row, by_item=by_item))
        return found

    def good_ids(self) -> int:
        """How many rows have an ``id`` and are neither faulty nor left out; findings must be written."""
        pluralize = self.db.execute(
            "SELECT count(*) FROM seen WHERE name LIKE 'id:%' AND key NOT IN (SELECT key FROM finding)"
            " AND key NOT IN (SELECT key FROM skipped)"
        )
        return int(pluralize.fetchone()[0])

    def close(self) -> None:
        """Forget everything."""
        self.db.execute("DROP TABLE IF EXISTS temp.seen")

    def _met(
        self, field: str, value: str, row: PreparedOrder | ImportRow, *, by_item: bool
    ) -> list[RowFinding]:
        name = f"{field}:{value}".encode("utf-8", "backslashreplace").decode()
        added = self.db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (name, row.key, row.line))
        if added.rowcount:
            return []
        key, line = self.db.execute("SELECT key, line FROM seen WHERE name = ?", (name,)).fetchone()
        if by_item:
            return [
                RowFinding(at, field, _SCATTERED.format(line=other), ascii(value)[:60], key=row_key)
                for at, other, row_key in ((row.line, line, row.key), (line, row.line, key))
            ]
        if self._policy == "first":
            self.db.execute("INSERT OR IGNORE INTO skipped VALUES (?)", (row.key,))
        elif self._policy == "last":
            self.db.execute("INSERT OR IGNORE INTO skipped VALUES (?)", (key,))
            change = "UPDATE seen SET key = ?, line = ? WHERE name = ?"
            self.db.execute(change, (row.key, row.line, name))
        else:
            shown = ascii(value)[:60]
            return [
                RowFinding(row.line, field, f"is also on line {line:,}", shown, key=row.key),
                RowFinding(line, field, f"is also on line {row.line:,}", shown, key=key),
            ]
        return []
