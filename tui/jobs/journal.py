"""The mutation journal: what was about to be sent, written down before it goes, and what became of it.

Entries are never deleted, what they say of the request never changes, and their state only moves forward;
the file itself refuses anything else. It holds orders, never keys.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.times import to_api

from .entries import Entry, Operation, State, entry_of
from .outcomes import AlreadySent
from .state_file import StateFile

FILE_NAME = "journal.sqlite3"

SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE,
    profile TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'undo')),
    order_id TEXT,
    source_id TEXT,
    body TEXT NOT NULL,
    base TEXT NOT NULL,
    intended TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('PREPARED', 'SENT', 'DONE', 'NOT_DONE', 'CONFLICT', 'REFUSED')),
    answer TEXT,
    error TEXT,
    prepared_at TEXT NOT NULL,
    finished_at TEXT,
    undoes INTEGER REFERENCES entries (id),
    owner INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_open ON entries (profile) WHERE state IN ('PREPARED', 'SENT');
CREATE INDEX IF NOT EXISTS entries_of_profile ON entries (profile);
CREATE INDEX IF NOT EXISTS entries_done ON entries (profile) WHERE operation != 'undo' AND state = 'DONE';
CREATE INDEX IF NOT EXISTS entries_undoes ON entries (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'journal entries are not deleted'); END;
CREATE TRIGGER IF NOT EXISTS requests_stay
BEFORE UPDATE OF token, profile, operation, source_id, body, base, intended, prepared_at, undoes ON entries
BEGIN SELECT RAISE(ABORT, 'what a journal entry says of the request does not change'); END;
CREATE TRIGGER IF NOT EXISTS states_move_forward BEFORE UPDATE ON entries
WHEN OLD.state NOT IN ('PREPARED', 'SENT') OR (OLD.state = 'SENT' AND NEW.state = 'PREPARED')
BEGIN SELECT RAISE(ABORT, 'the state of a journal entry only moves forward'); END;
"""


class Journal:
    """The journal in a state folder. Every call is one transaction, on the disk when it returns.

    Args:
        folder: where ``journal.sqlite3`` is, made 0700 when it is missing.
        now: the clock, for tests.
        on_read: told each entry that is read, as a document.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_read: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self._file = StateFile(folder / FILE_NAME, SCHEMA)
        self._now = now
        self._on_read = on_read

    @property
    def path(self) -> Path:
        """The file that holds the journal."""
        return self._file.path

    def check_writable(self) -> None:
        """Make sure that changes can be written down before they are sent.

        Raises:
            StateFileError: they cannot.
        """
        self._file.check_writable()

    def prepare(
        self,
        *,
        token: str,
        profile: str,
        operation: Operation,
        order_id: str | None,
        source_id: str | None,
        body: ApiDocument,
        base: ApiDocument,
        intended: ApiDocument,
        undoes: int | None = None,
    ) -> Entry:
        """Write down a request before it is sent.

        Raises:
            AlreadySent: there is an entry with this token.
        """
        names = [_storable(name) for name in (order_id, source_id)]
        documents = [json.dumps(document) for document in (body, base, intended)]
        with self._file.writing() as database:
            if database.execute("SELECT 1 FROM entries WHERE token = ?", (token,)).fetchone():
                raise AlreadySent(f"the change {token} is in the journal already")
            row = database.execute(
                "INSERT INTO entries (token, profile, operation, order_id, source_id, body, base, intended,"
                " state, prepared_at, undoes, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PREPARED', ?, ?, ?)"
                " RETURNING *",
                (token, profile, operation, *names, *documents, self._time(), undoes, os.getpid()),
            ).fetchone()
            return entry_of(row)

    def sent(self, entry: int, error: dict[str, Any]) -> Entry:
        """Note that the request left and that its outcome is to be found out."""
        return self._move(entry, "SENT", None, error)

    def finish(
        self,
        entry: int,
        state: State,
        *,
        answer: ApiDocument | None = None,
        error: dict[str, Any] | None = None,
    ) -> Entry:
        """Close an entry. One that is closed already stays as it is, and is returned."""
        return self._move(entry, state, answer, error)

    def get(self, entry: int) -> Entry | None:
        """The entry with that number."""
        with self._file.reading() as database:
            row = database.execute("SELECT * FROM entries WHERE id = ?", (entry,)).fetchone()
        return self._read(row) if row else None

    def entries(self, *, profile: str | None = None, limit: int = 100) -> list[Entry]:
        """The newest entries first, of one profile or of all."""
        if profile is None:
            return self._select("true", (), "id DESC", limit)
        return self._select("profile = ?", (profile,), "id DESC", limit)

    def page(self, before: int, limit: int) -> list[Entry]:
        """The newest entries of those whose number is below ``before``, newest first."""
        return self._select("id < ?", (before,), "id DESC", limit)

    def extent(self) -> tuple[int, int]:
        """The number of the newest entry, 0 where there is none, and how many entries there are."""
        with self._file.reading() as database:
            row = database.execute("SELECT coalesce(max(id), 0), count(*) FROM entries").fetchone()
        return int(row[0]), int(row[1])

    def open_entries(self, profile: str, *, order: str | None = None) -> list[Entry]:
        """Entries whose outcome is not known yet, oldest first; of one order by its id or source_id."""
        wanted = "profile = ? AND state IN ('PREPARED', 'SENT') AND (? IS NULL OR ? IN (order_id, source_id))"
        return self._select(wanted, (profile, order, order), "id", -1, index="entries_open")

    def undone_by(self, entry: int) -> Entry | None:
        """The entry that took this one back, if one did or may have done."""
        wanted = "undoes = ? AND state IN ('PREPARED', 'SENT', 'DONE')"
        return next(iter(self._select(wanted, (entry,), "id DESC", 1)), None)

    def last_done(self, profile: str) -> Entry | None:
        """The last create or update that was done and not taken back; takings back are passed over."""
        wanted = (
            "profile = ? AND operation != 'undo' AND state = 'DONE' AND NOT EXISTS"
            " (SELECT 1 FROM entries AS later WHERE later.undoes = entries.id"
            " AND later.state IN ('PREPARED', 'SENT', 'DONE'))"
        )
        return next(iter(self._select(wanted, (profile,), "id DESC", 1)), None)

    def export(self) -> Iterator[str]:
        """Every entry as one line of JSON, oldest first."""
        last = 0
        while batch := self._select("id > ?", (last,), "id", 200):
            for entry in batch:
                yield entry.to_json() + "\n"
            last = batch[-1].id

    def _select(
        self, wanted: str, values: tuple[object, ...], order: str, limit: int, *, index: str = ""
    ) -> list[Entry]:
        # SQLite keeps no statistics here and would take the index of all entries for the few open ones.
        source = f"entries INDEXED BY {index}" if index else "entries"
        statement = f"SELECT * FROM {source} WHERE {wanted} ORDER BY {order} LIMIT ?"  # noqa: S608  # literals above
        with self._file.reading() as database:
            return [self._read(row) for row in database.execute(statement, (*values, limit))]

    def _read(self, row: sqlite3.Row) -> Entry:
        entry = entry_of(row)
        if self._on_read is not None:
            self._on_read(asdict(entry))
        return entry

    def _move(
        self, entry: int, state: State, answer: ApiDocument | None, error: dict[str, Any] | None
    ) -> Entry:
        finished = None if state == "SENT" else self._time()
        identifier = _storable(answer.get("id")) if answer else None
        with self._file.writing() as database:
            database.execute(
                "UPDATE entries SET state = ?, answer = ?, error = coalesce(?, error), finished_at = ?,"
                " order_id = coalesce(order_id, ?) WHERE id = ? AND state IN ('PREPARED', 'SENT')",
                (state, _text(answer), _text(error), finished, identifier, entry),
            )
            return entry_of(database.execute("SELECT * FROM entries WHERE id = ?", (entry,)).fetchone())

    def _time(self) -> str:
        return to_api(self._now())


def _text(document: dict[str, Any] | None) -> str | None:
    return None if document is None else json.dumps(document)


def _storable(name: str | None) -> str | None:
    """Identifiers may hold half characters, which SQLite cannot; they are written out."""
    return name.encode("utf-8", "backslashreplace").decode() if isinstance(name, str) else None
