"""The jobs of an account in one list: exports, async actions, and imports started on this machine."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.orders.times import format_api_time

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.importing.runs.run_summary import RunSummary
    from tui.voucherify.responses import AsyncAction, Export

FINISHED = frozenset({"DONE", "FAILED", "ERROR"})

RUN = "import run"
"""The kind of an import started on this machine; the service lists only its async actions."""

RUNNING, UNFINISHED = "RUNNING", "UNFINISHED"
"""Status of a run that a process works on, and of one that can be resumed."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job. ``progress`` is 0 to 100, if the service reports it.

    ``here`` is whether a journal on this machine has it; exports have no journal.
    """

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
        """Whether it has not finished."""
        return self.status == RUNNING if self.kind == RUN else self.status not in FINISHED

    @property
    def is_stopping(self) -> bool:
        """Whether it is an import that stopped sending and waits for its sent requests."""
        return self.runs and self.kind == RUN and self.document.get("state") == "CANCELLED"

    def row(self) -> dict[str, Any]:
        """The job as a row of a list."""
        progress = "" if self.progress is None else f"{self.progress} %"
        return {
            "id": self.id,
            "type": self.kind,
            "status": self.status,
            "progress": progress,
            "created_at": self.created_at,
            "detail": self.detail,
        }


NONE_LISTED = "the service reports jobs but lists none"

FIELDS = ("id", "type", "status", "progress", "created_at", "detail")


@dataclass(frozen=True, slots=True)
class JobList:
    """Jobs, newest first.

    ``has_more`` is whether there are older jobs, ``None`` if unknown; ``problems`` are reasons why others
    are missing.
    """

    jobs: list[Job]
    has_more: bool | None = False
    problems: tuple[str, ...] = ()


async def list_jobs(session: Session, *, limit: int) -> JobList:
    """The newest jobs of every kind, newest first. Costs two calls.

    Raises:
        VoucherifyError: they could not be read.
    """
    exports, actions = await asyncio.gather(
        session.client.list_exports(limit=limit), session.client.list_async_actions(limit=limit)
    )
    here = await session.importer.runs_and_jobs([action.id for action in actions.async_actions])
    jobs = [export_job(export) for export in exports.exports]
    jobs += [action_job(action, here=action.id in here.jobs) for action in actions.async_actions]
    jobs += [run_job(run) for run in here.runs]
    known = (
        len(jobs) > limit,
        page_has_more(len(exports.exports), limit, total=exports.total),
        page_has_more(len(actions.async_actions), limit, has_more=actions.has_more),
    )
    has_more = True if True in known else None if None in known else False
    newest = sorted(jobs, key=lambda job: job.created_at, reverse=True)[:limit]
    return JobList(newest, has_more, here.problems)


def page_has_more(
    rows: int, asked: int, *, total: int | None = None, has_more: bool | None = None
) -> bool | None:
    """Whether a list has more than its first page, according to the service; ``None`` if unknown."""
    if has_more is None and total is not None:
        has_more = total > rows
    return False if has_more is None and rows < asked else has_more


def export_job(export: Export) -> Job:
    """An export as a job. Its link is a secret and not in the document."""
    document = {**export.raw, "result": {"url": "***"} if export.url else None}
    what = (export.parameters or {}).get("fields") or ["id", "source_id", "status"]
    fields = ", ".join(map(str, what)) if isinstance(what, list) else ""
    kind = f"export of {export.exported_object or 'order'}s"
    status, created = export.status or "", export.created_at or ""
    return Job(export.id, kind, status, None, created, fields, here=False, document=document)


def action_job(action: AsyncAction, *, here: bool = False) -> Job:
    """An async action, such as an import, as a job. An unknown type is shown by its API name."""
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


def run_job(run: RunSummary) -> Job:
    """An import started on this machine, as a job."""
    started = format_api_time(datetime.fromtimestamp(run.started_at, UTC))
    settled = run.imported + run.rejected
    document: dict[str, Any] = {
        "run": run.run,
        "state": run.state,
        "path": str(run.path),
        "rows": run.rows,
        "imported": run.imported,
        "rejected": run.findings,
        "calls": run.calls,
        "under_way": run.under_way,
        "can_be_resumed": run.open and not run.under_way,
    }
    if run.under_way and run.status is not None:
        document |= {"rows_a_second": run.status.rate, "seconds_left": run.status.seconds_left}
    if run.stopped_by:
        document["stopped_by"] = run.stopped_by
    return Job(
        run.run,
        RUN,
        RUNNING if run.under_way else UNFINISHED if run.open else "DONE",
        100 * settled // run.rows if run.rows else 100,
        started,
        f"{run.describe()}, {run.path.name}",
        here=True,
        document=document,
    )
