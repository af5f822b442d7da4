"""Drafts: what stands in a form and was not sent yet, kept through a crash, per profile."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.orders.times import to_api

from .state_file import StateFile

FILE_NAME = "drafts.sqlite3"

SCHEMA = """
CREATE TABLE IF NOT EXISTS drafts (
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (profile, name)
);
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one form, any JSON object; ``name`` tells forms apart (``create``, ``update ord_…``)."""

    profile: str
    name: str
    content: dict[str, Any]
    saved_at: str


class Drafts:
    """The drafts in a state folder. Every call is one transaction, on the disk when it returns.

    Args:
        folder: where ``drafts.sqlite3`` is, made 0700 when it is missing.
        now: the clock, for tests.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file = StateFile(folder / FILE_NAME, SCHEMA)
        self._now = now

    def put(self, profile: str, name: str, content: dict[str, Any]) -> Draft:
        """Keep the content of a form, in place of what was kept of it before."""
        draft = Draft(profile, name, content, to_api(self._now()))
        values = (profile, name, json.dumps(content), draft.saved_at)
        with self._file.writing() as database:
            database.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", values)
        return draft

    def get(self, profile: str, name: str) -> Draft | None:
        """What is kept of a form, left in place."""
        wanted = "SELECT * FROM drafts WHERE profile = ? AND name = ?"
        with self._file.reading() as database:
            row = database.execute(wanted, (profile, name)).fetchone()
        return _draft(row) if row else None

    def list(self, profile: str) -> list[Draft]:
        """All drafts of a profile, the newest first."""
        wanted = "SELECT * FROM drafts WHERE profile = ? ORDER BY saved_at DESC, name"
        with self._file.reading() as database:
            return [_draft(row) for row in database.execute(wanted, (profile,))]

    def prune(self, before: str, *, least: int, most: int) -> int:
        """Delete drafts saved before a time, and the oldest where there are more than ``most``.

        The newest ``least`` stay. Returns how many were deleted.
        """
        newest = "SELECT rowid FROM drafts ORDER BY saved_at DESC LIMIT ?"
        with self._file.writing() as database:
            return database.execute(
                f"DELETE FROM drafts WHERE rowid NOT IN ({newest})"  # noqa: S608 - constant
                f" AND (saved_at < ? OR rowid NOT IN ({newest}))",
                (least, before, most),
            ).rowcount

    def take(self, profile: str, name: str) -> Draft | None:
        """What is kept of a form, taken out: of several takers one gets it."""
        wanted = "DELETE FROM drafts WHERE profile = ? AND name = ? RETURNING *"
        with self._file.writing() as database:
            row = database.execute(wanted, (profile, name)).fetchone()
        return _draft(row) if row else None


def _draft(row: Any) -> Draft:
    return Draft(row["profile"], row["name"], json.loads(row["content"]), row["saved_at"])
