"""Remembers exports of whose filter the service applies only a part; Ordex applies the rest."""

from __future__ import annotations

from pathlib import Path

from tui.files.state_file import StateFile

FILE = "exports.sqlite3"
MOST = 1000
"""The largest number of remembered exports, more than the service keeps."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS export (id TEXT PRIMARY KEY, filter TEXT NOT NULL);"


class FilteredExports:
    """The exports with a locally applied part of the filter, in a file of the state folder. Blocks."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def add(self, export_id: str, left: str) -> None:
        """Remember the part of an export's filter that the service does not apply.

        Raises:
            StateFileError: the file cannot be written.
        """
        with StateFile(self._path, _SCHEMA).writing() as database:
            database.execute("INSERT OR REPLACE INTO export VALUES (?, ?)", (export_id, left))
            database.execute(
                "DELETE FROM export WHERE rowid <= (SELECT max(rowid) FROM export) - ?",
                (MOST,),
            )

    def filter_of(self, export_id: str) -> str | None:
        """The part of the filter that the service did not apply, if any.

        Raises:
            StateFileError: the file cannot be read.
        """
        if not self._path.exists():
            return None
        with StateFile(self._path, _SCHEMA).reading() as database:
            row = database.execute("SELECT filter FROM export WHERE id = ?", (export_id,)).fetchone()
        return None if row is None else str(row[0])
