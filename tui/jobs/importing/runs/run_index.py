"""An index of the runs in a folder, so that listing them does not open every journal.

Derived data: a row holds what was read from a journal, and is used while the journal's file has the
same size and time of change. The index may be lost or damaged without harm; it is then made again, in memory
where the folder cannot be written to.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tui.errors import message_with_hint
from tui.files.state_errors import read_only_connection, state_file_error
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.runs.import_journal import SUFFIX, ImportJournal, UnreadableJournal
from tui.jobs.importing.runs.run_summary import RunSummary, current_summary, stored_summary

FILE_NAME = "runs.index"

SETTLED_SECONDS = 2.0
"""A file that changed more recently is read again, since a later change might have the same time."""

CHANGING = -1
"""Stands for the time of change of a journal that has to be read again each time."""

_VERSION = 2

_SCHEMA = f"""
CREATE TABLE run (
    name TEXT PRIMARY KEY, changed INTEGER NOT NULL, size INTEGER NOT NULL, profile TEXT NOT NULL,
    state TEXT NOT NULL, created_at REAL NOT NULL, rate REAL, summary TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX run_of_profile ON run (profile, name);
CREATE TABLE action (id TEXT NOT NULL, run TEXT NOT NULL, PRIMARY KEY (id, run)) WITHOUT ROWID;
CREATE INDEX action_of_run ON action (run);
PRAGMA user_version = {_VERSION};
"""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Distinguishes a changed journal file from an unchanged one. ``changed`` is in nanoseconds."""

    changed: int
    size: int


class RunIndex:
    """The runs of a folder as of the moment it was opened. Use ``open_index``."""

    def __init__(self, db: sqlite3.Connection, folder: Path) -> None:
        self._db = db
        self._folder = folder
        self.unreadable: list[UnreadableJournal] = []

    def close(self) -> None:
        """Close the file of the index."""
        self._db.close()

    def summaries(self, profile: str) -> Iterator[RunSummary]:
        """The runs of a profile that were started, newest first."""
        query = "SELECT name, summary FROM run WHERE profile = ? AND state != 'PLANNED' ORDER BY name DESC"
        for name, summary in self._db.execute(query, (profile,)):
            yield current_summary(self._folder / f"{name}{SUFFIX}", json.loads(summary))

    def started(self, actions: Iterable[str], profile: str) -> frozenset[str]:
        """Those of the service's jobs that runs of the profile started."""
        query = "SELECT 1 FROM action JOIN run ON run.name = action.run WHERE action.id = ? AND profile = ?"
        return frozenset(each for each in actions if self._db.execute(query, (each, profile)).fetchone())

    def rate(self, profile: str) -> float | None:
        """Rows a second that the service last took from this profile, if an import was seen."""
        query = "SELECT rate FROM run WHERE profile = ? AND rate > 0 ORDER BY name DESC LIMIT 1"
        found = self._db.execute(query, (profile,)).fetchone()
        return None if found is None else float(found[0])

    def planned_before(self, moment: float) -> list[Path]:
        """The journals of plans from before an epoch second that were never started."""
        query = "SELECT name FROM run WHERE state = 'PLANNED' AND created_at < ?"
        return [self._folder / f"{name}{SUFFIX}" for (name,) in self._db.execute(query, (moment,))]

    def finished(self) -> list[tuple[Path, float]]:
        """The journals of runs that are at their end, of all profiles, and when each began; newest first."""
        query = "SELECT name, created_at FROM run WHERE state = 'DONE' ORDER BY name DESC"
        return [(self._folder / f"{name}{SUFFIX}", begun) for name, begun in self._db.execute(query)]

    def refresh(self) -> None:
        """Read the journals that changed, each once, and forget those that are gone."""
        there = dict(_journal_stamps(self._folder))
        known = {
            name: _Stamp(changed, size)
            for name, changed, size in self._db.execute("SELECT name, changed, size FROM run")
        }
        news = [
            name for name, stamp in there.items() if stamp.changed == CHANGING or known.get(name) != stamp
        ]
        gone = known.keys() - there.keys()
        if not (news or gone):
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for name in gone:
                self._forget(name)
            for name in news:
                self._read(name, there[name])
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def _read(self, name: str, stamp: _Stamp) -> None:
        self._forget(name)
        try:
            with closing(ImportJournal(self._folder / f"{name}{SUFFIX}")) as journal:
                run, summary = journal.row, stored_summary(journal)
                actions = journal.read("SELECT DISTINCT action FROM chunk WHERE action IS NOT NULL")
        except UnreadableJournal as error:
            self.unreadable.append(error)
            return
        except sqlite3.DatabaseError as error:
            self.unreadable.append(UnreadableJournal(self._folder / f"{name}{SUFFIX}", error))
            return
        except ImportRefused:
            return  # just deleted
        self._db.execute(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name, stamp.changed, stamp.size, run["profile"], run["state"], run["created_at"], run["rate"],
                json.dumps(summary),
            ),
        )  # fmt: skip
        self._db.executemany("INSERT INTO action VALUES (?, ?)", ((row[0], name) for row in actions))

    def _forget(self, name: str) -> None:
        self._db.execute("DELETE FROM run WHERE name = ?", (name,))
        self._db.execute("DELETE FROM action WHERE run = ?", (name,))


@dataclass(frozen=True, slots=True)
class RunsAndJobs:
    """The runs of a profile, newest first, the service's jobs that they started, and what is unreadable."""

    runs: tuple[RunSummary, ...] = ()
    jobs: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


def read_runs_and_jobs(folder: Path, actions: Iterable[str], profile: str) -> RunsAndJobs:
    """The runs of a profile in a folder, and those of the service's jobs that they started. Blocks."""
    try:
        with open_index(folder) as index:
            return RunsAndJobs(
                tuple(index.summaries(profile)),
                index.started(actions, profile),
                tuple(map(message_with_hint, index.unreadable)),
            )
    except (OSError, sqlite3.Error) as error:
        problem = message_with_hint(state_file_error(folder, error))
        return RunsAndJobs(problems=(f"imports started here are not listed: {problem}",))


def runs_at_their_end(folder: Path) -> frozenset[str]:
    """The runs that the index knows to be over, their journals unchanged since. Changes nothing. Blocks.

    Empty where there is no index yet, or it cannot be read.
    """
    path = folder / FILE_NAME
    try:
        with closing(read_only_connection(path)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                return frozenset()
            over = db.execute("SELECT name, changed, size FROM run WHERE state = 'DONE'").fetchall()
        there = dict(_journal_stamps(folder))
    except (sqlite3.Error, OSError):
        return frozenset()
    return frozenset(name for name, changed, size in over if there.get(name) == _Stamp(changed, size))


@contextmanager
def open_index(folder: Path) -> Iterator[RunIndex]:
    """The index of a folder, up to date. Blocks."""
    with closing(_refreshed(folder)) as index:
        yield index


def _refreshed(folder: Path) -> RunIndex:
    path = folder / FILE_NAME
    if not folder.is_dir():
        return RunIndex(_connected(":memory:"), folder)
    for _ in range(2):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            return _opened(str(path), folder)
        except sqlite3.OperationalError:
            break  # read-only, full or locked
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)  # damaged: made again
        except OSError:
            break
    return _opened(":memory:", folder)


def _opened(name: str, folder: Path) -> RunIndex:
    index = RunIndex(_connected(name), folder)
    try:
        index.refresh()
    except BaseException:
        index.close()
        raise
    return index


def _connected(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, isolation_level=None, timeout=5)
    try:
        db.execute("PRAGMA synchronous = OFF")  # what is lost is made again
        if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            _make(db)
    except BaseException:
        db.close()
        raise
    return db


def _make(db: sqlite3.Connection) -> None:
    db.executescript(
        f"BEGIN IMMEDIATE; DROP TABLE IF EXISTS run; DROP TABLE IF EXISTS action; {_SCHEMA} COMMIT;"
    )


def _journal_stamps(folder: Path) -> Iterator[tuple[str, _Stamp]]:
    with os.scandir(folder) as found:
        entries = {entry.name: entry for entry in found}
    now = time.time()
    for name, entry in entries.items():
        if not name.endswith(SUFFIX):
            continue
        try:
            stat = entry.stat()
        except OSError:
            continue  # deleted meanwhile
        # What is written goes to the log beside the journal first.
        settled = f"{name}-wal" not in entries and now - stat.st_mtime > SETTLED_SECONDS
        yield name.removesuffix(SUFFIX), _Stamp(stat.st_mtime_ns if settled else CHANGING, stat.st_size)
