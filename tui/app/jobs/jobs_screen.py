"""All jobs of the account, live while something runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
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
from tui.orders.loaded import Fact
from tui.orders.times import utc_time
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

from .job_rows import COLUMNS, JobRows, unlisted_id, with_running
from .jobs_reader import JobsReader, JobsUnreadable
from .running_jobs import RunningJobs

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.background.clock import Clock

LOOK = 1.0
"""Seconds between two looks at the journals of imports."""

KEYS = (
    "enter open  d download  x delete  u resume  c stop  b background  o rejects  a again  r read  esc back"
)


class JobsScreen(Modal[None]):
    """Lists, follows and opens jobs. What is done to one is in ``JobActions``."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "RowsTable"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do('detail')", "Detail"),
        Binding("d", "do('download')", "Download"),
        Binding("x", "do('delete')", "Delete"),
        Binding("u", "do('resume')", "Resume"),
        Binding("c", "do('stop')", "Stop sending"),
        Binding("b", "do('background')", "Continue without Ordex"),
        Binding("o", "do('rejects')", "Rejects"),
        Binding("a", "do('retry')", "Again"),
        Binding("r", "refresh_jobs", "Refresh"),
        Binding("escape,q,J", "dismiss", "Back"),
    ]

    class JobsRead(Message):
        """The jobs as the service and the journals tell them now."""

        def __init__(self, found: JobList) -> None:
            super().__init__()
            self.found = found

    class RunsRead(Message):
        """The imports of this machine, as their journals are now."""

        def __init__(self, found: JobList) -> None:
            super().__init__()
            self.found = found

    class Failed(Message):
        """They could not be read."""

        def __init__(self, failure: JobsUnreadable) -> None:
            super().__init__()
            self.failure = failure

    class Waiting(Message):
        """The next question waits for the budget until an epoch second."""

        def __init__(self, until: float) -> None:
            super().__init__()
            self.until = until

    def __init__(self, account: Session, running: RunningJobs, *, clock: Clock | None = None) -> None:
        super().__init__()
        self._account = account
        self._begun = running
        self._reader = JobsReader(account, clock=clock)
        self._jobs: list[Job] = []
        self._read_at: datetime | None = None
        self._problem = self._runs_problem = ""
        self._has_more: bool | None = False
        self._polling: Worker[None] | None = None
        self._doing: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The jobs, what is true of the list, the keys."""
        yield ScreenTitle("Jobs")
        yield RowsTable(pin_first=False)
        yield Static(Content(""), id="selected")
        yield FactsLine()
        yield Static(Content(KEYS), classes="keys")

    def on_mount(self) -> None:
        """Read them; opening the screen is asking for it."""
        self._begun.listen(self)
        self._show()
        self._read_runs()
        self.set_interval(LOOK, self._read_runs)
        self.action_refresh_jobs()

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self._begun.leave(self)

    @property
    def job(self) -> Job | None:
        """The job under the cursor."""
        return self._rows.job(self.query_one(RowsTable).cursor)

    def action_refresh_jobs(self) -> None:
        """Read all of them now."""
        self._problem = ""
        self._stop_polling()
        self.run_worker(self._read(), group="reading", exclusive=True)

    def action_do(self, what: str) -> None:
        """Do something with the job under the cursor, or say why not."""
        from .job_actions import JobActions

        job = self.job
        if job is None:
            return
        if self._doing is not None and not self._doing.is_finished:
            notify(self, "Wait for the previous action to finish.", severity="warning")
            return
        deeds = JobActions(self, self._account, self._begun, as_of=self._as_of)
        self._doing = self.run_worker(self._done(deeds.do(what, job)), group="deeds")

    def on_virtual_table_row_highlighted(self) -> None:
        """Say all of the job that its row has no room for."""
        self._show_selected()

    def on_virtual_table_row_activated(self) -> None:
        """A double click opens the job."""
        self.action_do("detail")

    def on_jobs_screen_jobs_read(self, message: JobsRead) -> None:
        """Show them, and ask again later while one of them runs."""
        begins = self.job is None
        self._jobs, self._read_at = message.found.jobs, datetime.now(UTC)
        self._has_more, self._problem = message.found.has_more, ""
        self._runs_problem = " ".join(message.found.problems)
        if not any(job.runs for job in self._jobs if job.kind != RUN):
            self._stop_polling()
        elif self._polling is None:
            self._polling = self.run_worker(self._poll(), group="polling", exclusive=True)
        self._show()
        if begins:
            self._begin_at_unfinished()

    def on_jobs_screen_runs_read(self, message: RunsRead) -> None:
        """Show how far they are; once one has ended, the service's jobs are others too."""
        begins = self.job is None
        ran = {job.id for job in self._jobs if job.kind == RUN and job.runs}
        runs = message.found.jobs
        others = [job for job in self._jobs if job.kind != RUN]
        self._jobs = sorted([*runs, *others], key=lambda job: job.created_at, reverse=True)
        self._runs_problem = " ".join(message.found.problems)
        if ran & {job.id for job in runs if not job.runs}:
            self.run_worker(self._read(rationed=True), group="reading", exclusive=True)
        self._show()
        if begins:
            self._begin_at_unfinished()

    def on_jobs_screen_failed(self, message: Failed) -> None:
        """Keep what is shown and say what happened; what may pass is asked about again."""
        self._problem = str(message.failure)
        if not message.failure.is_temporary:
            self._stop_polling()
        self._show()

    def on_jobs_screen_waiting(self, message: Waiting) -> None:
        """The rest of the calls is for the person."""
        self._problem = f"waits until {utc_time(message.until)}: the other calls are left for you"
        self._show()

    def on_running_jobs_advanced(self) -> None:
        """A job that runs here is further."""
        self._show()

    def on_running_jobs_ended(self) -> None:
        """A job ended, so the list is another."""
        self._show()
        self._read_runs()
        self.run_worker(self._read(rationed=True), group="reading", exclusive=True)

    async def _done(self, deed: Coroutine[Any, Any, bool]) -> None:
        changed = await deed
        self._read_runs()
        if changed:
            self.post_message(self.Changed())

    class Changed(Message):
        """Something was done to a job, so the list is another."""

    def on_jobs_screen_changed(self) -> None:
        """Read the list again."""
        self.action_refresh_jobs()

    async def _read(self, *, rationed: bool = False) -> None:
        await self._tell(self._reader.read(self._waits if rationed else None))

    async def _poll(self) -> None:
        async for jobs in self._reader.follow(self._waits):
            await self._tell(jobs)

    async def _tell(self, reading: Coroutine[Any, Any, JobList]) -> None:
        try:
            self.post_message(self.JobsRead(await reading))
        except JobsUnreadable as failed:
            self.post_message(self.Failed(failed))

    @property
    def _waits(self) -> Callable[[float], None]:
        return lambda until: void(self.post_message(self.Waiting(until)))

    def _read_runs(self) -> None:
        """Read the journals of imports: other processes write them too."""
        self.run_worker(self._tell_runs(), group="runs", exclusive=True)

    async def _tell_runs(self) -> None:
        self.post_message(self.RunsRead(await self._reader.runs()))

    @property
    def _as_of(self) -> str:
        return utc_time(self._read_at.timestamp(), with_seconds=True) if self._read_at else ""

    def _stop_polling(self) -> None:
        if self._polling is not None:
            self._polling.cancel()
            self._polling = None

    @property
    def _rows(self) -> JobRows:
        followed = {job.job or unlisted_id(job) for job in self._begun.under_way}
        return JobRows(with_running(self._jobs, self._begun.jobs), followed)

    def _show(self) -> None:
        rows, table = self._rows, self.query_one(RowsTable)
        empty = "This account has no jobs." if self._has_more is False else f"No jobs: {NONE_LISTED}."
        table.empty_text = empty if self._read_at else ""
        table.show(rows, COLUMNS)
        self._show_selected()
        self.query_one(FactsLine).facts = tuple(self._facts(rows.row_count))

    def _begin_at_unfinished(self) -> None:
        """Put the cursor on the newest import that waits to be resumed, as the note of it promises."""
        unfinished = self._rows.first(UNFINISHED)
        if unfinished is not None:
            self.query_one(RowsTable).move_to_key(unfinished)

    def _show_selected(self) -> None:
        job = self.job
        told = "" if job is None else f"{job.id}, {self._rows.where(job)}: {job.detail}"
        self.query_one("#selected", Static).update(Content(visible(told, limit=300)))

    def _facts(self, count: int) -> list[Fact]:
        said = [Fact(problem, problem, 0) for problem in (self._problem, self._runs_problem) if problem]
        if self._read_at is None:
            listed = f"{pluralize(count, 'import')} of this machine; the service's jobs are not read yet"
            return [*said, Fact(listed, listed, 0)]
        read = f"read {self._read_at:%Y-%m-%d %H:%M}Z"
        of_more = {True: " of more", False: "", None: ", perhaps of more"}[self._has_more]
        jobs = f"{'newest ' if of_more else ''}{pluralize(count, 'job')}{of_more}"
        said += [Fact(jobs, jobs, 0), Fact(f"{read}, 2 calls a reading", read, 1)]
        if self._polling is not None:
            said.append(Fact("asks again ever more rarely while a job runs", "follows", 2))
        return [*said, *budget_fact(self._account.client.budget, time.time())]


def void(_: object) -> None:
    """Nothing of it is wanted."""
