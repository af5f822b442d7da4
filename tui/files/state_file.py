"""A private, durable SQLite file in the state folder, which several processes may use at once.

WAL and synchronous FULL: a committed change survives a crash and a power cut. The folder is created with
mode 0700, the file with 0600. Each call opens the file again, so no thread keeps a connection.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tui.files.private_folder import make_private_folder
from tui.files.state_errors import ONLY_WRITING, StateFileError, explained, read_only_connection

BUSY_SECONDS = 10.0
"""How long a writer waits for another process's write."""


class StateFile:
    """One SQLite file with its tables.

    A file that cannot be written can still be read; a missing one is empty then.

    Args:
        path: the file; created with its folder if they are missing.
        schema: statements that create missing tables.

    Raises:
        StateFileError: it is damaged, or another program has locked it.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._schema = schema
        self._not_writable: StateFileError | None = None
        try:
            self._make()
        except StateFileError as error:
            if error.hint not in ONLY_WRITING:
                raise
            self._not_writable = error
            with self.reading() as database:  # a damaged file is an error now, not later
                database.execute("SELECT name FROM sqlite_master").fetchone()

    def check_writable(self) -> None:
        """Make sure that changes can be written.

        Raises:
            StateFileError: they cannot.
        """
        if self._not_writable is not None:
            raise self._not_writable

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection whose rows are read by name.

        Raises:
            StateFileError: the file cannot be read.
        """
        with explained(self.path), self._connected() as database:
            database.row_factory = sqlite3.Row
            yield database

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed to the disk when the block ends, rolled back when it raises.

        Raises:
            StateFileError: the file cannot be written; nothing was.
        """
        self.check_writable()
        with self.reading() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                if database.in_transaction:  # SQLite has ended it itself where the disk is full.
                    database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    def compact(self) -> None:
        """Give the space of deleted rows back to the disk.

        Raises:
            StateFileError: another process uses the file, or there is too little space.
        """
        with self.reading() as database:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _make(self) -> None:
        with explained(self.path):
            make_private_folder(self.path.parent)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self.path.chmod(0o600)
            with self._connected() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(self._schema)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        if self._not_writable is None:
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous = FULL")
                yield database
        elif os.path.lexists(self.path) and self.path.stat().st_size:
            with closing(read_only_connection(self.path, timeout=BUSY_SECONDS)) as database:
                yield database
        else:
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
                database.executescript(self._schema)
                yield database
