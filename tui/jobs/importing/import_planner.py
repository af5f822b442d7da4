"""Planning an import: a private copy is checked, and the account is asked what the import would change."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from tui.files.private_folder import make_private_folder
from tui.files.state_errors import explained
from tui.files.threads import run_stoppable, run_uncancellable
from tui.jobs.background.clock import Clock
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.file_check import FileCheck, check_file, recount_faulty
from tui.jobs.importing.checking.import_plan import ImportPlan, make_plan
from tui.jobs.importing.checking.metadata_type_lookup import TypeLookup, TypeSearch
from tui.jobs.importing.checking.renamed_orders import SourceIdComparison, compare_source_ids
from tui.jobs.importing.checking.repeated_rows import RepeatedRows, find_repeated_rows
from tui.jobs.importing.reading.import_file import ImportFile, copy_file
from tui.jobs.importing.runs.import_journal import (
    COPY,
    PLAN_LIFETIME,
    ImportJournal,
    erase_journal,
    journal_path,
    remove_unfinished_journals,
)
from tui.jobs.importing.runs.import_progress import ImportProgress, OnProgress, Phase
from tui.jobs.importing.runs.run_index import open_index

from .import_client import ImportClient
from .import_options import ImportOptions


class ImportPlanner:
    """Plans imports of one profile. ``folder`` holds the journals, ``ration`` limits the calls."""

    def __init__(
        self, client: ImportClient, folder: Path, *, profile: str, clock: Clock, ration: BackgroundQuota
    ) -> None:
        self._client = client
        self._folder = folder
        self._profile = profile
        self._clock = clock
        self._ration = ration

    async def plan(
        self,
        path: Path,
        options: ImportOptions | None = None,
        *,
        source: Path | None = None,
        on_progress: OnProgress | None = None,
    ) -> ImportPlan:
        """Check a whole file and write the journal of its plan; ``ImportEngine.plan`` describes it."""
        options = options or ImportOptions()
        now = self._clock.now()
        rate = await run_uncancellable(self._sweep, now)
        run = _name(now)
        stop = threading.Event()
        report = _from_thread(run, on_progress)
        copy = journal_path(self._folder, run).with_suffix(COPY)

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
                return check_file(journal, on_rows=report, is_stopped=stop.is_set)

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
                await run_uncancellable(erase_journal, journal_path(self._folder, run))
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
            return find_repeated_rows(journal_path(self._folder, run), index, self._profile)

    async def _look_types_up(
        self, run: str, checked: FileCheck, options: ImportOptions, on_progress: OnProgress | None
    ) -> TypeLookup:
        def tell(phase: Phase, note: str, until: float | None = None) -> None:
            if on_progress is not None:
                on_progress(ImportProgress(run, phase, checked.rows, note=note, waiting_until=until))

        search = TypeSearch(
            journal_path(self._folder, run),
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
        with closing(ImportJournal(journal_path(self._folder, run))) as journal:
            return recount_faulty(journal, checked, types.refused_by_id)

    def _sweep(self, now: float) -> float | None:
        """Remove plans that were never started; returns rows a second that the service last imported."""
        remove_unfinished_journals(self._folder, now)
        with open_index(self._folder) as index:
            for path in index.planned_before(now - PLAN_LIFETIME):
                erase_journal(path)
            return index.rate(self._profile)


def _name(now: float) -> str:
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
    return f"{stamp}-{secrets.token_hex(3)}"


def _from_thread(run: str, on_progress: OnProgress | None) -> Callable[[int], None] | None:
    if on_progress is None:
        return None
    loop = asyncio.get_running_loop()

    def report(rows: int) -> None:
        loop.call_soon_threadsafe(on_progress, ImportProgress(run, "checking", rows))

    return report
