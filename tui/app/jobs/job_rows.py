"""Table rows of jobs, merged from the service, the journals and the jobs of this window."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.actions.jobs.job_listing import RUN, Job
from tui.app.widgets.table_source import Cell, TableColumn
from tui.orders.times import format_short
from tui.terminal.visible import visible

from .running_jobs import RunningJob

if TYPE_CHECKING:
    from collections.abc import Mapping

BAR = 6
"""Cells of a progress bar."""

COLUMNS = (
    TableColumn("type", "Type", 16, 10),
    TableColumn("status", "Status", 11, 11),
    TableColumn("progress", "Progress", BAR + 5, BAR + 5),
    TableColumn("detail", "Detail", 20, 11, flexible=True),
    TableColumn("created", "Created (UTC)", 16, 16),
    TableColumn("where", "Where", 13, 13),
)


THIS_WINDOW, OTHER_PROCESS, THIS_MACHINE, SERVICE = (
    "this window",
    "other process",
    "this machine",
    "the service",
)
"""Where a job runs or, if it does not run, where it is recorded."""


def progress_bar(percent: int | None, cells: int = BAR) -> str:
    """A progress bar as text: ``███░░░  62%``; empty if the progress is unknown."""
    if percent is None:
        return ""
    held = max(0, min(percent, 100))
    full = cells * held // 100
    return f"{'█' * full}{'░' * (cells - full)} {held:>3}%"


def with_running(jobs: Iterable[Job], running: Iterable[RunningJob]) -> list[Job]:
    """Merge the progress of this window's jobs into a list of jobs; unlisted ones come first.

    ``running`` is newest first. If a job was resumed, only its newest entry counts.
    """
    listed = {job.id: job for job in jobs}
    unlisted: list[Job] = []
    seen: set[str] = set()
    for one in running:
        if one.job in seen:
            continue
        if one.job:
            seen.add(one.job)
        known = listed.get(one.job)
        if known is not None:
            listed[one.job] = _with_progress(known, one)
        elif one.runs:
            unlisted.append(_unlisted(one))
    return [*unlisted, *listed.values()]


class JobRows:
    """Rows of jobs by id. ``followed`` holds the ids of jobs that run in this window."""

    def __init__(self, jobs: Sequence[Job], followed: Collection[str] = ()) -> None:
        self._jobs = jobs
        self._followed = followed
        self._places: Mapping[str, int] = {job.id: at for at, job in enumerate(jobs)}

    @property
    def row_count(self) -> int:
        """The number of jobs."""
        return len(self._jobs)

    def row_key(self, index: int) -> str:
        """The job's id."""
        return self._jobs[index].id

    def row_index(self, key: str) -> int | None:
        """The index of a job."""
        return self._places.get(key)

    def job(self, key: str | None) -> Job | None:
        """The job with an id."""
        at = self._places.get(key or "")
        return None if at is None else self._jobs[at]

    def first(self, status: str) -> str | None:
        """The id of the first job with a status."""
        return next((job.id for job in self._jobs if job.status == status), None)

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of a job."""
        job = self._jobs[index]
        return (
            Cell(visible(job.kind or "unknown", limit=60)),
            Cell(visible(job.status, limit=40), style=status_style(job.status)),
            Cell(progress_bar(job.progress)),
            Cell(visible(job.detail, limit=300)),
            Cell(visible(format_short(job.created_at), limit=40)),
            Cell(self.where(job)),
        )

    def where(self, job: Job) -> str:
        """Where the job runs or is recorded."""
        if job.id in self._followed:
            return THIS_WINDOW
        if job.kind == RUN and job.runs:
            return OTHER_PROCESS
        return THIS_MACHINE if job.here else SERVICE

    def note(self, index: int) -> Cell | None:
        """A sign for running jobs."""
        return Cell("~") if self._jobs[index].status == "RUNNING" or self._jobs[index].runs else None


def unlisted_id(running: RunningJob) -> str:
    """A temporary id for a job that the service has not assigned one yet."""
    return f"here {running.number}"


def status_style(status: str) -> str:
    """The component class of a status."""
    if status in {"FAILED", "ERROR"}:
        return "job--failed"
    if status in {"UNFINISHED", "CANCELLED"}:
        return "job--unfinished"
    return "job--done" if status == "DONE" else "job--running"


def _with_progress(job: Job, running: RunningJob) -> Job:
    if running.runs:
        return replace(
            job,
            status="RUNNING" if running.what == "import" else job.status,
            progress=job.progress if running.percent is None else running.percent,
            detail=running.words or job.detail,
        )
    if running.what == "import" or running.state == "done":
        return job  # the journal or the service is more recent
    return replace(job, detail=running.words)


def _unlisted(running: RunningJob) -> Job:
    return Job(
        id=running.job or unlisted_id(running),
        kind="import run" if running.what == "import" else "export of orders",
        status="RUNNING",
        progress=running.percent,
        created_at="",
        detail=f"{running.name}: {running.words}" if running.words else running.name,
        here=running.what == "import",
        document={"file": running.name, "state": running.state, "progress": running.words},
    )
