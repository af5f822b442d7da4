"""The imports of one profile: plan, start, resume, cancel, list and write rejects.

Nothing here prints or asks. A command, the REPL and a screen use the same calls.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from tui.files.threads import run_uncancellable
from tui.jobs.background.clock import Clock, SystemClock
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.existing_orders import (
    DEFAULT_SAMPLE,
    ExistingOrders,
    OnRow,
    count_existing,
    spread_evenly,
)
from tui.jobs.importing.checking.import_plan import ImportPlan
from tui.jobs.importing.reading.import_file import has_original_changed, is_unchanged
from tui.jobs.importing.runs.import_journal import (
    ImportJournal,
    RowFinding,
    erase_journal,
    journal_path,
)
from tui.jobs.importing.runs.import_progress import ImportResult, OnProgress
from tui.jobs.importing.runs.run_index import RunsAndJobs, open_index, read_runs_and_jobs
from tui.jobs.importing.runs.run_locks import check_file_free, check_run_free, file_lock, run_lock
from tui.jobs.importing.runs.run_pruning import erase_run, remove_copy
from tui.jobs.importing.runs.run_status import RunStatusFile
from tui.jobs.importing.runs.run_summary import RunSummary, end_run, read_result, summary_at
from tui.jobs.importing.sending.import_sender import ImportSender
from tui.settings.profile import profile_name_of

from .import_client import ImportClient
from .import_errors import ImportRefused
from .import_options import ImportOptions
from .import_planner import ImportPlanner
from .rejects_file import write_rejects

LAST = "last"
"""Stands for the newest unfinished run that no process is sending."""

LOG = ".log"
"""Suffix of the log file of a run that is sent by a process without a terminal."""


class ImportEngine:
    """The imports of one profile. ``folder`` holds their journals; ``ration`` is the background's budget."""

    def __init__(
        self,
        client: ImportClient,
        folder: Path,
        *,
        profile: str,
        clock: Clock | None = None,
        ration: BackgroundQuota | None = None,
    ) -> None:
        self._client = client
        self._folder = folder
        self._profile = profile
        self._clock = clock or SystemClock()
        self._ration = ration or BackgroundQuota(None, self._clock)
        self._under_way: dict[str, ImportSender] = {}

    async def plan(
        self,
        path: Path,
        options: ImportOptions | None = None,
        *,
        source: Path | None = None,
        on_progress: OnProgress | None = None,
    ) -> ImportPlan:
        """Check a whole file and plan its import. Nothing is sent.

        A private copy is checked, and sent later: the file itself may change at any time. ``source`` is the
        pipe that the user named, if ``path`` only holds what was read from it. The plan is kept in a journal
        until it is started or discarded.

        Raises:
            ImportRefused: there is no such file, or it is empty.
            StateFileError: the copy or the journal cannot be written.
        """
        planner = ImportPlanner(
            self._client, self._folder, profile=self._profile, clock=self._clock, ration=self._ration
        )
        return await planner.plan(path, options, source=source, on_progress=on_progress)

    async def sample_existing(
        self, plan: ImportPlan, most: int = DEFAULT_SAMPLE, *, on_row: OnRow | None = None
    ) -> ExistingOrders:
        """Look up a sample of rows to see how many orders the import would update. Costs one call each.

        Looks up no more rows than the quota allows now. ``on_row`` gets the rows looked up and their total.

        Raises:
            VoucherifyError: the service cannot be reached.
        """
        names = spread_evenly(plan.checked.sample, most)
        sampled = await count_existing(names, self._client, self._ration, on_row)
        return replace(sampled, of=plan.checked.good)

    async def start(self, plan: ImportPlan, *, on_progress: OnProgress | None = None) -> ImportResult:
        """Import a planned file: every good row, while the others stay as rejects.

        Raises:
            ImportRefused: the plan has an obstacle.
            ImportInterrupted: the service cannot be used now; ``resume`` continues.
        """
        if plan.obstacle is not None:
            raise ImportRefused(plan.obstacle)
        return await self._send(plan.run, on_progress, agreed=True)

    async def hand_over(self, plan: ImportPlan) -> None:
        """Record that the user agreed to a planned run, so that any process may ``resume`` it.

        Raises:
            ImportRefused: the plan has an obstacle, or another process imports the same content now.
        """
        if plan.obstacle is not None:
            raise ImportRefused(plan.obstacle)

        def begin() -> None:
            file = plan.file
            try:
                check_file_free(self._folder, self._profile, file.sha256, file.path.name)
            except ImportRefused:
                erase_journal(journal_path(self._folder, plan.run))
                raise
            with closing(ImportJournal(journal_path(self._folder, plan.run))) as journal:
                journal.set(state="RUNNING")

        await run_uncancellable(begin)

    async def resume(self, run: str = LAST, *, on_progress: OnProgress | None = None) -> ImportResult:
        """Continue a run where it stopped, even after a crash.

        Raises:
            ImportRefused: there is no such run, it was only planned, it is another profile's, or it has no
                private copy of its file (of an earlier version) and the file changed.
            ImportInterrupted: the service cannot be used now; the run can be resumed again.
        """
        return await self._send(await self.resolve(run), on_progress)

    async def resolve(self, run: str) -> str:
        """The name of a run, where ``LAST`` may stand for it.

        Raises:
            ImportRefused: nothing is waiting to be resumed.
        """
        return await run_uncancellable(self._resolve, run)

    async def check_free(self, run: str) -> None:
        """Raise if this or another process is sending a run.

        Raises:
            ImportRefused: a process is working on it, or there is no such run.
        """
        await self.run(run)
        await run_uncancellable(check_run_free, journal_path(self._folder, run))

    def cancel(self, run: str) -> bool:
        """Stop sending a run of this engine; requests that were accepted are followed to their end."""
        sending = self._under_way.get(run)
        if sending is not None:
            sending.cancel()
        return sending is not None

    async def stop(self, run: str) -> bool:
        """Stop sending a run of any process, which reads the request in the journal before its next step.

        False if no process is sending it.

        Raises:
            ImportRefused: there is no such run.
        """

        def ask() -> bool:
            if not summary_at(journal_path(self._folder, run)).under_way:
                return False
            with closing(ImportJournal(journal_path(self._folder, run))) as journal:
                journal.set(state="CANCELLED")
            return True

        cancelled = self.cancel(run)
        return await run_uncancellable(ask) or cancelled

    async def discard(self, run: str) -> None:
        """Delete a run that is not under way, with its journal.

        Raises:
            ImportRefused: it is under way.
        """
        await run_uncancellable(erase_run, journal_path(self._folder, run))

    async def runs(self) -> tuple[RunSummary, ...]:
        """The runs of this profile that were started, newest first."""
        return await run_uncancellable(self._runs)

    async def run(self, run: str) -> RunSummary:
        """One run, also one that is only planned.

        Raises:
            ImportRefused: there is no such run, or it is another profile's.
        """
        summary = await run_uncancellable(summary_at, journal_path(self._folder, run))
        self._check_profile(run, summary.profile)
        return summary

    async def result(self, run: str) -> ImportResult:
        """The result of a run so far; final when the run is neither open nor under way.

        Raises:
            ImportRefused: there is no such run.
        """

        def read() -> ImportResult:
            with closing(ImportJournal(journal_path(self._folder, run))) as journal:
                return read_result(journal)

        return await run_uncancellable(read)

    async def changed_file(self, run: str) -> Path | None:
        """The file of an unfinished run if it changed since: the run continues with its private copy.

        Raises:
            ImportRefused: there is no such run.
        """

        def look() -> Path | None:
            with closing(ImportJournal(journal_path(self._folder, run))) as journal:
                file, state = journal.file, journal.row["state"]
            return file.path if state != "DONE" and has_original_changed(file) else None

        return await run_uncancellable(look)

    def log_of(self, run: str) -> Path:
        """The log file of a run that is sent by a process without a terminal.

        Raises:
            ImportRefused: that is not a name of a run.
        """
        return journal_path(self._folder, run).with_suffix(LOG)

    async def runs_and_jobs(self, actions: Iterable[str]) -> RunsAndJobs:
        """The runs as ``runs`` gives them, and the service's jobs (ids) that belong to one of them.

        Journals that cannot be read are named in ``problems``; the others are still listed.
        """
        return await run_uncancellable(read_runs_and_jobs, self._folder, actions, self._profile)

    async def findings(self, run: str) -> tuple[RowFinding, ...]:
        """Why rows of a run were not imported, in the order of the file."""

        def read() -> tuple[RowFinding, ...]:
            with closing(ImportJournal(journal_path(self._folder, run))) as journal:
                return tuple(journal.findings())

        return await run_uncancellable(read)

    async def write_rejects(self, run: str, target: Path, *, overwrite: bool = False) -> int:
        """Write the rows that were not imported to a file of the same format; returns how many.

        Raises:
            ImportRefused: the target exists, or the imported file changed.
        """

        def write() -> int:
            with closing(ImportJournal(journal_path(self._folder, run))) as journal:
                return write_rejects(journal, target, overwrite=overwrite)

        return await run_uncancellable(write)

    async def _send(self, run: str, on_progress: OnProgress | None, *, agreed: bool = False) -> ImportResult:
        with ExitStack() as stack:
            stack.enter_context(run_lock(journal_path(self._folder, run)))
            journal = stack.enter_context(closing(await run_uncancellable(self._opened, run, agreed)))
            file = journal.file
            stack.enter_context(file_lock(self._folder, self._profile, file.sha256, file.path.name))
            await run_uncancellable(journal.set_running)
            status = RunStatusFile(journal.path, on_progress)
            sender = await run_uncancellable(
                ImportSender,
                journal,
                self._client,
                clock=self._clock,
                ration=self._ration,
                on_progress=status.update,
            )
            self._under_way[run] = sender
            try:
                async with status.written():
                    await sender.run()
            finally:
                del self._under_way[run]
            result = await run_uncancellable(end_run, journal, self._clock.now())
            await run_uncancellable(remove_copy, journal)
            await run_uncancellable(status.remove)
            return result

    def _opened(self, run: str, agreed: bool) -> ImportJournal:
        journal = ImportJournal(journal_path(self._folder, run))
        try:
            self._check_profile(run, journal.row["profile"])
            if journal.row["state"] == "PLANNED" and not agreed:
                raise ImportRefused(
                    f"import {run} was only planned", hint="Import the file again and confirm the plan."
                )
            # What was checked is what is sent: with a private copy, the original does not matter any more.
            if journal.file.copy is None and not is_unchanged(journal.file):
                raise ImportRefused(
                    f"{journal.file.path} has changed since import {run} was planned",
                    hint="Import the changed file: orders that arrived already are updated, not duplicated.",
                )
        except BaseException:
            journal.close()
            raise
        return journal

    def _runs(self) -> tuple[RunSummary, ...]:
        with open_index(self._folder) as index:
            return tuple(index.summaries(self._profile))

    def _check_profile(self, run: str, profile: str) -> None:
        if profile == self._profile:
            return
        name = profile_name_of(profile)
        hint = f"Continue with --profile {shlex.quote(name)}"
        if name == profile_name_of(self._profile):
            hint = f"The profile {name} now has another account; change it back to continue."
        raise ImportRefused(f"import {run} belongs to the profile {profile}", hint=hint)

    def _resolve(self, run: str) -> str:
        if run != LAST:
            return run
        for summary in self._runs():
            if summary.open and not summary.under_way:
                return summary.run
        raise ImportRefused("no import is waiting to be resumed", hint="List imports with ordex jobs.")
