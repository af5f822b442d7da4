"""The requests of an import in its journal, and the states of each.

PENDING    its orders are chosen and stored
SENDING    it is being sent; found after a crash, it may or may not have arrived
ACCEPTED   the service gave it an async action, which is followed
DONE       the outcome of every row is known and written down
SPLIT      its rows go on in smaller chunks
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from tui.jobs.importing.runs.import_journal import ImportJournal, RowFinding, add_findings

RowPosition = tuple[int, int]
"""A row's position in its file: key and line."""

ChunkState = Literal["PENDING", "SENDING", "ACCEPTED", "DONE", "SPLIT"]


@dataclass(frozen=True)
class Chunk:
    """The orders of one request: where each stands in the file, and the JSON array that is sent.

    ``failures`` counts service jobs of these rows that failed as a whole; ``proven`` is false while it is
    only likely that ``action`` is this chunk's.
    """

    id: int
    state: ChunkState
    places: tuple[RowPosition, ...]
    body: bytes
    action: str | None = None
    proven: bool = True
    failures: int = 0
    sent_at: float | None = None
    accepted_at: float | None = None
    loaded: list[dict[str, Any]] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """The orders as they are sent."""
        return list(json.loads(self.body)) if self.loaded is None else self.loaded

    @cached_property
    def source_ids(self) -> tuple[str | None, ...]:
        """The source_id of each order; ``None`` for those with an id only."""
        return tuple(document.get("source_id") for document in self.documents)

    def finding(self, at: int, message: str, path: str = "") -> RowFinding:
        """The service's result for the row at a position."""
        key, line = self.places[at]
        return RowFinding(line, path, message, origin="service", key=key)

    def part(self, positions: Iterable[int]) -> tuple[tuple[RowPosition, ...], bytes]:
        """The places and the body of some of the rows."""
        chosen = sorted(positions)
        body = json.dumps([self.documents[at] for at in chosen], separators=(",", ":")).encode()
        return tuple(self.places[at] for at in chosen), body


class Chunks:
    """The chunks of one run. Each method is one change that is on disk when it returns."""

    def __init__(self, journal: ImportJournal) -> None:
        self._journal = journal
        self._loaded: dict[int, list[dict[str, Any]]] = {}

    def add(
        self,
        places: Sequence[RowPosition],
        body: bytes,
        *,
        documents: list[dict[str, Any]] | None = None,
        all_read: bool,
    ) -> None:
        """Keep the next rows of the file as a chunk, and that the file was read so far.

        ``documents`` are what ``body`` holds, kept in memory until the chunk's end to spare reading it again.
        """
        with self._journal.change() as db:
            if places:
                chunk_id = _insert(db, None, places, body)
                if documents is not None:
                    self._loaded[chunk_id] = documents
                db.execute("UPDATE run SET read_to = ?", (places[-1][0],))
            db.execute("UPDATE run SET all_read = ?", (all_read,))

    def mark_sending(self, chunk: Chunk, now: float) -> None:
        """The request is being sent."""
        with self._journal.change() as db:
            db.execute("UPDATE run SET requests = requests + 1")
            db.execute("UPDATE chunk SET state = 'SENDING', sent_at = ? WHERE id = ?", (now, chunk.id))

    def mark_accepted(self, chunk: Chunk, action: str, now: float, *, proven: bool = True) -> None:
        """The service gave the chunk an async action."""
        with self._journal.change() as db:
            db.execute(
                "UPDATE chunk SET state = 'ACCEPTED', action = ?, proven = ?, accepted_at = ? WHERE id = ?",
                (action, proven, now, chunk.id),
            )
            _forget_lookups(db, chunk)

    def mark_pending(self, chunk: Chunk, *, failures: int | None = None) -> None:
        """The chunk is to be sent, for the first time or again."""
        with self._journal.change() as db:
            db.execute(
                "UPDATE chunk SET state = 'PENDING', action = NULL, failures = ? WHERE id = ?",
                (chunk.failures if failures is None else failures, chunk.id),
            )
            _forget_lookups(db, chunk)

    def mark_unresolved(self, chunk: Chunk) -> None:
        """The job is not the chunk's: the chunk is again without an answer, and this job is ruled out."""
        with self._journal.change() as db:
            db.execute("INSERT OR IGNORE INTO ruled_out VALUES (?)", (chunk.action,))
            db.execute("UPDATE chunk SET state = 'SENDING', action = NULL WHERE id = ?", (chunk.id,))
            _forget_lookups(db, chunk)

    def mark_done(self, chunk: Chunk, findings: Sequence[RowFinding]) -> None:
        """The outcome of every row is known: all but those of the findings are imported."""
        with self._journal.change() as db:
            add_findings(db, findings)
            self._loaded.pop(chunk.id, None)
            _end(db, chunk, "DONE", len(chunk.places) - len(findings), len(findings))

    def split(
        self,
        chunk: Chunk,
        parts: Sequence[Sequence[int]],
        *,
        findings: Sequence[RowFinding] = (),
        limit: int | None = None,
        failures: int = 0,
    ) -> None:
        """Make the rows at the positions of each part a chunk.

        The rows of ``findings`` do not go on. ``limit`` is the new size of chunks that are built later.
        """
        with self._journal.change() as db:
            add_findings(db, findings)
            for positions in parts:
                if positions:
                    _insert(db, chunk.id, *chunk.part(positions), failures=failures)
            gone_on = sum(len(positions) for positions in parts)
            imported = len(chunk.places) - gone_on - len(findings)
            self._loaded.pop(chunk.id, None)
            _end(db, chunk, "SPLIT", imported, len(findings))
            if limit is not None:
                db.execute("UPDATE run SET chunk_limit = min(chunk_limit, ?)", (limit,))

    def ids(self, state: ChunkState) -> list[int]:
        """The chunks of a state, in the order in which they were accepted, or else in that of the file."""
        order = "accepted_at, id" if state == "ACCEPTED" else "first_key, id"
        query = f"SELECT id FROM chunk WHERE state = ? ORDER BY {order}"  # noqa: S608 - our own words
        return [row[0] for row in self._journal.read(query, state)]

    def get(self, chunk_id: int) -> Chunk:
        """A chunk with its orders."""
        row = self._journal.read("SELECT * FROM chunk WHERE id = ?", chunk_id)[0]
        return _chunk(row, self._loaded.get(chunk_id))

    def known_actions(self) -> set[str]:
        """The async actions that are known to be this run's, or not to be."""
        query = "SELECT action FROM chunk WHERE action IS NOT NULL UNION SELECT action FROM ruled_out"
        return {row[0] for row in self._journal.read(query)}


def _insert(
    db: sqlite3.Connection,
    parent: int | None,
    places: Sequence[RowPosition],
    body: bytes,
    *,
    failures: int = 0,
) -> int:
    inserted = db.execute(
        "INSERT INTO chunk (parent, first_key, last_key, size, sha256, places, body, failures, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING')",
        (
            parent,
            places[0][0],
            places[-1][0],
            len(places),
            hashlib.sha256(body).hexdigest(),
            json.dumps(places),
            body,
            failures,
        ),
    )
    return int(inserted.lastrowid or 0)


def _end(db: sqlite3.Connection, chunk: Chunk, state: str, imported: int, rejected: int) -> None:
    # The orders are personal data: they are kept no longer than they are needed.
    db.execute(
        "UPDATE chunk SET state = ?, imported = ?, rejected = ?, proven = 1, body = NULL, places = NULL"
        " WHERE id = ?",
        (state, imported, rejected, chunk.id),
    )
    _forget_lookups(db, chunk)


def _forget_lookups(db: sqlite3.Connection, chunk: Chunk) -> None:
    # They told what became of one request; the chunk now stands in another one, or is over.
    db.execute("DELETE FROM row_state WHERE chunk = ?", (chunk.id,))
    db.execute("DELETE FROM list_position WHERE chunk = ?", (chunk.id,))


def _chunk(row: sqlite3.Row, loaded: list[dict[str, Any]] | None) -> Chunk:
    return Chunk(
        id=row["id"],
        state=row["state"],
        places=tuple((key, line) for key, line in json.loads(row["places"] or "[]")),
        body=row["body"] or b"[]",
        action=row["action"],
        proven=bool(row["proven"]),
        failures=row["failures"],
        sent_at=row["sent_at"],
        accepted_at=row["accepted_at"],
        loaded=loaded,
    )


def split_in_half(positions: list[int]) -> list[list[int]]:
    """The positions in two non-empty parts, if there are at least two."""
    middle = (len(positions) + 1) // 2
    return [positions[:middle], positions[middle:]]
