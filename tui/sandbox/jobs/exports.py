"""Export jobs and the short-lived, signed links to their files (``docs/voucherify-api.md#exports``)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from tui.orders.times import format_api_time
from tui.sandbox.clock import from_ms, to_ms
from tui.sandbox.documents_table import sqlite_text
from tui.sandbox.http.error_responses import not_found
from tui.sandbox.identifiers import IdentifierGenerator
from tui.sandbox.jobs.export_csv import write_csv
from tui.sandbox.jobs.export_filters import FilterContext, matches
from tui.sandbox.jobs.exportable import EXPORTABLE
from tui.sandbox.policies import Policies
from tui.sandbox.store import Transaction
from tui.sandbox.wire import Document, decode, encode

_SIGNED = 14


@dataclass(frozen=True, slots=True)
class DownloadTokens:
    """Makes and checks the tokens of one request.

    Args:
        key: the sandbox's signing key.
        now: the current time.
        base_url: where the sandbox is reached by the caller, without a slash at its end.
        lifetime: seconds that a token lives.
    """

    key: bytes
    now: datetime
    base_url: str
    lifetime: float

    def url(self, export_id: str) -> str:
        """A link to the export's file with a new token."""
        expires = to_ms(self.now) + round(self.lifetime * 1000)
        signed = expires.to_bytes(8, "big") + secrets.token_bytes(_SIGNED - 8)
        token = base64.urlsafe_b64encode(signed + self._signature(signed, export_id)).decode().rstrip("=")
        return f"{self.base_url}/v1/exports/{quote(export_id, safe='')}?token={token}"

    def good(self, token: str, export_id: str) -> bool:
        """Whether the token is one of ours for this export, and still lives."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            return False
        signed, signature = raw[:_SIGNED], raw[_SIGNED:]
        if not hmac.compare_digest(signature, self._signature(signed, export_id)):
            return False
        return int.from_bytes(signed[:8], "big") > to_ms(self.now)

    def _signature(self, signed: bytes, export_id: str) -> bytes:
        message = signed + export_id.encode("utf-8", "surrogatepass")
        return hmac.new(self.key, message, hashlib.sha256).digest()


def signing_key(transaction: Transaction) -> bytes:
    """The key that was made with the file."""
    found: bytes = transaction.connection.execute(
        "SELECT value FROM settings WHERE name = 'download_key'"
    ).fetchone()[0]
    return found


SORTS = ("created_at", "-created_at", "status", "-status")
_COLUMNS = "id, status, created_ms, started_ms, finished_ms, exported_object, parameters"


@dataclass(frozen=True, slots=True)
class ExportJob:
    """One stored export."""

    id: str
    status: str
    created_ms: int
    started_ms: int | None
    finished_ms: int | None
    exported_object: str
    parameters: str


class Exports:
    """The export jobs of a sandbox."""

    def __init__(self, policies: Policies, mint: IdentifierGenerator) -> None:
        self._policies = policies
        self._mint = mint

    def schedule(
        self, transaction: Transaction, exported_object: str, parameters: Document, at: datetime
    ) -> Document:
        """Take an export in and give it as it is answered: SCHEDULED, without a result."""
        identifier = self._mint.random("exp_")
        job = ExportJob(identifier, "SCHEDULED", to_ms(at), None, None, exported_object, encode(parameters))
        transaction.connection.execute(
            "INSERT INTO exports (id, status, created_ms, exported_object, parameters)"
            " VALUES (?, ?, ?, ?, ?)",
            (job.id, job.status, job.created_ms, job.exported_object, job.parameters),
        )
        return _document(job, None)

    def pending(self, transaction: Transaction) -> bool:
        """Whether an export is not finished."""
        found = transaction.connection.execute(
            "SELECT 1 FROM exports WHERE status IN ('SCHEDULED', 'IN_PROGRESS') LIMIT 1"
        )
        return found.fetchone() is not None

    def starting(self, transaction: Transaction, now: datetime) -> list[tuple[str, datetime]]:
        """The exports that begin by ``now``, with the time of each, earliest first."""
        rows = transaction.connection.execute(
            "SELECT id, created_ms FROM exports WHERE status = 'SCHEDULED' ORDER BY sequence"
        )
        due = [(identifier, from_ms(ms + self._policies.export_delay * 1000)) for identifier, ms in rows]
        return [(identifier, moment) for identifier, moment in due if moment <= now]

    def start(self, transaction: Transaction, identifier: str, at: datetime) -> None:
        """Begin to run: write the file from the orders as they are."""
        job = self._job(transaction, identifier)
        orders = self._orders(transaction, job, at)
        parameters = decode(job.parameters)
        fields = parameters.get("fields") or EXPORTABLE[job.exported_object].default
        content = write_csv(orders, fields, self._policies)
        running = max(self._policies.shortest_job, len(orders) / self._policies.export_rate)
        transaction.connection.execute(
            "UPDATE exports SET status = 'IN_PROGRESS', started_ms = ?, finished_ms = ?, content = ?"
            " WHERE id = ? AND status = 'SCHEDULED'",
            (to_ms(at), to_ms(at) + round(running * 1000), content, identifier),
        )

    def finish(self, transaction: Transaction, now: datetime) -> None:
        """End the exports whose time has come."""
        transaction.connection.execute(
            "UPDATE exports SET status = 'DONE' WHERE status = 'IN_PROGRESS' AND finished_ms <= ?",
            (to_ms(now),),
        )

    def read(self, transaction: Transaction, identifier: str, tokens: DownloadTokens) -> Document:
        """One export. Raises: ErrorResponse."""
        job = self._job(transaction, identifier)
        return _document(job, tokens)

    def page(
        self, transaction: Transaction, order: str, *, limit: int, offset: int, tokens: DownloadTokens
    ) -> tuple[list[Document], int]:
        """One page of exports, and how many there are in all."""
        direction = "DESC" if order.startswith("-") else "ASC"
        name = {"created_at": "created_ms", "status": "status"}[order.lstrip("-")]
        rows = transaction.connection.execute(
            f"SELECT {_COLUMNS} FROM exports ORDER BY {name} {direction}, sequence {direction}"  # noqa: S608 - one of two names
            " LIMIT ? OFFSET ?",
            (limit, offset),
        ).fetchall()
        total = transaction.connection.execute("SELECT count(*) FROM exports").fetchone()[0]
        return [_document(ExportJob(*row), tokens) for row in rows], total

    def delete(self, transaction: Transaction, identifier: str) -> None:
        """Forget an export and its file. Raises: ErrorResponse."""
        self._job(transaction, identifier)
        transaction.connection.execute("DELETE FROM exports WHERE id = ?", (identifier,))

    def content(self, transaction: Transaction, identifier: str) -> bytes | None:
        """The file of a finished export."""
        row = transaction.connection.execute(
            "SELECT content FROM exports WHERE id = ? AND status = 'DONE'", (sqlite_text(identifier),)
        ).fetchone()
        return row[0] if row else None

    def _job(self, transaction: Transaction, identifier: str) -> ExportJob:
        row = transaction.connection.execute(
            f"SELECT {_COLUMNS} FROM exports WHERE id = ?",  # noqa: S608 - constant
            (sqlite_text(identifier),),
        ).fetchone()
        if row is None:
            raise not_found("export", identifier)
        return ExportJob(*row)

    def _orders(self, transaction: Transaction, job: ExportJob, at: datetime) -> list[Document]:
        if job.exported_object != "order":
            return []
        parameters = decode(job.parameters)
        filters = parameters.get("filters", {})
        context = FilterContext(at, self._policies)
        kept = [order for order in transaction.orders.all() if matches(order, filters, context)]
        order = parameters.get("order") or self._policies.default_export_order
        field = order.lstrip("-")
        smallest = self._policies.updated_at_nulls == "smallest"
        kept.sort(
            key=lambda found: (
                (found.get(field) is not None) == smallest,
                found.get(field) or "",
                found["id"],
            ),
            reverse=order.startswith("-"),
        )
        return kept


def _document(job: ExportJob, tokens: DownloadTokens | None) -> Document:
    finished = tokens is not None and job.status == "DONE"
    return {
        "id": job.id,
        "object": "export",
        "created_at": format_api_time(from_ms(job.created_ms)),
        "status": job.status,
        "channel": "API",
        "exported_object": job.exported_object,
        "parameters": decode(job.parameters),
        "result": {"url": tokens.url(job.id)} if tokens is not None and finished else None,
        "user_id": None,
    }
