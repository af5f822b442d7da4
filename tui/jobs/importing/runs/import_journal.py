"""The journal of one import: everything that must survive a crash, in one SQLite file of its own.

    run       what is imported, how, and how far it is
    finding   why a row is not imported: found by the check, or reported by the service
    skipped   rows left out by the user's choice (another row of the same source_id is taken)
    chunk     the requests: PENDING → SENDING → ACCEPTED → DONE, or SPLIT into smaller ones
    ruled_out jobs of the service that were looked at and are not this run's
    assigned_row
              hashes of the rows that are given a source_id, by which another import recognises them
    row_state, list_position
              what look-ups found out about the rows of a chunk whose outcome the service does not say

Every change is on disk before the step that depends on it (WAL, ``synchronous=FULL``). Files are 0600.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tui.files.private_folder import make_private_folder
from tui.files.state_errors import ONLY_WRITING, explained, read_only_connection, state_file_error
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.import_file import ImportFile
from tui.orders.request import FieldFault

SUFFIX = ".import"

COPY = ".copy"
"""The suffix of the private copy of a run's file."""

UNFINISHED = ".unborn"
"""The suffix of a journal that is being made."""

PLAN_LIFETIME = 24 * 3600.0
"""Seconds after which an unstarted plan is deleted."""

SYNCHRONOUS = "FULL"
"""How SQLite writes to disk: a committed change survives a loss of power."""

RunState = Literal["PLANNED", "RUNNING", "CANCELLED", "DONE"]

_SCHEMA = """
CREATE TABLE run (
    id TEXT PRIMARY KEY, profile TEXT NOT NULL, state TEXT NOT NULL, path TEXT NOT NULL, format TEXT NOT NULL,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, options TEXT NOT NULL,
    created_at REAL NOT NULL, ended_at REAL, good INTEGER NOT NULL DEFAULT 0, chunk_limit INTEGER NOT NULL,
    read_to INTEGER NOT NULL DEFAULT 0, all_read INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0, polls INTEGER NOT NULL DEFAULT 0, lookups INTEGER NOT NULL DEFAULT 0,
    rate REAL
);
CREATE TABLE finding (
    line INTEGER NOT NULL, path TEXT NOT NULL, message TEXT NOT NULL, shown TEXT NOT NULL,
    origin TEXT NOT NULL, key INTEGER NOT NULL
);
CREATE INDEX finding_key ON finding (key);
CREATE TABLE skipped (key INTEGER PRIMARY KEY);
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY, parent INTEGER, first_key INTEGER NOT NULL, last_key INTEGER NOT NULL,
    size INTEGER NOT NULL, sha256 TEXT NOT NULL, places TEXT, body BLOB, state TEXT NOT NULL, action TEXT,
    proven INTEGER NOT NULL DEFAULT 1, failures INTEGER NOT NULL DEFAULT 0, sent_at REAL, accepted_at REAL,
    imported INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE ruled_out (action TEXT PRIMARY KEY);
CREATE INDEX chunk_state ON chunk (state, first_key);
"""

_ADDED_LATER = """
CREATE TABLE IF NOT EXISTS row_state (
    chunk INTEGER, position INTEGER, state TEXT NOT NULL, by_read INTEGER NOT NULL,
    PRIMARY KEY (chunk, position)
);
CREATE TABLE IF NOT EXISTS list_position (
    chunk INTEGER, list TEXT, next_page INTEGER NOT NULL, newest TEXT, until TEXT,
    pages_read INTEGER NOT NULL, is_over INTEGER NOT NULL, PRIMARY KEY (chunk, list)
);
CREATE TABLE IF NOT EXISTS assigned_row (hash INTEGER PRIMARY KEY);
"""
"""Tables that journals of earlier versions do not have."""

_LEFT_OUT = """
SELECT key FROM finding WHERE origin = 'check' AND key > ?
UNION SELECT key FROM skipped WHERE key > ? ORDER BY key LIMIT 1000
"""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """Why the row at ``line`` is not imported. ``origin`` is ``check`` (here) or ``service``.

    ``key`` distinguishes rows on the same line; 0 where a line has one row only.
    """

    line: int
    path: str
    message: str
    shown: str = ""
    origin: str = "check"
    key: int = 0

    def __str__(self) -> str:
        return f"line {self.line:,}: {FieldFault(self.path, self.message, self.shown)}"


class UnreadableJournal(ImportRefused):
    """The journal of a run at ``path`` is damaged, locked, no journal, or in a place that cannot be used."""

    def __init__(self, path: Path, error: Exception) -> None:
        cause = state_file_error(path, error)
        super().__init__(f"import {path.stem} cannot be read: {cause}", hint=cause.hint)
        self.path = path


class ImportJournal:
    """The journal file of one run, open. Not for use from two threads at once."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise ImportRefused(f"there is no import {path.stem}", hint="List imports with ordex jobs.")
        self.path = path
        self.run = path.stem
        try:
            self._db = _connect_for_reading_at_least(path)
        except (sqlite3.DatabaseError, OSError) as error:
            raise UnreadableJournal(path, error) from None

    @classmethod
    def create(
        cls, folder: Path, run: str, *, profile: str, file: ImportFile, options: ImportOptions, now: float
    ) -> ImportJournal:
        """Begin the journal of a new run, in the state PLANNED.

        Raises:
            StateFileError: it cannot be written.
        """
        with explained(folder / f"{run}{SUFFIX}"):
            return cls._created(folder, run, profile=profile, file=file, options=options, now=now)

    @classmethod
    def _created(
        cls, folder: Path, run: str, *, profile: str, file: ImportFile, options: ImportOptions, now: float
    ) -> ImportJournal:
        make_private_folder(folder)
        unborn = folder / f"{run}{UNFINISHED}"
        os.close(os.open(unborn, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(_connect(unborn)) as db:
            db.executescript(_SCHEMA + _ADDED_LATER)
            db.execute(
                "INSERT INTO run (id, profile, state, path, format, sha256, size, mtime, options, created_at,"
                " chunk_limit) VALUES (?, ?, 'PLANNED', ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    run, profile, str(file.path), file.format, file.sha256, file.size, file.mtime,
                    json.dumps(options.to_document()), now, options.chunk,
                ),
            )  # fmt: skip
        # A journal has its name only when it is whole: dying before leaves nothing that looks like one.
        unborn.rename(folder / f"{run}{SUFFIX}")
        return cls(folder / f"{run}{SUFFIX}")

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One change: all of it is on disk when this returns, or nothing of it."""
        with explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    def read(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query."""
        return self._db.execute(query, values).fetchall()

    def stream(self, query: str, *values: Any) -> Iterator[sqlite3.Row]:
        """The rows of a query that may be many."""
        yield from self._db.execute(query, values)

    @property
    def row(self) -> sqlite3.Row:
        """The run itself."""
        found: sqlite3.Row = self._db.execute("SELECT * FROM run").fetchone()
        if found is None:
            raise UnreadableJournal(self.path, ValueError("it is empty"))
        return found

    @property
    def file(self) -> ImportFile:
        """The file as it was when the run was planned."""
        row, copy = self.row, self.path.with_suffix(COPY)
        return ImportFile(
            Path(row["path"]),
            row["format"],
            row["sha256"],
            row["size"],
            row["mtime"],
            copy if copy.exists() else None,
        )

    @property
    def options(self) -> ImportOptions:
        """What the user chose."""
        return ImportOptions.from_document(json.loads(self.row["options"]))

    def upgrade(self) -> None:
        """Add the tables that an earlier version did not know."""
        with explained(self.path):
            self._db.executescript(_ADDED_LATER)

    def set(self, **values: Any) -> None:
        """Change columns of the run."""
        names = ", ".join(f"{name} = ?" for name in values)
        with self.change() as db:
            db.execute(f"UPDATE run SET {names}", tuple(values.values()))  # noqa: S608 - our own names

    def set_running(self) -> None:
        """Write down that a process sends the run, unless it is done."""
        if self.row["state"] != "DONE":
            self.upgrade()
            self.set(state="RUNNING")

    def findings(self, *, origin: str | None = None) -> Iterator[RowFinding]:
        """Why rows are not imported, in the order of the file."""
        query = "SELECT line, path, message, shown, origin, key FROM finding"
        where, values = (" WHERE origin = ?", (origin,)) if origin else ("", ())
        for row in self.stream(f"{query}{where} ORDER BY key, rowid", *values):
            yield RowFinding(*row)

    def left_out(self) -> Iterator[int]:
        """The keys of the rows that are not to be sent, in order: with findings of the check, or skipped."""
        # Read in pages: a query left open would keep the journal's log from being emptied.
        after = 0
        while page := self.read(_LEFT_OUT, after, after):
            for row in page:
                yield row[0]
            after = page[-1][0]

    def count(self, query: str, *values: Any) -> int:
        """The number that a query gives."""
        return int(self._db.execute(query, values).fetchone()[0] or 0)

    def rows_also_in(self, other: Path) -> int:
        """How many of the rows that are given a source_id another journal has, too; 0 if it is unreadable."""
        try:
            self._db.execute("ATTACH ? AS other", (str(other),))
        except sqlite3.DatabaseError:
            return 0
        try:
            return self.count("SELECT count(*) FROM main.assigned_row JOIN other.assigned_row USING (hash)")
        except sqlite3.DatabaseError:
            return 0
        finally:
            self._db.execute("DETACH other")

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def erase_journal(path: Path) -> None:
    """Remove a journal that no process has open, and the copy of its file."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.with_suffix(COPY).unlink(missing_ok=True)


def add_findings(db: sqlite3.Connection, findings: Iterable[RowFinding]) -> None:
    """Write down why rows are not imported."""
    db.executemany(
        "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)",
        ((f.line, f.path, f.message, f.shown, f.origin, f.key or f.line) for f in findings),
    )


def remove_unfinished_journals(folder: Path, now: float) -> None:
    """Remove journals whose process died while it created them, and copies that have no journal."""
    copies = (path for path in folder.glob(f"*{COPY}") if not path.with_suffix(SUFFIX).exists())
    for path in (*folder.glob(f"*{UNFINISHED}*"), *copies):
        with suppress(FileNotFoundError):  # another process is creating one, and renames it
            if path.stat().st_mtime < now - PLAN_LIFETIME:
                path.unlink()


def _connect_for_reading_at_least(path: Path) -> sqlite3.Connection:
    """A connection to a whole journal; one that only reads where the folder cannot be written to.

    Raises:
        sqlite3.DatabaseError, OSError: it is not a journal, or cannot be read.
    """
    try:
        db = _connect(path)
    except sqlite3.OperationalError as error:
        if state_file_error(path, error).hint not in ONLY_WRITING:
            raise
        db = read_only_connection(path)
        db.row_factory = sqlite3.Row
    try:
        db.execute("SELECT id FROM run").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    db.row_factory = sqlite3.Row
    try:
        db.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        db.close()
        raise
    db.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    return db


def journal_path(folder: Path, run: str) -> Path:
    """The journal of a run.

    Raises:
        ImportRefused: that is not the name of a run.
    """
    if not run or not run.replace("-", "").isalnum():
        raise ImportRefused(f"{run!a} is not the name of an import")
    return folder / f"{run}{SUFFIX}"
