"""The journal of changes: each request, recorded before it is sent, and its outcome.

The request in an entry never changes, and its state only moves forward; only ``prune`` deletes entries, the
oldest first and none with an unknown outcome. Triggers in the database enforce this. It holds orders, never
keys.
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

from tui.files.state_file import StateFile
from tui.jobs.changes.change_errors import AlreadySent, OrderBusy
from tui.jobs.changes.journal_entry import NOT_AS_INTENDED, JournalEntry, Operation, State, entry_from_row
from tui.orders.api_object import ApiDocument
from tui.orders.times import format_api_time

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
CREATE TABLE IF NOT EXISTS pruned (up_to INTEGER NOT NULL, at TEXT NOT NULL);
DROP TRIGGER IF EXISTS entries_stay;
CREATE TRIGGER IF NOT EXISTS newer_entries_stay BEFORE DELETE ON entries
WHEN OLD.state IN ('PREPARED', 'SENT') OR OLD.id > coalesce((SELECT max(up_to) FROM pruned), 0)
BEGIN SELECT RAISE(ABORT, 'only old journal entries are deleted, and only by pruning'); END;
CREATE TRIGGER IF NOT EXISTS requests_stay
BEFORE UPDATE OF token, profile, operation, source_id, body, base, intended, prepared_at, undoes ON entries
BEGIN SELECT RAISE(ABORT, 'what a journal entry says of the request does not change'); END;
CREATE TRIGGER IF NOT EXISTS states_move_forward BEFORE UPDATE ON entries
WHEN OLD.state NOT IN ('PREPARED', 'SENT') OR (OLD.state = 'SENT' AND NEW.state = 'PREPARED')
BEGIN SELECT RAISE(ABORT, 'the state of a journal entry only moves forward'); END;
"""

_WRITTEN = "state NOT IN ('NOT_DONE', 'REFUSED')"

_TAKES_BACK = (
    "{0}.state IN ('PREPARED', 'SENT', 'DONE')"
    f" AND coalesce(json_extract({{0}}.error, '$.kind'), '') != '{NOT_AS_INTENDED}'"
)
"""SQL: an undo that undid its entry completely, or whose outcome is unknown."""

_NOT_UNDONE = (
    "NOT EXISTS"  # noqa: S608  # literals above
    " (SELECT 1 FROM entries AS {1} WHERE {1}.undoes = {0}.id AND " + _TAKES_BACK.format("{1}") + ")"
)
"""SQL: an undo that was not undone itself."""


class ChangeJournal:
    """The journal in a state folder. Every call is one transaction, on the disk when it returns.

    Args:
        folder: the folder of ``journal.sqlite3``, created with mode 0700 if it is missing.
        now: the clock, for tests.
        on_read: called with each entry that is read, as a document.
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
        """The journal's file."""
        return self._file.path

    def check_writable(self) -> None:
        """Check that changes can be recorded.

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
        after: int | None = None,
    ) -> JournalEntry:
        """Record a request before it is sent.

        ``after`` is the number of the newest entry when the order was read; without it, other changes of the
        order are not checked.

        Raises:
            AlreadySent: an entry with this token exists.
            OrderBusy: another entry of the order is open, or is newer than ``after``.
        """
        names = [_storable(name) for name in (order_id, source_id)]
        documents = [json.dumps(document) for document in (body, base, intended)]
        with self._file.writing() as database:
            if database.execute("SELECT 1 FROM entries WHERE token = ?", (token,)).fetchone():
                raise AlreadySent(f"the change {token} is in the journal already")
            if after is not None and (other := _other_of_order(database, profile, names, after)):
                raise OrderBusy(entry_from_row(other))
            row = database.execute(
                "INSERT INTO entries (token, profile, operation, order_id, source_id, body, base, intended,"
                " state, prepared_at, undoes, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PREPARED', ?, ?, ?)"
                " RETURNING *",
                (token, profile, operation, *names, *documents, self._time(), undoes, os.getpid()),
            ).fetchone()
            return entry_from_row(row)

    def sent(self, entry: int, error: dict[str, Any]) -> JournalEntry:
        """Record that the request was sent and that its outcome is unknown."""
        return self._move(entry, "SENT", None, error)

    def finish(
        self,
        entry: int,
        state: State,
        *,
        answer: ApiDocument | None = None,
        error: dict[str, Any] | None = None,
    ) -> JournalEntry:
        """Close an entry. An entry that is closed already is returned unchanged."""
        return self._move(entry, state, answer, error)

    def get(self, entry: int) -> JournalEntry | None:
        """The entry with that number."""
        with self._file.reading() as database:
            row = database.execute("SELECT * FROM entries WHERE id = ?", (entry,)).fetchone()
        return self._read(row) if row else None

    def entries(self, *, profile: str | None = None, limit: int = 100) -> list[JournalEntry]:
        """The newest entries first, of one profile or of all."""
        if profile is None:
            return self._select("true", (), "id DESC", limit)
        return self._select("profile = ?", (profile,), "id DESC", limit)

    def newest(self, up_to: int, limit: int) -> Iterator[JournalEntry]:
        """Yield the entries numbered up to ``up_to``, newest first.

        All are read in one transaction, so changes by other processes meanwhile are not seen.
        """
        query = "SELECT * FROM entries WHERE id <= ? ORDER BY id DESC LIMIT ?"
        with self._file.reading() as database:
            for row in database.execute(query, (up_to, limit)):
                yield self._read(row)

    def extent(self) -> tuple[int, int]:
        """The number of the newest entry (0 if there is none) and the number of all entries."""
        with self._file.reading() as database:
            row = database.execute("SELECT coalesce(max(id), 0), count(*) FROM entries").fetchone()
        return int(row[0]), int(row[1])

    def open_entries(self, profile: str, *, order: str | None = None) -> list[JournalEntry]:
        """The entries with an unknown outcome, oldest first; optionally of one order, by id or source_id."""
        wanted = "profile = ? AND state IN ('PREPARED', 'SENT') AND (? IS NULL OR ? IN (order_id, source_id))"
        return self._select(wanted, (profile, order, order), "id", -1, index="entries_open")

    def position(self) -> int:
        """The number of the newest entry, 0 when there is none."""
        with self._file.reading() as database:
            return int(database.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()[0])

    def newer_of_order(self, profile: str, order: str, after: int) -> JournalEntry | None:
        """The newest applied or open entry of an order (id or source_id) numbered above ``after``."""
        wanted = f"id > ? AND profile = ? AND ? IN (order_id, source_id) AND {_WRITTEN}"
        return next(iter(self._select(wanted, (after, profile, order), "id DESC", 1)), None)

    def undone_by(self, entry: int) -> JournalEntry | None:
        """The entry that undid this one completely, or may have, and was not undone itself."""
        wanted = (
            f"undoes = ? AND {_TAKES_BACK.format('entries')} AND {_NOT_UNDONE.format('entries', 'again')}"
        )
        return next(iter(self._select(wanted, (entry,), "id DESC", 1)), None)

    def newest_change(
        self, profile: str, *, before: int | None = None, done: bool = False
    ) -> JournalEntry | None:
        """The newest create or update that was not undone; undos are skipped.

        With ``before``, only entries with a lower number count; with ``done``, only applied ones, without
        those in conflict or with an unknown outcome.
        """
        states = "state = 'DONE'" if done else "state IN ('PREPARED', 'SENT', 'DONE', 'CONFLICT')"
        undone = (
            "SELECT 1 FROM entries AS later WHERE later.undoes = entries.id"  # noqa: S608  # literals above
            f" AND {_TAKES_BACK.format('later')} AND {_NOT_UNDONE.format('later', 'again')}"
        )
        wanted = (
            f"profile = ? AND operation != 'undo' AND {states} AND (? IS NULL OR id < ?)"
            f" AND NOT EXISTS ({undone})"
        )
        return next(iter(self._select(wanted, (profile, before, before), "id DESC", 1)), None)

    def prune(self, before: str, *, least: int, most: int) -> int:
        """Delete entries prepared before a time, and the oldest beyond ``most``; return their number.

        The oldest are deleted first, so that an entry never outlives the one that it undid. Open entries
        stay, and so do the newest ``least``, since the clock may be wrong.
        """
        with self._file.writing() as database:
            oldest_in_time = "SELECT id FROM entries WHERE prepared_at >= ? ORDER BY id LIMIT 1"
            first = database.execute(oldest_in_time, (before,)).fetchone()
            up_to = first[0] - 1 if first else _newest_but(database, 0)
            up_to = min(max(up_to, _newest_but(database, most)), _newest_but(database, least))
            old = "FROM entries WHERE id <= ? AND state NOT IN ('PREPARED', 'SENT')"
            if not database.execute(f"SELECT 1 {old} LIMIT 1", (up_to,)).fetchone():
                return 0
            database.execute("DELETE FROM pruned")
            database.execute("INSERT INTO pruned VALUES (?, ?)", (up_to, self._time()))
            return database.execute(f"DELETE {old}", (up_to,)).rowcount

    def compact(self) -> None:
        """Release the disk space of deleted entries."""
        self._file.compact()

    def export(self) -> Iterator[str]:
        """Every entry as one line of JSON, oldest first."""
        last = 0
        while batch := self._select("id > ?", (last,), "id", 200):
            for entry in batch:
                yield entry.to_json() + "\n"
            last = batch[-1].id

    def _select(
        self, wanted: str, values: tuple[object, ...], order: str, limit: int, *, index: str = ""
    ) -> list[JournalEntry]:
        # Without statistics, SQLite would use the index of all entries for the few open ones.
        source = f"entries INDEXED BY {index}" if index else "entries"
        statement = f"SELECT * FROM {source} WHERE {wanted} ORDER BY {order} LIMIT ?"  # noqa: S608  # literals above
        with self._file.reading() as database:
            return [self._read(row) for row in database.execute(statement, (*values, limit))]

    def _read(self, row: sqlite3.Row) -> JournalEntry:
        entry = entry_from_row(row)
        if self._on_read is not None:
            self._on_read(asdict(entry))
        return entry

    def _move(
        self, entry: int, state: State, answer: ApiDocument | None, error: dict[str, Any] | None
    ) -> JournalEntry:
        finished = None if state == "SENT" else self._time()
        identifier = _storable(answer.get("id")) if answer else None
        with self._file.writing() as database:
            database.execute(
                "UPDATE entries SET state = ?, answer = ?, error = coalesce(?, error), finished_at = ?,"
                " order_id = coalesce(order_id, ?) WHERE id = ? AND state IN ('PREPARED', 'SENT')",
                (state, _text(answer), _text(error), finished, identifier, entry),
            )
            return entry_from_row(database.execute("SELECT * FROM entries WHERE id = ?", (entry,)).fetchone())

    def _time(self) -> str:
        return format_api_time(self._now())


def _other_of_order(
    database: sqlite3.Connection, profile: str, names: list[str | None], after: int
) -> sqlite3.Row | None:
    """Another entry of the order that is open, or newer than ``after``."""
    of_order = "profile = ? AND (order_id = ? OR source_id = ?)"
    open_now = (
        f"SELECT * FROM entries INDEXED BY entries_open WHERE {of_order} AND state IN ('PREPARED', 'SENT')"  # noqa: S608  # literals above
    )
    found: sqlite3.Row | None = database.execute(open_now, (profile, *names)).fetchone()
    if found is None:
        newer = f"SELECT * FROM entries WHERE id > ? AND {of_order} AND {_WRITTEN} ORDER BY id DESC"  # noqa: S608  # literals above
        found = database.execute(newer, (after, profile, *names)).fetchone()
    return found


def _text(document: dict[str, Any] | None) -> str | None:
    return None if document is None else json.dumps(document)


def _newest_but(database: sqlite3.Connection, count: int) -> int:
    """The number of the newest entry without the newest ``count``; 0 if there is none."""
    query = "SELECT id FROM entries ORDER BY id DESC LIMIT 1 OFFSET ?"
    found = database.execute(query, (count,)).fetchone()
    return int(found[0]) if found else 0


def _storable(name: str | None) -> str | None:
    """Escape lone surrogates in an identifier, which SQLite cannot store."""
    return name.encode("utf-8", "backslashreplace").decode() if isinstance(name, str) else None
