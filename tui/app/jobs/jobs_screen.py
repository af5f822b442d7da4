"""The jobs screen: all jobs of the account, updated while one runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker

from tui.actions.jobs.job_listing import NONE_LISTED, RUN, UNFINISHED, Job, JobList
from tui.app.feedback.notifications import notify
from tui.app.imports.finding_rows import RowsTable
from tui.app.modal import Modal
from tui.app.panels.status_bar import FactsLine
from tui.app.panels.status_texts import budget_fact
from tui.app.panels.title_bar import ScreenTitle
from tui.app.workers import start_worker
from tui.orders.snapshot_facts import SnapshotFact
from tui.orders.times import format_utc
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

from .job_rows import COLUMNS, JobRows, unlisted_id, with_running
from .jobs_reader import JobsReader, JobsUnreadable
from .running_jobs import RunningJobs

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.background.clock import Clock

JOURNAL_INTERVAL = 1.0
"""Seconds between two readings of the import journals."""

KEYS = (
    "enter open  d download  x delete  u resume  c stop  b background  o rejects  a again  r reload  esc back"
)


class JobsScreen(Modal[None]):
    """Lists and updates jobs. Actions on a job are in ``JobActions``."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "RowsTable"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do('detail')", "Detail"),
        Binding("d", "do('download')", "Download"),
        Binding("x", "do('delete')", "Delete"),
        Binding("u", "do('resume')", "Resume"),
        Binding("c", "do('stop')", "Stop sending"),
        Binding("b", "do('background')", "Continue in background"),
        Binding("o", "do('rejects')", "Rejects"),
        Binding("a", "do('retry')", "Repeat"),
        Binding("r", "refresh_jobs", "Refresh"),
        Binding("escape,q,J", "dismiss", "Back"),
    ]

    class JobsRead(Message):
        """The jobs were read from the service and the journals."""

        def __init__(self, found: JobList) -> None:
            super().__init__()
            self.found = found

    class RunsRead(Message):
        """The imports of this machine were read from their journals."""

        def __init__(self, found: JobList) -> None:
            super().__init__()
            self.found = found

    class Failed(Message):
        """The jobs could not be read."""

        def __init__(self, failure: JobsUnreadable) -> None:
            super().__init__()
            self.failure = failure

    class Waiting(Message):
        """The next reading waits for the quota until an epoch second."""

        def __init__(self, until: float) -> None:
            super().__init__()
            self.until = until

    def __init__(self, account: Session, running: RunningJobs, *, clock: Clock | None = None) -> None:
        super().__init__()
        self._account = account
        self._running_jobs = running
        self._reader = JobsReader(account, clock=clock)
        self._jobs: list[Job] = []
        self._read_at: datetime | None = None
        self._problem = self._runs_problem = ""
        self._has_more: bool | None = False
        self._polling: Worker[None] | None = None
        self._current_action: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the jobs, the facts and the keys."""
        yield ScreenTitle("Jobs")
        yield RowsTable(pin_first=False)
        yield Static(Content(""), id="selected")
        yield FactsLine()
        yield Static(Content(KEYS), classes="keys")

    def on_mount(self) -> None:
        """Read the jobs and start watching the journals."""
        self._running_jobs.listen(self)
        self._show()
        self._read_runs()
        self.set_interval(JOURNAL_INTERVAL, self._read_runs)
        self.action_refresh_jobs()

    def on_unmount(self) -> None:
        """Stop listening to running jobs."""
        self._running_jobs.leave(self)

    @property
    def job(self) -> Job | None:
        """The job under the cursor."""
        return self._rows.job(self.query_one(RowsTable).cursor)

    def action_refresh_jobs(self) -> None:
        """Read all jobs now."""
        self._problem = ""
        self._stop_polling()
        start_worker(self, self._read, group="reading", exclusive=True)

    def action_do(self, action: str) -> None:
        """Run an action on the job under the cursor, or notify the user why not."""
        from .job_actions import JobActions

        job = self.job
        if job is None:
            return
        if self._current_action is not None and not self._current_action.is_finished:
            notify(self, "Wait for the previous action to finish.", severity="warning")
            return
        actions = JobActions(self, self._account, self._running_jobs, as_of=self._as_of)
        self._current_action = self.run_worker(self._finish(actions.run(action, job)), group="actions")

    def on_virtual_table_row_highlighted(self) -> None:
        """Show the full text of the job below the table."""
        self._show_selected()

    def on_virtual_table_row_activated(self) -> None:
        """Open the job on a double click."""
        self.action_do("detail")

    def on_jobs_screen_jobs_read(self, message: JobsRead) -> None:
        """Show the jobs, and poll while one of them runs."""
        is_first = self.job is None
        self._jobs, self._read_at = message.found.jobs, datetime.now(UTC)
        self._has_more, self._problem = message.found.has_more, ""
        self._runs_problem = " ".join(message.found.problems)
        if not any(job.runs for job in self._jobs if job.kind != RUN):
            self._stop_polling()
        elif self._polling is None:
            self._polling = start_worker(self, self._poll, group="polling", exclusive=True)
        self._show()
        if is_first:
            self._select_unfinished()

    def on_jobs_screen_runs_read(self, message: RunsRead) -> None:
        """Show the imports; read the service's jobs again when one has ended."""
        is_first = self.job is None
        ran = {job.id for job in self._jobs if job.kind == RUN and job.runs}
        runs = message.found.jobs
        others = [job for job in self._jobs if job.kind != RUN]
        self._jobs = sorted([*runs, *others], key=lambda job: job.created_at, reverse=True)
        self._runs_problem = " ".join(message.found.problems)
        if ran & {job.id for job in runs if not job.runs}:
            start_worker(self, partial(self._read, is_background=True), group="reading", exclusive=True)
        self._show()
        if is_first:
            self._select_unfinished()

    def on_jobs_screen_failed(self, message: Failed) -> None:
        """Show the problem and keep the list; stop polling unless the problem is temporary."""
        self._problem = str(message.failure)
        if not message.failure.is_temporary:
            self._stop_polling()
        self._show()

    def on_jobs_screen_waiting(self, message: Waiting) -> None:
        """Show that polling waits for the quota."""
        self._problem = f"waiting until {format_utc(message.until)}: the remaining calls are reserved for you"
        self._show()

    def on_running_jobs_advanced(self) -> None:
        """Show the progress of a job."""
        self._show()

    def on_running_jobs_ended(self) -> None:
        """Read the list again after a job ended."""
        self._show()
        self._read_runs()
        start_worker(self, partial(self._read, is_background=True), group="reading", exclusive=True)

    async def _finish(self, action: Coroutine[Any, Any, bool]) -> None:
        changed = await action
        self._read_runs()
        if changed:
            self.post_message(self.Changed())

    class Changed(Message):
        """An action has changed the list of jobs."""

    def on_jobs_screen_changed(self) -> None:
        """Read all jobs again."""
        self.action_refresh_jobs()

    async def _read(self, *, is_background: bool = False) -> None:
        await self._post_jobs(self._reader.read(self._waits if is_background else None))

    async def _poll(self) -> None:
        async for jobs in self._reader.follow(self._waits):
            await self._post_jobs(jobs)

    async def _post_jobs(self, reading: Coroutine[Any, Any, JobList]) -> None:
        try:
            self.post_message(self.JobsRead(await reading))
        except JobsUnreadable as failed:
            self.post_message(self.Failed(failed))

    @property
    def _waits(self) -> Callable[[float], None]:
        return lambda until: void(self.post_message(self.Waiting(until)))

    def _read_runs(self) -> None:
        """Read the import journals, which other processes also write."""
        start_worker(self, self._post_runs, group="runs", exclusive=True)

    async def _post_runs(self) -> None:
        self.post_message(self.RunsRead(await self._reader.runs()))

    @property
    def _as_of(self) -> str:
        return format_utc(self._read_at.timestamp(), with_seconds=True) if self._read_at else ""

    def _stop_polling(self) -> None:
        if self._polling is not None:
            self._polling.cancel()
            self._polling = None

    @property
    def _rows(self) -> JobRows:
        followed = {job.job or unlisted_id(job) for job in self._running_jobs.under_way}
        return JobRows(with_running(self._jobs, self._running_jobs.jobs), followed)

    def _show(self) -> None:
        rows, table = self._rows, self.query_one(RowsTable)
        empty = "This account has no jobs." if self._has_more is False else f"No jobs: {NONE_LISTED}."
        table.empty_text = empty if self._read_at else ""
        table.show(rows, COLUMNS)
        self._show_selected()
        self.query_one(FactsLine).facts = tuple(self._facts(rows.row_count))

    def _select_unfinished(self) -> None:
        """Move the cursor to the newest unfinished import, which a notification may have announced."""
        unfinished = self._rows.first(UNFINISHED)
        if unfinished is not None:
            self.query_one(RowsTable).move_to_key(unfinished)

    def _show_selected(self) -> None:
        job = self.job
        text = "" if job is None else f"{job.id}, {self._rows.where(job)}: {job.detail}"
        self.query_one("#selected", Static).update(Content(visible(text, limit=300)))

    def _facts(self, count: int) -> list[SnapshotFact]:
        facts = [
            SnapshotFact(problem, problem, 0) for problem in (self._problem, self._runs_problem) if problem
        ]
        if self._read_at is None:
            listed = f"{pluralize(count, 'import')} of this machine; reading the service's jobs"
            return [*facts, SnapshotFact(listed, listed, 0)]
        read = f"read {self._read_at:%Y-%m-%d %H:%M}Z"
        of_more = {True: " of more", False: "", None: ", perhaps of more"}[self._has_more]
        jobs = f"{'newest ' if of_more else ''}{pluralize(count, 'job')}{of_more}"
        facts += [SnapshotFact(jobs, jobs, 0), SnapshotFact(f"{read}, 2 calls each time", read, 1)]
        if self._polling is not None:
            facts.append(SnapshotFact("updates while a job runs", "updating", 2))
        return [*facts, *budget_fact(self._account.client.budget, time.time())]


def void(_: object) -> None:
    """Discard a result."""
