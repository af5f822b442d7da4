"""Finds unfinished changes and imports in their journals, read-only, for a report."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that has not ended; ``settled`` rows of all ``rows`` have an outcome."""

    run: str
    account: str
    rows: int
    settled: int


def unfinished_changes(journal: sqlite3.Connection) -> dict[str, int]:
    """Count the changes with an unknown outcome by account.

    Raises:
        sqlite3.Error: the file is not a journal of changes.
    """
    wanted = "SELECT profile, count(*) FROM entries WHERE state IN ('PREPARED', 'SENT') GROUP BY profile"
    return dict(journal.execute(wanted).fetchall())


def unfinished_import(journal: sqlite3.Connection) -> UnfinishedImport | None:
    """The import of a journal, if it can be resumed.

    Raises:
        sqlite3.Error: the file is not a journal of an import.
    """
    found = journal.execute("SELECT id, profile, good FROM run WHERE state IN ('RUNNING', 'CANCELLED')")
    run = found.fetchone()
    if run is None:
        return None
    settled = journal.execute("SELECT coalesce(sum(imported + rejected), 0) FROM chunk").fetchone()[0]
    return UnfinishedImport(run[0], run[1], run[2], settled) if settled < run[2] else None
