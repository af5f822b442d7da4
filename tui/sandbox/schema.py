"""The tables of a sandbox file.

Documents are kept as the JSON text that is answered; beside it stand only the columns that something is
found or sorted by.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tui.orders.times import format_api_time

from .clock import to_ms

VERSION = 1

_DOCUMENTS = """
CREATE TABLE {name} (
    id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT UNIQUE,
    document TEXT NOT NULL
);
"""

_SCHEMA = (
    "".join(_DOCUMENTS.format(name=name) for name in ("customers", "products", "skus"))
    + """
CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT UNIQUE,
    created_at TEXT NOT NULL,
    updated_at TEXT,
    document TEXT NOT NULL
);
CREATE INDEX orders_by_created_at ON orders (created_at, id);
CREATE INDEX orders_by_updated_at ON orders (updated_at, id);

CREATE TABLE order_history (
    sequence INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX order_history_by_order ON order_history (order_id, sequence);

CREATE TABLE imports (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    request_id TEXT NOT NULL,
    status TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER,
    updated_ms INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    applied INTEGER NOT NULL DEFAULT 0,
    failed TEXT NOT NULL DEFAULT '[]',
    rows TEXT
);
CREATE INDEX imports_unfinished ON imports (sequence) WHERE status IN ('ENQUEUED', 'IN_PROGRESS');
CREATE INDEX imports_by_created ON imports (created_ms, sequence);

CREATE TABLE exports (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER,
    exported_object TEXT NOT NULL,
    parameters TEXT NOT NULL,
    content BLOB
);
CREATE INDEX exports_unfinished ON exports (sequence) WHERE status IN ('SCHEDULED', 'IN_PROGRESS');
CREATE INDEX exports_by_created ON exports (created_ms, sequence);

CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
INSERT INTO settings VALUES ('download_key', randomblob(32));
"""
)


class UnknownVersion(Exception):
    """The file was made by another version of the sandbox, or by another program."""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables if the file is empty; safe when several processes do so at once.

    Raises:
        UnknownVersion: the file holds something else.
    """
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == 0:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise UnknownVersion("it holds tables of another program")
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        elif _version(connection) != VERSION:
            raise UnknownVersion(f"its tables are version {_version(connection)}, this program's {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def count_orders(connection: sqlite3.Connection) -> int:
    """How many orders the file holds; it is only read.

    Raises:
        UnknownVersion: the file holds something else.
    """
    found = _version(connection)
    if found != VERSION:
        raise UnknownVersion(f"its tables are version {found}, this program's {VERSION}")
    orders: int = connection.execute("SELECT count(*) FROM orders").fetchone()[0]
    return orders


def _version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


BUSY_SECONDS = 5.0


def prune_sandbox(path: Path, before: datetime, *, least: int, most: int) -> int:
    """Delete writes and the files of finished exports from before a moment, and the writes beyond ``most``.

    The orders, the list of exports and the newest ``least`` writes stay. Returns how many were deleted.

    Raises:
        sqlite3.Error: the file is not a sandbox, or is in use.
    """
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return 0
        writes = database.execute(
            "DELETE FROM order_history WHERE sequence <= (SELECT max(sequence) FROM order_history) - ?"
            " AND (applied_at < ? OR sequence <= (SELECT max(sequence) FROM order_history) - ?)",
            (least, format_api_time(before), most),
        ).rowcount
        files = database.execute(
            "UPDATE exports SET content = NULL WHERE content IS NOT NULL AND finished_ms < ?"
            " AND status = 'DONE'",
            (to_ms(before),),
        ).rowcount
        return writes + files
