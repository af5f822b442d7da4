"""The jobs that this explorer runs: one place that owns them, whatever screen is looked at meanwhile."""

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
    from tui.jobs.exporting.export_request import Form, Format
    from tui.jobs.exporting.progress import ExportProgress
    from tui.jobs.importing.checking.import_plan import ImportPlan
    from tui.jobs.importing.runs.import_progress import ImportProgress

JobState = Literal["running", "done", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class RunningJob:
    """A job begun or taken up here, as it is now.

    ``job`` is what the list of jobs calls it, empty until that is known. ``words`` say how far it is or how
    it ended, ``brief`` the same in fewer; they are not made visible yet. ``percent`` is 0 to 100 where it
    can be told. ``has_own_filter`` is whether a part of an export's filter is applied here, to its file.
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
        """Whether it is still followed here."""
        return self.state == "running"


class RunningJobs:
    """Runs jobs beside everything else and tells those who listen. Nothing here touches a widget."""

    class Advanced(Message):
        """Some job is further than before."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest word matters."""
            return isinstance(message, RunningJobs.Advanced)

    class Ended(Message):
        """A job is over, or is not followed any more."""

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
        """Every job of this explorer, newest first, also those that ended."""
        return tuple(reversed(self._jobs.values()))

    @property
    def under_way(self) -> tuple[RunningJob, ...]:
        """Those that run."""
        return tuple(job for job in self._jobs.values() if job.runs)

    def listen(self, listener: MessagePump) -> None:
        """Post every change to a screen."""
        self._listeners.append(listener)

    def leave(self, listener: MessagePump) -> None:
        """Post it nothing more."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def start_import(self, plan: ImportPlan) -> None:
        """Import a planned file."""
        number = self._begin("import", plan.file.path.name, plan.run)
        self._run(number, self._import(number, plan, plan.run))

    def resume_import(self, run: str, name: str) -> None:
        """Take an unfinished import up."""
        number = self._begin("import", name, run)
        self._run(number, self._import(number, None, run))

    async def let_go(self, run: str) -> None:
        """Follow an import no more, so that another process can take it up."""
        for number in [job.number for job in self._jobs.values() if job.job == run]:
            task = self._tasks.get(number)
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            self._jobs.pop(number, None)
        self._post(self.Advanced)

    async def move_to_background(self, run: str, name: str) -> DoneResult:
        """Let a process of its own go on with an import. Where none takes it up, it goes on as before.

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
        return replace(result, messages=(*result.messages, "it goes on in this window"))

    def start_export(
        self,
        plan: ExportPlan,
        target: Path,
        *,
        overwrite: bool,
        format: Format,  # noqa: A002 - the word of the command line
        form: Form,
    ) -> None:
        """Make an export and bring it down."""
        number = self._begin("export", target.name)
        self._jobs[number] = replace(self._jobs[number], has_own_filter=plan.keep is not None)
        exporter, told = self._account.exporter, self._export_teller(number)

        async def export() -> tuple[JobState, str]:
            result = await exporter.export(
                plan.request,
                target,
                overwrite=overwrite,
                format=format,
                form=form,
                keep=plan.keep,
                left="; ".join(plan.left),
                on_progress=told,
            )
            return ("partial" if result.is_partial else "done"), result.words()

        self._run(number, export())

    def download(self, export_id: str, target: Path, *, overwrite: bool) -> None:
        """Wait for an export that exists and bring its file down, in the form that its name asks for."""
        number = self._begin("export", target.name, export_id)
        self._run(number, self._download(number, export_id, target, overwrite=overwrite))

    def repeat_export(self, export_id: str, target: Path, *, overwrite: bool) -> None:
        """Make an export again with the same parameters, and bring it down in the same way."""
        number = self._begin("export", target.name)

        async def repeat() -> tuple[JobState, str]:
            export = await self._account.exporter.repeat(export_id, self._export_teller(number))
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
            on_progress=self._export_teller(number),
        )
        return "done", result.words()

    async def stop(self) -> None:
        """Follow nothing any more. Journals and parts of files stay, so that all of it can be resumed."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _import(self, number: int, plan: ImportPlan | None, run: str) -> tuple[JobState, str]:
        importer = self._account.importer

        def told(progress: ImportProgress) -> None:
            settled = progress.imported + progress.rejected
            percent = 100 * settled // progress.rows if progress.rows else None
            self._advance(number, words=progress.words(), brief=progress.words(brief=True), percent=percent)

        changed = await importer.changed_file(run if plan is None else plan.run)
        if plan is None:
            result = await importer.resume(run, on_progress=told)
        else:
            result = await importer.start(plan, on_progress=told)
        rejects = " J, then o writes the rejected rows." if result.rejected else ""
        copied = f" {changed.name} has changed since; its private copy was imported." if changed else ""
        return ("done" if result.state == "done" else "partial"), result.words() + copied + rejects

    def _export_teller(self, number: int) -> Callable[[ExportProgress], None]:
        def told(progress: ExportProgress) -> None:
            percent = 100 * progress.received // progress.total if progress.total else None
            words, brief = progress.words(), progress.words(brief=True)
            self._advance(number, job=progress.export, words=words, brief=brief, percent=percent)

        return told

    def _begin(self, what: Literal["import", "export"], name: str, job: str = "") -> int:
        number = next(self._numbers)
        self._jobs[number] = RunningJob(number, what, name, job)
        return number

    def _run(self, number: int, work: Awaitable[tuple[JobState, str]]) -> None:
        self._tasks[number] = asyncio.ensure_future(self._guarded(number, work))
        self._post(self.Advanced)

    async def _guarded(self, number: int, work: Awaitable[tuple[JobState, str]]) -> None:
        try:
            state, words = await work
        except ImportInterrupted as stopped:
            hint = f" {stopped.cause.hint}" if isinstance(stopped.cause, ReadOnly) else ""
            state, words = "failed", f"{stopped}.{hint} Nothing is lost: J, then u goes on."
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
