"""Drafts of forms that were not sent, saved per profile to survive a crash.

A draft belongs to the window that saved it while that window runs: another window with the same form saves
its own draft under the name with a number. Any window can open the draft of a closed one.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from tui.files.process_lock import is_held, take
from tui.files.state_file import StateFile
from tui.orders.times import format_api_time

FILE_NAME = "drafts.sqlite3"

THIS_PROCESS = secrets.token_hex(8)
_HELD: dict[Path, int] = {}
"""Descriptors of the lock files that this process holds until it ends."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS drafts (
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (profile, name)
);
CREATE TABLE IF NOT EXISTS draft_owners (
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (profile, name)
);
"""

_OF_FORM = """
SELECT drafts.*, draft_owners.owner FROM drafts LEFT JOIN draft_owners USING (profile, name)
WHERE profile = ? AND (name = ? OR substr(name, 1, ?) = ?) ORDER BY saved_at DESC
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one form, any JSON object; ``name`` is the form's (``create``, ``update ord_…``)."""

    profile: str
    name: str
    content: dict[str, Any]
    saved_at: str


class Drafts:
    """The drafts in a state folder. Every call is one transaction, on the disk when it returns.

    Args:
        folder: the folder of ``drafts.sqlite3``, created with mode 0700 if it is missing.
        now: the clock, for tests.
        owner: the window's id; explorer and REPL of one process are one window.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        owner: str = THIS_PROCESS,
    ) -> None:
        self._file = StateFile(folder / FILE_NAME, SCHEMA)
        self._folder = folder
        self._now = now
        self._owner = owner
        self._names: dict[tuple[str, str], str] = {}

    def put(self, profile: str, name: str, content: dict[str, Any]) -> Draft:
        """Save the content of a form, replacing this window's earlier draft of it."""
        self._hold()
        with self._file.writing() as database:
            kept = self._names.get((profile, name))
            if kept is None:
                own, taken = self._find(database, profile, name)
                kept = own.name if own is not None else _free_name(name, taken)
            draft = Draft(profile, kept, content, format_api_time(self._now()))
            values = (profile, kept, json.dumps(content), draft.saved_at)
            database.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", values)
            self._own(database, profile, name, kept)
        return draft

    def get(self, profile: str, name: str) -> Draft | None:
        """The draft of a form that no other window uses; it stays saved."""
        with self._file.reading() as database:
            found, _ = self._find(database, profile, name)
        if found is None:
            return None
        self._hold()
        with self._file.writing() as database:
            found, _ = self._find(database, profile, name)  # another window may have taken it meanwhile
            if found is not None:
                self._own(database, profile, name, found.name)
        return found

    def list(self, profile: str) -> list[Draft]:
        """All drafts of a profile, newest first."""
        wanted = "SELECT * FROM drafts WHERE profile = ? ORDER BY saved_at DESC, name"
        with self._file.reading() as database:
            return [_draft(row) for row in database.execute(wanted, (profile,))]

    def prune(self, before: str, *, least: int, most: int) -> int:
        """Delete drafts saved before a time, and the oldest beyond ``most``; return their number.

        The newest ``least`` stay.
        """
        newest = "SELECT rowid FROM drafts ORDER BY saved_at DESC LIMIT ?"
        for lock in self._folder.glob("drafts-*.lock"):  # left by a killed window
            if not is_held(lock):
                lock.unlink(missing_ok=True)
        with self._file.writing() as database:
            deleted = database.execute(
                f"DELETE FROM drafts WHERE rowid NOT IN ({newest})"  # noqa: S608 - constant
                f" AND (saved_at < ? OR rowid NOT IN ({newest}))",
                (least, before, most),
            ).rowcount
            database.execute(
                "DELETE FROM draft_owners WHERE NOT EXISTS (SELECT 1 FROM drafts"
                " WHERE drafts.profile = draft_owners.profile AND drafts.name = draft_owners.name)"
            )
        return deleted

    def take(self, profile: str, name: str) -> Draft | None:
        """Remove and return this window's draft of a form, or that of a closed window."""
        with self._file.writing() as database:
            found, _ = self._find(database, profile, name)
            if found is not None:
                for table in ("drafts", "draft_owners"):
                    database.execute(
                        f"DELETE FROM {table} WHERE profile = ? AND name = ?",  # noqa: S608 - constant
                        (profile, found.name),
                    )
        self._names.pop((profile, name), None)
        return found

    def _find(
        self, database: sqlite3.Connection, profile: str, name: str
    ) -> tuple[Draft | None, frozenset[str]]:
        """This window's draft of a form or that of a closed window, and the names in use."""
        prefix = f"{name} ("
        rows = database.execute(_OF_FORM, (profile, name, len(prefix), prefix)).fetchall()
        mine = [row for row in rows if row["owner"] == self._owner]
        free = [row for row in rows if not self._is_alive(row["owner"])]
        found = next(iter((*mine, *free)), None)
        return None if found is None else _draft(found), frozenset(row["name"] for row in rows)

    def _own(self, database: sqlite3.Connection, profile: str, name: str, kept: str) -> None:
        values = (profile, kept, self._owner)
        database.execute("INSERT OR REPLACE INTO draft_owners VALUES (?, ?, ?)", values)
        self._names[profile, name] = kept

    def _hold(self) -> None:
        """Hold this window's lock file from its first draft to its end."""
        path = self._lock_file(self._owner)
        if path not in _HELD:
            _HELD[path] = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            take(_HELD[path])
            atexit.register(path.unlink, missing_ok=True)

    def _is_alive(self, owner: str | None) -> bool:
        return owner is not None and owner != self._owner and is_held(self._lock_file(owner))

    def _lock_file(self, owner: str) -> Path:
        return self._folder / f"drafts-{owner}.lock"


def _free_name(name: str, taken: frozenset[str]) -> str:
    if name not in taken:
        return name
    return next(each for number in count(2) if (each := f"{name} ({number})") not in taken)


def _draft(row: Any) -> Draft:
    return Draft(row["profile"], row["name"], json.loads(row["content"]), row["saved_at"])
