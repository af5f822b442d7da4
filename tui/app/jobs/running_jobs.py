"""The imports and exports that this window runs, independent of the screen that is open."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual.message import Message
from textual.message_pump import MessagePump

from tui.jobs.exporting.export_request import ExportRefused, format_of
from tui.jobs.importing.import_errors import ImportInterrupted, ImportRefused
from tui.voucherify.errors import ReadOnly, VoucherifyError

if TYPE_CHECKING:
    from tui.actions.jobs.export_plan import ExportPlan
    from tui.actions.results import DoneResult
    from tui.actions.session import Session
    from tui.jobs.exporting.export_request import CellEscape, Format
    from tui.jobs.exporting.progress import ExportProgress
    from tui.jobs.importing.checking.import_plan import ImportPlan
    from tui.jobs.importing.runs.import_progress import ImportProgress

JobState = Literal["running", "done", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class RunningJob:
    """The state of a job that was started or resumed in this window.

    ``job`` is its id in the list of jobs, empty until known. ``words`` describe its progress or result,
    ``brief`` in fewer words; both are not visible text yet. ``percent`` is 0 to 100, or unknown.
    ``has_own_filter`` is whether part of an export's filter is applied on this machine.
    """

    number: int
    what: Literal["import", "export"]
    name: str
    job: str = ""
    state: JobState = "running"
    words: str = ""
    brief: str = ""
    percent: int | None = None
    has_own_filter: bool = False

    @property
    def runs(self) -> bool:
        """Whether it is still running."""
        return self.state == "running"


class RunningJobs:
    """Runs jobs as tasks and posts messages to listeners. It touches no widget."""

    class Advanced(Message):
        """A job has made progress."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest message matters."""
            return isinstance(message, RunningJobs.Advanced)

    class Ended(Message):
        """A job has ended or is no longer followed."""

        def __init__(self, job: RunningJob) -> None:
            super().__init__()
            self.job = job

    def __init__(self, account: Session) -> None:
        self._account = account
        self._jobs: dict[int, RunningJob] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._numbers = count(1)
        self._listeners: list[MessagePump] = []

    @property
    def jobs(self) -> tuple[RunningJob, ...]:
        """All jobs of this window, newest first, including those that ended."""
        return tuple(reversed(self._jobs.values()))

    @property
    def under_way(self) -> tuple[RunningJob, ...]:
        """The jobs that are running."""
        return tuple(job for job in self._jobs.values() if job.runs)

    def listen(self, listener: MessagePump) -> None:
        """Post every change to a screen or app."""
        self._listeners.append(listener)

    def leave(self, listener: MessagePump) -> None:
        """Stop posting to a listener."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def start_import(self, plan: ImportPlan) -> None:
        """Import a planned file."""
        number = self._begin("import", plan.file.path.name, plan.run)
        self._run(number, self._import(number, plan, plan.run))

    def resume_import(self, run: str, name: str) -> None:
        """Resume an unfinished import."""
        number = self._begin("import", name, run)
        self._run(number, self._import(number, None, run))

    async def let_go(self, run: str) -> None:
        """Stop running an import, so that another process can resume it."""
        for number in [job.number for job in self._jobs.values() if job.job == run]:
            task = self._tasks.get(number)
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            self._jobs.pop(number, None)
        self._post(self.Advanced)

    async def move_to_background(self, run: str, name: str) -> DoneResult:
        """Continue an import in a background process. If that fails, it continues in this window.

        Raises:
            OrdexError, OSError: no process can be started.
        """
        from tui.actions.jobs.detached_import import detach_import

        ran_here = any(job.job == run for job in self.under_way)
        await self.let_go(run)
        gone = False
        try:
            result = await detach_import(self._account, run)
            gone = (result.document or {}).get("outcome") != "interrupted"
        finally:
            if ran_here and not gone:
                self.resume_import(run, name)
        if gone or not ran_here:
            return result
        return replace(result, messages=(*result.messages, "it continues in this window"))

    def start_export(
        self,
        plan: ExportPlan,
        target: Path,
        *,
        overwrite: bool,
        format: Format,  # noqa: A002 - the word of the command line
        escape: CellEscape,
    ) -> None:
        """Create an export and download it."""
        number = self._begin("export", target.name)
        self._jobs[number] = replace(self._jobs[number], has_own_filter=plan.keep is not None)
        exporter, on_progress = self._account.exporter, self._export_progress(number)

        async def export() -> tuple[JobState, str]:
            result = await exporter.export(
                plan.request,
                target,
                overwrite=overwrite,
                format=format,
                escape=escape,
                keep=plan.keep,
                left="; ".join(plan.left),
                on_progress=on_progress,
            )
            return ("partial" if result.is_partial else "done"), result.describe()

        self._run(number, export())

    def download(self, export_id: str, target: Path, *, overwrite: bool) -> None:
        """Wait for an existing export and download it in the format of the file name."""
        number = self._begin("export", target.name, export_id)
        self._run(number, self._download(number, export_id, target, overwrite=overwrite))

    def repeat_export(self, export_id: str, target: Path, *, overwrite: bool) -> None:
        """Create an export with the same parameters as another one, and download it."""
        number = self._begin("export", target.name)

        async def repeat() -> tuple[JobState, str]:
            export = await self._account.exporter.repeat(export_id, self._export_progress(number))
            return await self._download(number, export.id, target, overwrite=overwrite)

        self._run(number, repeat())

    async def _download(
        self, number: int, export_id: str, target: Path, *, overwrite: bool
    ) -> tuple[JobState, str]:
        result = await self._account.exporter.download(
            export_id,
            target,
            overwrite=overwrite,
            format=format_of(target),
            on_progress=self._export_progress(number),
        )
        return "done", result.describe()

    async def stop(self) -> None:
        """Stop all jobs. Journals and partial files stay, so that they can be resumed."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _import(self, number: int, plan: ImportPlan | None, run: str) -> tuple[JobState, str]:
        importer = self._account.importer

        def on_progress(progress: ImportProgress) -> None:
            settled = progress.imported + progress.rejected
            percent = 100 * settled // progress.rows if progress.rows else None
            self._advance(
                number, words=progress.describe(), brief=progress.describe(brief=True), percent=percent
            )

        changed_file = await importer.changed_file(run if plan is None else plan.run)
        if plan is None:
            result = await importer.resume(run, on_progress=on_progress)
        else:
            result = await importer.start(plan, on_progress=on_progress)
        rejects = " Press J, then o to write the rejected rows." if result.rejected else ""
        copied = (
            f" {changed_file.name} has changed since; Ordex imported its private copy."
            if changed_file
            else ""
        )
        return ("done" if result.state == "done" else "partial"), result.describe() + copied + rejects

    def _export_progress(self, number: int) -> Callable[[ExportProgress], None]:
        def on_progress(progress: ExportProgress) -> None:
            percent = 100 * progress.received // progress.total if progress.total else None
            words, brief = progress.describe(), progress.describe(brief=True)
            self._advance(number, job=progress.export, words=words, brief=brief, percent=percent)

        return on_progress

    def _begin(self, what: Literal["import", "export"], name: str, job: str = "") -> int:
        number = next(self._numbers)
        self._jobs[number] = RunningJob(number, what, name, job)
        return number

    def _run(self, number: int, work: Awaitable[tuple[JobState, str]]) -> None:
        self._tasks[number] = asyncio.ensure_future(self._run_task(number, work))
        self._post(self.Advanced)

    async def _run_task(self, number: int, work: Awaitable[tuple[JobState, str]]) -> None:
        try:
            state, words = await work
        except ImportInterrupted as stopped:
            hint = f" {stopped.cause.hint}" if isinstance(stopped.cause, ReadOnly) else ""
            state, words = "failed", f"{stopped}.{hint} Nothing is lost: press J, then u to resume."
        except (ImportRefused, ExportRefused, VoucherifyError) as error:
            state, words = "failed", f"{error}. {error.hint}".strip()
        except (OSError, sqlite3.Error) as error:
            state, words = "failed", str(error)
        finally:
            self._tasks.pop(number, None)
        self._jobs[number] = replace(self._jobs[number], state=state, words=words)
        ended = self._jobs[number]
        self._post(lambda: self.Ended(ended))

    def _advance(self, number: int, *, words: str, brief: str, percent: int | None, job: str = "") -> None:
        known = self._jobs[number]
        self._jobs[number] = replace(known, words=words, brief=brief, percent=percent, job=job or known.job)
        self._post(self.Advanced)

    def _post(self, make: Callable[[], Message]) -> None:
        for listener in self._listeners:
            listener.post_message(make())
