"""Imports from the outside: plan one, start it, resume it after any death, cancel it, take its rejects.

Nothing here prints or asks. A command, the REPL and a screen use the same calls.
"""

from __future__ import annotations

import asyncio
import secrets
import shlex
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tui.errors import message_with_hint
from tui.files.private_folder import make_private_folder
from tui.files.state_errors import explained, state_file_error
from tui.jobs.background.clock import Clock, SystemClock
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.background.threads import run_stoppable, run_uncancellable
from tui.jobs.importing.checking.existing_orders import (
    DEFAULT_SAMPLE,
    ExistingOrders,
    OnRow,
    count_existing,
    spread_evenly,
)
from tui.jobs.importing.checking.file_check import FileCheck, check_file, recount_faulty
from tui.jobs.importing.checking.import_plan import ImportPlan, make_plan
from tui.jobs.importing.checking.metadata_type_lookup import TypeLookup, TypeSearch
from tui.jobs.importing.checking.renamed_orders import SourceIdComparison, compare_source_ids
from tui.jobs.importing.checking.repeated_rows import RepeatedRows, find_repeated_rows
from tui.jobs.importing.reading.import_file import ImportFile, copy_file, has_original_changed, is_unchanged
from tui.jobs.importing.runs.import_journal import (
    COPY,
    PLAN_LIFETIME,
    SUFFIX,
    ImportJournal,
    RowFinding,
    erase_journal,
    remove_unfinished_journals,
)
from tui.jobs.importing.runs.import_progress import ImportProgress, ImportResult, OnProgress, Phase
from tui.jobs.importing.runs.run_index import open_index
from tui.jobs.importing.runs.run_locks import check_file_free, check_run_free, file_lock, run_lock
from tui.jobs.importing.runs.run_pruning import erase_run
from tui.jobs.importing.runs.run_status import RunStatusFile
from tui.jobs.importing.runs.run_summary import RunSummary, read_result, summary_at
from tui.jobs.importing.sending.import_sender import ImportSender
from tui.settings.profile import profile_name_of

from .import_client import ImportClient
from .import_errors import ImportRefused
from .import_options import ImportOptions
from .rejects_file import write_rejects


@dataclass(frozen=True, slots=True)
class RunsAndJobs:
    """The runs of a profile, newest first, the service's jobs that they started, and what is unreadable."""

    runs: tuple[RunSummary, ...] = ()
    jobs: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


LAST = "last"
"""Stands for the newest run that is not at its end and that no process is at."""

LOG = ".log"
"""The end of the name of what a process without a terminal tells of a run."""


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
        """Check a whole file and say what importing it takes. Nothing is sent.

        What is checked, and sent later, is a private copy: the file itself may change at any time. ``source``
        is the pipe that the user named, where ``path`` only holds what was read from it. The plan lives in a
        journal: ``start`` it, or ``discard`` it.

        Raises:
            ImportRefused: there is no such file, or it is empty.
            StateFileError: the copy or the journal cannot be written.
        """
        options = options or ImportOptions()
        now = self._clock.now()
        rate = await run_uncancellable(self._sweep, now)
        run = _name(now)
        stop = threading.Event()
        told = _from_thread(run, on_progress)
        copy = self._path(run).with_suffix(COPY)

        def take_copy() -> ImportFile:
            with explained(copy):
                make_private_folder(self._folder)
                return copy_file(path, copy, options.format, source=source, is_stopped=stop.is_set)

        def check(file: ImportFile) -> FileCheck:
            with closing(
                ImportJournal.create(
                    self._folder, run, profile=self._profile, file=file, options=options, now=now
                )
            ) as journal:
                return check_file(journal, on_rows=told, is_stopped=stop.is_set)

        try:
            file = await run_stoppable(take_copy, stop.set)
            checked = await run_stoppable(lambda: check(file), stop.set)
            types = None
            if checked.untyped:
                types = await self._look_types_up(run, checked, options, on_progress)
                checked = await run_uncancellable(self._recounted, run, checked, types)
            compared = await self._compare_source_ids(run, checked, on_progress)
            repeats = await run_uncancellable(self._repeats, run) if checked.assigned else RepeatedRows()
        except BaseException:
            with suppress(OSError):
                await run_uncancellable(erase_journal, self._path(run))
            raise
        return make_plan(
            run,
            file,
            options,
            checked,
            allowance=self._ration.allowance(),
            now=self._clock.now(),
            rate=rate,
            types=types,
            doubts=(*compared.doubts, *checked.doubts, *repeats.doubts),
            notes=(*compared.remarks, *repeats.remarks),
        )

    async def _compare_source_ids(
        self, run: str, checked: FileCheck, on_progress: OnProgress | None
    ) -> SourceIdComparison:
        """Whether the file would rename orders. Costs calls where its rows have an id and a source_id."""

        def tell(call: int, of: int) -> None:
            if on_progress is not None:
                note = f"comparing source_ids, call {call:,} of {of:,}"
                on_progress(ImportProgress(run, "checking", checked.rows, note=note))

        if not checked.named_rows:
            return SourceIdComparison(0)
        return await compare_source_ids(checked.named, checked.named_rows, self._client, self._ration, tell)

    def _repeats(self, run: str) -> RepeatedRows:
        with open_index(self._folder) as index:
            return find_repeated_rows(self._path(run), index, self._profile)

    async def _look_types_up(
        self, run: str, checked: FileCheck, options: ImportOptions, on_progress: OnProgress | None
    ) -> TypeLookup:
        def tell(phase: Phase, note: str, until: float | None = None) -> None:
            if on_progress is not None:
                on_progress(ImportProgress(run, phase, checked.rows, note=note, waiting_until=until))

        search = TypeSearch(
            self._path(run),
            self._client,
            self._ration,
            rule=options.metadata,
            on_lookup=lambda call, of: tell(
                "checking", f"looking up the types of metadata, call {call:,} of {of:,}"
            ),
            on_wait=lambda until: tell("waiting", "the other calls are left for you", until),
        )
        return await search.run()

    def _recounted(self, run: str, checked: FileCheck, types: TypeLookup) -> FileCheck:
        with closing(ImportJournal(self._path(run))) as journal:
            return recount_faulty(journal, checked, types.refused_by_id)

    async def sample_existing(
        self, plan: ImportPlan, most: int = DEFAULT_SAMPLE, *, on_row: OnRow | None = None
    ) -> ExistingOrders:
        """How many of how many sampled rows exist already and would be updated. Costs one call each.

        No more are looked up than the background may use now, so that nobody waits for it. ``on_row`` is
        told how many of how many were looked up.

        Raises:
            VoucherifyError: the service cannot be asked.
        """
        names = spread_evenly(plan.checked.sample, most)
        sampled = await count_existing(names, self._client, self._ration, on_row)
        return replace(sampled, of=plan.checked.good)

    async def start(self, plan: ImportPlan, *, on_progress: OnProgress | None = None) -> ImportResult:
        """Import a planned file: every good row, while the others stay as rejects.

        Raises:
            ImportRefused: the plan has an obstacle.
            ImportInterrupted: the service cannot be used now; ``resume`` goes on.
        """
        if plan.obstacle is not None:
            raise ImportRefused(plan.obstacle)
        return await self._carry_on(plan.run, on_progress, agreed=True)

    async def hand_over(self, plan: ImportPlan) -> None:
        """Write down that a planned run was agreed to, so that any process may take it up by ``resume``.

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
                erase_journal(self._path(plan.run))
                raise
            with closing(ImportJournal(self._path(plan.run))) as journal:
                journal.set(state="RUNNING")

        await run_uncancellable(begin)

    async def resume(self, run: str = LAST, *, on_progress: OnProgress | None = None) -> ImportResult:
        """Take up a run where it stopped, whatever stopped it.

        Raises:
            ImportRefused: there is no such run, nobody agreed to it, it is another profile's, or it has no
                private copy of its file (of an earlier version) and the file changed.
            ImportInterrupted: the service cannot be used now; the run can be resumed again.
        """
        return await self._carry_on(await self.resolve(run), on_progress)

    async def resolve(self, run: str) -> str:
        """The name of a run, where ``LAST`` may stand for it.

        Raises:
            ImportRefused: nothing is waiting to be resumed.
        """
        return await run_uncancellable(self._resolve, run)

    async def check_free(self, run: str) -> None:
        """Raise if a process, this one or another, is at a run.

        Raises:
            ImportRefused: one is, or there is no such run.
        """
        await self.run(run)
        await run_uncancellable(check_run_free, self._path(run))

    def cancel(self, run: str) -> bool:
        """Send nothing more of a run that is under way in this engine; what is out is followed to its end."""
        sending = self._under_way.get(run)
        if sending is not None:
            sending.cancel()
        return sending is not None

    async def stop(self, run: str) -> bool:
        """The same of a run that any process is at: that one reads it in the journal before its next step.

        False where no process is at it. The journal says CANCELLED from then on.

        Raises:
            ImportRefused: there is no such run.
        """

        def ask() -> bool:
            if not summary_at(self._path(run)).under_way:
                return False
            with closing(ImportJournal(self._path(run))) as journal:
                journal.set(state="CANCELLED")
            return True

        cancelled = self.cancel(run)
        return await run_uncancellable(ask) or cancelled

    async def discard(self, run: str) -> None:
        """Forget a run that is not under way, and its journal.

        Raises:
            ImportRefused: it is under way.
        """
        await run_uncancellable(erase_run, self._path(run))

    async def runs(self) -> tuple[RunSummary, ...]:
        """The runs of this profile that were started, newest first."""
        return await run_uncancellable(self._runs)

    async def run(self, run: str) -> RunSummary:
        """One run, also one that is only planned.

        Raises:
            ImportRefused: there is no such run, or it is another profile's.
        """
        summary = await run_uncancellable(summary_at, self._path(run))
        self._check_profile(run, summary.profile)
        return summary

    async def result(self, run: str) -> ImportResult:
        """What became of the rows of a run until now; final when it is neither open nor under way.

        Raises:
            ImportRefused: there is no such run.
        """

        def read() -> ImportResult:
            with closing(ImportJournal(self._path(run))) as journal:
                return read_result(journal)

        return await run_uncancellable(read)

    async def changed_file(self, run: str) -> Path | None:
        """The file of a run that is not done, where it changed since: the run goes on with its private copy.

        Raises:
            ImportRefused: there is no such run.
        """

        def look() -> Path | None:
            with closing(ImportJournal(self._path(run))) as journal:
                file, state = journal.file, journal.row["state"]
            return file.path if state != "DONE" and has_original_changed(file) else None

        return await run_uncancellable(look)

    def log_of(self, run: str) -> Path:
        """Where a process without a terminal tells of a run.

        Raises:
            ImportRefused: that is no name of a run.
        """
        return self._path(run).with_suffix(LOG)

    async def runs_and_jobs(self, actions: Iterable[str]) -> RunsAndJobs:
        """The runs as ``runs`` gives them, and the service's jobs (ids) that belong to one of them.

        What cannot be read is named in ``problems`` and leaves out nothing else.
        """

        def look() -> RunsAndJobs:
            try:
                with open_index(self._folder) as index:
                    return RunsAndJobs(
                        tuple(index.summaries(self._profile)),
                        index.started(actions, self._profile),
                        tuple(map(message_with_hint, index.unreadable)),
                    )
            except (OSError, sqlite3.Error) as error:
                problem = message_with_hint(state_file_error(self._folder, error))
                return RunsAndJobs(problems=(f"imports started here are not listed: {problem}",))

        return await run_uncancellable(look)

    async def findings(self, run: str) -> tuple[RowFinding, ...]:
        """Why rows of a run were not imported, in the order of the file."""

        def read() -> tuple[RowFinding, ...]:
            with closing(ImportJournal(self._path(run))) as journal:
                return tuple(journal.findings())

        return await run_uncancellable(read)

    async def write_rejects(self, run: str, target: Path, *, overwrite: bool = False) -> int:
        """Write the rows that were not imported to a file in the form of theirs; returns how many.

        Raises:
            ImportRefused: the target exists, or the imported file changed.
        """

        def write() -> int:
            with closing(ImportJournal(self._path(run))) as journal:
                return write_rejects(journal, target, overwrite=overwrite)

        return await run_uncancellable(write)

    async def _carry_on(
        self, run: str, on_progress: OnProgress | None, *, agreed: bool = False
    ) -> ImportResult:
        with ExitStack() as stack:
            stack.enter_context(run_lock(self._path(run)))
            journal = stack.enter_context(closing(await run_uncancellable(self._opened, run, agreed)))
            file = journal.file
            stack.enter_context(file_lock(self._folder, self._profile, file.sha256, file.path.name))
            await run_uncancellable(_set_running, journal)
            status = RunStatusFile(journal.path, on_progress)
            sending = await run_uncancellable(
                ImportSender,
                journal,
                self._client,
                clock=self._clock,
                ration=self._ration,
                on_progress=status.tell,
            )
            self._under_way[run] = sending
            try:
                async with status.kept():
                    await sending.go()
            finally:
                del self._under_way[run]
            result = await run_uncancellable(_finished, journal, self._clock.now())
            await run_uncancellable(_drop_copy, journal)
            await run_uncancellable(status.forget)
            return result

    def _opened(self, run: str, agreed: bool) -> ImportJournal:
        journal = ImportJournal(self._path(run))
        try:
            self._check_profile(run, journal.row["profile"])
            if journal.row["state"] == "PLANNED" and not agreed:
                raise ImportRefused(
                    f"import {run} was only planned", hint="Import its file, and agree to it."
                )
            # What was checked is what is sent: with a private copy, the original does not matter any more.
            if journal.file.copy is None and not is_unchanged(journal.file):
                raise ImportRefused(
                    f"{journal.file.path} has changed since import {run} was planned",
                    hint="Import the changed file anew: orders that arrived are updated, not doubled.",
                )
        except BaseException:
            journal.close()
            raise
        return journal

    def _runs(self) -> tuple[RunSummary, ...]:
        with open_index(self._folder) as index:
            return tuple(index.summaries(self._profile))

    def _sweep(self, now: float) -> float | None:
        """Remove what nobody needs any more; returns rows a second that the service last took."""
        remove_unfinished_journals(self._folder, now)
        with open_index(self._folder) as index:
            for path in index.planned_before(now - PLAN_LIFETIME):
                erase_journal(path)
            return index.rate(self._profile)

    def _check_profile(self, run: str, profile: str) -> None:
        if profile == self._profile:
            return
        name = profile_name_of(profile)
        hint = f"Go on with: --profile {shlex.quote(name)}"
        if name == profile_name_of(self._profile):
            hint = f"The profile {name} speaks to another account by now; set it to that one to go on."
        raise ImportRefused(f"import {run} belongs to the profile {profile}", hint=hint)

    def _resolve(self, run: str) -> str:
        if run != LAST:
            return run
        for summary in self._runs():
            if summary.open and not summary.under_way:
                return summary.run
        raise ImportRefused("no import is waiting to be resumed", hint="See which there are: ordex jobs.")

    def _path(self, run: str) -> Path:
        if not run or not run.replace("-", "").isalnum():
            raise ImportRefused(f"{run!a} is not the name of an import")
        return self._folder / f"{run}{SUFFIX}"


def _set_running(journal: ImportJournal) -> None:
    if journal.row["state"] != "DONE":
        journal.upgrade()
        journal.set(state="RUNNING")


def _drop_copy(journal: ImportJournal) -> None:
    """Remove the copy of a file whose import is over, unless its rejected rows are nowhere else."""
    file = journal.file
    if file.copy is None or journal.row["state"] != "DONE":
        return
    has_rejects = journal.count("SELECT count(*) FROM finding") > 0
    if not has_rejects or (not file.is_stream and is_unchanged(file)):
        file.copy.unlink(missing_ok=True)


def _name(now: float) -> str:
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
    return f"{stamp}-{secrets.token_hex(3)}"


def _from_thread(run: str, on_progress: OnProgress | None) -> Callable[[int], None] | None:
    if on_progress is None:
        return None
    loop = asyncio.get_running_loop()

    def told(rows: int) -> None:
        loop.call_soon_threadsafe(on_progress, ImportProgress(run, "checking", rows))

    return told


def _finished(journal: ImportJournal, now: float) -> ImportResult:
    result = read_result(journal)
    journal.set(state="CANCELLED" if result.not_sent else "DONE", ended_at=now)
    return result
