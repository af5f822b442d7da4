"""What earlier runs left open, read from their files without touching them: for a report."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that is not at its end: the name of its run, its account, rows in all, rows settled."""

    run: str
    account: str
    rows: int
    settled: int


def unfinished_changes(journal: sqlite3.Connection) -> dict[str, int]:
    """How many changes of which account have an outcome that is not known yet.

    Raises:
        sqlite3.Error: it is no journal of changes.
    """
    wanted = "SELECT profile, count(*) FROM entries WHERE state IN ('PREPARED', 'SENT') GROUP BY profile"
    return dict(journal.execute(wanted).fetchall())


def unfinished_import(journal: sqlite3.Connection) -> UnfinishedImport | None:
    """The import of a journal, if it can be taken up again.

    Raises:
        sqlite3.Error: it is no journal of an import.
    """
    found = journal.execute("SELECT id, profile, good FROM run WHERE state IN ('RUNNING', 'CANCELLED')")
    run = found.fetchone()
    if run is None:
        return None
    settled = journal.execute("SELECT coalesce(sum(imported + rejected), 0) FROM chunk").fetchone()[0]
    return UnfinishedImport(run[0], run[1], run[2], settled) if settled < run[2] else None
