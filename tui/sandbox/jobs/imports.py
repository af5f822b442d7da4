"""Import jobs (``docs/voucherify-api.md#imports``): one runs at a time, the others wait their turn.

Nothing runs in the background. A job is a function of the clock: before each request the jobs are brought
to where they are by now, so that its rows are applied as time passes, with the times they would have had,
and any process with the file open may do it.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tui.orders.times import format_api_time
from tui.sandbox.clock import from_ms, to_ms
from tui.sandbox.documents_table import sqlite_text
from tui.sandbox.http.error_responses import ErrorResponse, not_found
from tui.sandbox.identifiers import IdentifierGenerator
from tui.sandbox.orders.order_writer import OrderWriter
from tui.sandbox.policies import Policies
from tui.sandbox.store import Transaction
from tui.sandbox.wire import Document, decode, encode

_COLUMNS = "sequence, id, request_id, status, created_ms, started_ms, updated_ms, row_count, applied, failed"


@dataclass(slots=True)
class ImportJob:
    """One stored import."""

    sequence: int
    id: str
    request_id: str
    status: str
    created_ms: int
    started_ms: int | None
    updated_ms: int
    row_count: int
    applied: int
    failed: str


class Imports:
    """The import jobs of a sandbox."""

    def __init__(self, policies: Policies, mint: IdentifierGenerator, writer: OrderWriter) -> None:
        self._policies = policies
        self._mint = mint
        self._writer = writer
        self._last_rows: tuple[str, list[Document]] = ("", [])

    def enqueue(self, transaction: Transaction, rows: list[Document], request_id: str, at: datetime) -> str:
        """Take an import in and give the id of its async action."""
        at_ms = to_ms(at)
        identifier = self._mint.timed("aa_", at_ms)
        transaction.connection.execute(
            "INSERT INTO imports (id, request_id, status, created_ms, updated_ms, row_count, rows)"
            " VALUES (?, ?, 'ENQUEUED', ?, ?, ?, ?)",
            (identifier, request_id, at_ms, at_ms, len(rows), encode(rows)),
        )
        return identifier

    def pending(self, transaction: Transaction) -> bool:
        """Whether an import is not finished."""
        found = transaction.connection.execute(
            "SELECT 1 FROM imports WHERE status IN ('ENQUEUED', 'IN_PROGRESS') LIMIT 1"
        )
        return found.fetchone() is not None

    def advance(self, transaction: Transaction, now: datetime, rows: int) -> bool:
        """Advance the jobs towards their state at ``now``; each starts when the one before it is done.

        Applies ``rows`` rows at most; false when more of them are due.
        """
        jobs = transaction.connection.execute(
            f"SELECT {_COLUMNS} FROM imports WHERE status IN ('ENQUEUED', 'IN_PROGRESS') ORDER BY sequence"  # noqa: S608 - constant
        ).fetchall()
        for values in jobs:
            job = ImportJob(*values)
            if job.started_ms is None:
                job.started_ms = max(job.created_ms, self._free_from(transaction.connection))
            if job.started_ms > to_ms(now):
                return True
            before = job.applied
            due = self._run(transaction, job, to_ms(now), rows)
            rows -= job.applied - before
            if job.applied < due or (job.status == "DONE" and rows <= 0):
                return False
            if job.status != "DONE":
                return True
        return True

    def read(self, transaction: Transaction, identifier: str) -> Document:
        """The async action, with its result. Raises: ErrorResponse."""
        row = transaction.connection.execute(
            f"SELECT {_COLUMNS} FROM imports WHERE id = ?",  # noqa: S608 - constant
            (sqlite_text(identifier),),
        ).fetchone()
        if row is None:
            raise not_found("async_action", identifier)
        job = ImportJob(*row)
        action = _action(job)
        return {
            **{name: action[name] for name in action if name != "object"},
            "processing_time": job.updated_ms - job.created_ms,
            "result": _result(job),
            "object": "async_action",
        }

    def page(
        self, transaction: Transaction, *, limit: int, before: datetime | None
    ) -> tuple[list[Document], bool]:
        """The newest async actions scheduled before a moment, and whether there are older ones."""
        bound = to_ms(before) if before is not None else 2**62
        rows = transaction.connection.execute(
            f"SELECT {_COLUMNS} FROM imports WHERE created_ms < ?"  # noqa: S608 - constant
            " ORDER BY created_ms DESC, sequence DESC LIMIT ?",
            (bound, limit + 1),
        ).fetchall()
        return [_action(ImportJob(*row)) for row in rows[:limit]], len(rows) > limit

    def _run(self, transaction: Transaction, job: ImportJob, now_ms: int, most: int) -> int:
        """Apply rows that are due, ``most`` at most; returns how many of the job's rows are due in all."""
        started = job.started_ms if job.started_ms is not None else now_ms
        duration = max(self._policies.shortest_job * 1000, job.row_count * 1000 / self._policies.import_rate)
        share = min(1.0, (now_ms - started) / duration)
        due = job.row_count if share == 1.0 else int(job.row_count * share)
        failed = json.loads(job.failed)
        end = min(due, job.applied + most)
        if end > job.applied:
            rows = self._rows_of(transaction, job)
            for at in range(job.applied, end):
                moment = from_ms(started + duration * (at + 1) / job.row_count)
                failure = self._apply(transaction, rows[at], moment)
                if failure is not None:
                    failed.append(failure)
        over = share == 1.0 and end == job.row_count
        job.applied, job.failed = end, encode(failed)
        job.status = "DONE" if over else "IN_PROGRESS"
        job.updated_ms = round(started + duration) if over else now_ms
        if over:
            self._last_rows = ("", [])
        _save(transaction.connection, job)
        return due

    def _rows_of(self, transaction: Transaction, job: ImportJob) -> list[Document]:
        """The rows of a job; those of the last one are kept, since a job is worked on many times."""
        identifier, rows = self._last_rows
        if identifier != job.id:
            query = "SELECT rows FROM imports WHERE id = ?"
            rows = decode(transaction.connection.execute(query, (job.id,)).fetchone()[0])
            self._last_rows = (job.id, rows)
        return rows

    def _apply(self, transaction: Transaction, row: Document, at: datetime) -> Document | None:
        try:
            with transaction.attempt():
                self._writer.import_row(transaction, row, at)
        except ErrorResponse as refusal:
            worded = self._policies.failed_row_reason == "details"
            reason = refusal.details or refusal.message if worded else "Internal error"
            return {"source_id": row.get("source_id"), "reason": reason}
        return None

    def _free_from(self, connection: sqlite3.Connection) -> int:
        found: int | None = connection.execute(
            "SELECT max(updated_ms) FROM imports WHERE status = 'DONE'"
        ).fetchone()[0]
        return found or 0


def _save(connection: sqlite3.Connection, job: ImportJob) -> None:
    connection.execute(
        "UPDATE imports SET status = ?, started_ms = ?, updated_ms = ?, applied = ?, failed = ?,"
        " rows = CASE ? WHEN 'DONE' THEN NULL ELSE rows END WHERE id = ?",
        (job.status, job.started_ms, job.updated_ms, job.applied, job.failed, job.status, job.id),
    )


def _action(job: ImportJob) -> Document:
    return {
        "id": job.id,
        "type": "ORDERS.IMPORT",
        "status": job.status,
        "operation_status": _operation_status(job),
        "created_at": format_api_time(from_ms(job.created_ms)),
        "updated_at": format_api_time(from_ms(job.updated_ms)),
        "request_id": job.request_id,
        "progress": 100 if job.status == "DONE" else _percent(job),
        "object": "async_action",
    }


def _percent(job: ImportJob) -> int:
    return job.applied * 100 // job.row_count if job.row_count else 0


def _operation_status(job: ImportJob) -> str:
    if job.status != "DONE":
        return "UNKNOWN"
    failed = len(json.loads(job.failed))
    return "FAILED" if failed and failed == job.row_count else "SUCCESS"


def _result(job: ImportJob) -> dict[str, Any] | None:
    if job.status != "DONE":
        return None
    failed = json.loads(job.failed)
    done = job.row_count - len(failed)
    return {
        "message": f"{done} order(s) imported successfully, {len(failed)} failed.",
        "failed": failed,
        "done_count": done,
        "failed_count": len(failed),
    }
