"""The background jobs of an account in one list: exports, async actions, and imports begun here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.orders.times import to_api

if TYPE_CHECKING:
    from tui.jobs.importing.engine import RunSummary
    from tui.voucherify.answers import AsyncAction, Export

    from .desk import Account

OVER = frozenset({"DONE", "FAILED", "ERROR"})


@dataclass(frozen=True, slots=True)
class Job:
    """One job. ``progress`` is 0 to 100 where the service tells it, ``here`` whether it was begun here."""

    id: str
    kind: str
    status: str
    progress: int | None
    created_at: str
    detail: str
    here: bool
    document: dict[str, Any]

    @property
    def runs(self) -> bool:
        """Whether it is still under way."""
        return self.status not in OVER and self.kind != "import run"

    def row(self) -> dict[str, Any]:
        """What a list shows."""
        progress = "" if self.progress is None else f"{self.progress} %"
        return {
            "id": self.id,
            "type": self.kind,
            "status": self.status,
            "progress": progress,
            "created_at": self.created_at,
            "detail": self.detail,
        }


FIELDS = ("id", "type", "status", "progress", "created_at", "detail")


async def list_jobs(account: Account, *, limit: int) -> list[Job]:
    """The newest jobs of every kind, newest first. Costs two calls.

    Raises:
        VoucherifyError: they could not be read.
    """
    exports, actions, runs, begun_here = await asyncio.gather(
        account.client.list_exports(limit=limit),
        account.client.list_async_actions(limit=limit),
        account.importer.runs(),
        account.importer.actions(),
    )
    jobs = [export_job(export) for export in exports.exports]
    jobs += [action_job(action, here=action.id in begun_here) for action in actions.async_actions]
    jobs += [_run_job(run) for run in runs]
    return sorted(jobs, key=lambda job: job.created_at, reverse=True)[:limit]


def export_job(export: Export) -> Job:
    """An export as a job. Its link is a secret and not in the document."""
    document = {**export.raw, "result": {"url": "***"} if export.url else None}
    what = (export.parameters or {}).get("fields") or ["id", "source_id", "status"]
    fields = ", ".join(map(str, what)) if isinstance(what, list) else ""
    kind = f"export of {export.exported_object or 'order'}s"
    status, created = export.status or "", export.created_at or ""
    return Job(export.id, kind, status, None, created, fields, here=False, document=document)


def action_job(action: AsyncAction, *, here: bool = False) -> Job:
    """An async action, such as an import, as a job. Types that are not known are shown by their own name."""
    message = (action.result or {}).get("message")
    return Job(
        action.id,
        action.type or "",
        action.status or "",
        action.progress,
        action.created_at or "",
        message if isinstance(message, str) else "",
        here=here,
        document=action.raw,
    )


def _run_job(run: RunSummary) -> Job:
    started = to_api(datetime.fromtimestamp(run.started_at, UTC))
    detail = (
        f"{run.imported + run.rejected:,} of {run.rows:,} rows, {run.rejected:,} rejected, {run.path.name}"
    )
    progress = 100 * (run.imported + run.rejected) // run.rows if run.rows else 100
    document = {
        "run": run.run,
        "state": run.state,
        "path": str(run.path),
        "rows": run.rows,
        "imported": run.imported,
        "rejected": run.rejected,
        "can_be_resumed": run.open,
    }
    status = "UNFINISHED" if run.open else run.state
    return Job(run.run, "import run", status, progress, started, detail, here=True, document=document)
