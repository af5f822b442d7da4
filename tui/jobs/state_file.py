"""A private SQLite file of the state folder: durable, for several processes at once.

WAL and synchronous FULL: what is committed survives a crash and a power cut. The folder is made 0700 and
the file 0600. Each call opens the file anew, so nothing is held between calls, by no thread.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tui.files.folders import make_private_folder

BUSY_SECONDS = 10.0
"""How long a writer waits for another process's write."""


class StateFile:
    """One SQLite file with its tables.

    Args:
        path: the file; it and its folder are made when they are missing.
        schema: statements that make the tables if they are not there.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        make_private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        with self.reading() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(schema)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection whose rows are read by name."""
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
            database.row_factory = sqlite3.Row
            database.execute("PRAGMA synchronous = FULL")
            yield database

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed to the disk when the block ends, rolled back when it raises."""
        with self.reading() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
