"""Limits of what the embedded sandbox keeps beside orders: its history of writes, the files of exports."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tui.orders.times import to_api

from .clock import to_ms
from .schema import VERSION

BUSY_SECONDS = 5.0


def prune_sandbox(path: Path, before: datetime, *, least: int, most: int) -> int:
    """Delete writes and the files of finished exports from before a moment, and the writes beyond ``most``.

    The orders, the list of exports and the newest ``least`` writes stay. Returns how many were deleted.

    Raises:
        sqlite3.Error: the file is no sandbox, or is in use.
    """
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return 0
        writes = database.execute(
            "DELETE FROM order_history WHERE sequence <= (SELECT max(sequence) FROM order_history) - ?"
            " AND (applied_at < ? OR sequence <= (SELECT max(sequence) FROM order_history) - ?)",
            (least, to_api(before), most),
        ).rowcount
        files = database.execute(
            "UPDATE exports SET content = NULL WHERE content IS NOT NULL AND finished_ms < ?"
            " AND status = 'DONE'",
            (to_ms(before),),
        ).rowcount
        return writes + files
