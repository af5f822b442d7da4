"""Imports from the outside: plan one, start it, resume it after any death, cancel it, take its rejects.

Nothing here prints or asks. A command, the REPL and a screen use the same calls.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tui.jobs.apart import apart, stoppable
from tui.jobs.following import Clock, Ration, SystemClock
from tui.voucherify.errors import NotFound

from .checking import SHOWN, check_file
from .journal import SUFFIX, Finding, Journal, RunState, journals, sweep
from .locking import held
from .opening import identify, still_the_same
from .options import ImportOptions
from .planning import ImportPlan, make_plan
from .progress import ImportProgress, ImportResult, OnProgress
from .rejects import write_rejects
from .rows import ImportRefused
from .sending import Sending
from .service import ImportClient

LAST = "last"
"""Stands for the newest run that is not at its end."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in the journals. ``started_at`` in epoch seconds; ``open`` when it can be resumed."""

    run: str
    profile: str
    state: RunState
    path: Path
    rows: int
    imported: int
    rejected: int
    started_at: float

    @property
    def open(self) -> bool:
        """Whether some rows are still to be sent or followed."""
        return self.state in {"RUNNING", "CANCELLED"} and self.imported + self.rejected < self.rows


class ImportEngine:
    """The imports of one profile. ``folder`` holds their journals; ``ration`` is the background's budget."""

    def __init__(
        self,
        client: ImportClient,
        folder: Path,
        *,
        profile: str,
        clock: Clock | None = None,
        ration: Ration | None = None,
    ) -> None:
        self._client = client
        self._folder = folder
        self._profile = profile
        self._clock = clock or SystemClock()
        self._ration = ration or Ration(None, self._clock)
        self._under_way: dict[str, Sending] = {}

    async def plan(
        self, path: Path, options: ImportOptions | None = None, *, on_progress: OnProgress | None = None
    ) -> ImportPlan:
        """Check a whole file and say what importing it takes. Nothing is sent.

        The plan lives in a journal: ``start`` it, or ``discard`` it.

        Raises:
            ImportRefused: there is no such file, or it is empty.
        """
        options = options or ImportOptions()
        file = await apart(identify, path, options.format)
        now = self._clock.now()
        await apart(sweep, self._folder, now)
        run = _name(now)
        journal = await apart(
            Journal.create, self._folder, run, profile=self._profile, file=file, options=options, now=now
        )
        stop = threading.Event()
        told = _from_thread(run, on_progress)
        try:
            checked = await stoppable(
                lambda: check_file(journal, on_rows=told, is_stopped=stop.is_set), stop.set
            )
        except BaseException:
            await apart(journal.delete)
            raise
        journal.close()
        rate = await apart(self._seen_rate)
        return make_plan(
            run, file, options, checked, allowance=self._ration.allowance(), now=self._clock.now(), rate=rate
        )

    async def sample_existing(self, plan: ImportPlan, most: int = 20) -> tuple[int, int]:
        """How many of how many sampled rows exist already and would be updated. Costs one call each."""
        sample = plan.checked.sample[-most:]
        existing = 0
        for source_id in sample:
            try:
                async with self._ration.call():
                    await self._client.get_order(source_id)
            except NotFound:
                continue
            existing += 1
        return existing, len(sample)

    async def start(self, plan: ImportPlan, *, on_progress: OnProgress | None = None) -> ImportResult:
        """Import a planned file: every good row, while the others stay as rejects.

        Raises:
            ImportRefused: the plan has an obstacle, or the file changed since.
            ImportInterrupted: the service cannot be used now; ``resume`` goes on.
        """
        if plan.obstacle is not None:
            raise ImportRefused(plan.obstacle)
        return await self._carry_on(plan.run, on_progress)

    async def resume(self, run: str = LAST, *, on_progress: OnProgress | None = None) -> ImportResult:
        """Take up a run where it stopped, whatever stopped it.

        Raises:
            ImportRefused: there is no such run, it is another profile's, or its file changed.
            ImportInterrupted: the service cannot be used now; the run can be resumed again.
        """
        return await self._carry_on(await apart(self._resolve, run), on_progress)

    def cancel(self, run: str) -> bool:
        """Send nothing more of a run that is under way in this engine; what is out is followed to its end."""
        sending = self._under_way.get(run)
        if sending is not None:
            sending.cancel()
        return sending is not None

    async def discard(self, run: str) -> None:
        """Forget a run that is not under way, and its journal.

        Raises:
            ImportRefused: it is under way.
        """
        path = self._path(run)

        def delete() -> None:
            with held(path):
                Journal(path).delete()
            path.with_suffix(".lock").unlink(missing_ok=True)

        await apart(delete)

    async def runs(self) -> tuple[RunSummary, ...]:
        """The runs of this profile that were started, newest first."""
        return await apart(self._runs)

    async def actions(self) -> frozenset[str]:
        """The ids of the service's jobs that runs of this profile began."""
        return await apart(self._actions)

    async def findings(self, run: str) -> tuple[Finding, ...]:
        """Why rows of a run were not imported, in the order of the file."""

        def read() -> tuple[Finding, ...]:
            with closing(Journal(self._path(run))) as journal:
                return tuple(journal.findings())

        return await apart(read)

    async def write_rejects(self, run: str, target: Path) -> int:
        """Write the rows that were not imported to a new file in the form of theirs; returns how many.

        Raises:
            ImportRefused: the target exists, or the imported file changed.
        """

        def write() -> int:
            with closing(Journal(self._path(run))) as journal:
                return write_rejects(journal, target)

        return await apart(write)

    async def _carry_on(self, run: str, on_progress: OnProgress | None) -> ImportResult:
        with ExitStack() as stack:
            stack.enter_context(held(self._path(run)))
            journal = stack.enter_context(closing(await apart(self._opened, run)))
            sending = await apart(
                Sending,
                journal,
                self._client,
                clock=self._clock,
                ration=self._ration,
                on_progress=on_progress,
            )
            self._under_way[run] = sending
            try:
                await sending.go()
            finally:
                del self._under_way[run]
            return await apart(_finished, journal, self._clock.now())

    def _opened(self, run: str) -> Journal:
        journal = Journal(self._path(run))
        try:
            if journal.row["profile"] != self._profile:
                raise ImportRefused(f"import {run} belongs to the profile {journal.row['profile']}")
            if not still_the_same(journal.file):
                raise ImportRefused(
                    f"{journal.file.path} has changed since import {run} was planned",
                    hint="Import the changed file anew: orders that arrived are updated, not doubled.",
                )
            if journal.row["state"] != "DONE":
                journal.set(state="RUNNING")
        except BaseException:
            journal.close()
            raise
        return journal

    def _runs(self) -> tuple[RunSummary, ...]:
        found = []
        for journal in journals(self._folder):
            run = journal.row
            if run["profile"] == self._profile and run["state"] != "PLANNED":
                found.append(_summary(journal))
        return tuple(found)

    def _actions(self) -> frozenset[str]:
        found: set[str] = set()
        for journal in journals(self._folder):
            if journal.row["profile"] == self._profile:
                found |= {row[0] for row in journal.read("SELECT action FROM chunk WHERE action IS NOT NULL")}
        return frozenset(found)

    def _resolve(self, run: str) -> str:
        if run != LAST:
            return run
        for summary in self._runs():
            if summary.open:
                return summary.run
        raise ImportRefused("no import is waiting to be resumed", hint="See which there are: ordex jobs.")

    def _path(self, run: str) -> Path:
        if not run or not run.replace("-", "").isalnum():
            raise ImportRefused(f"{run!a} is not the name of an import")
        return self._folder / f"{run}{SUFFIX}"

    def _seen_rate(self) -> float | None:
        for journal in journals(self._folder):
            rate = journal.row["rate"]
            if rate and journal.row["profile"] == self._profile:
                return float(rate)
        return None


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


def _summary(journal: Journal) -> RunSummary:
    run = journal.row
    imported, rejected = _settled(journal)
    return RunSummary(
        run["id"], run["profile"], run["state"], Path(run["path"]), run["good"], imported, rejected,
        run["created_at"],
    )  # fmt: skip


def _settled(journal: Journal) -> tuple[int, int]:
    sums = journal.read("SELECT sum(imported), sum(rejected) FROM chunk")[0]
    return int(sums[0] or 0), int(sums[1] or 0)


def _finished(journal: Journal, now: float) -> ImportResult:
    run = journal.row
    imported, refused = _settled(journal)
    rejected = journal.count("SELECT count(DISTINCT key) FROM finding")
    skipped = journal.count("SELECT count(*) FROM skipped")
    not_sent = int(run["good"]) - imported - refused
    state: RunState = "CANCELLED" if not_sent else "DONE"
    journal.set(state=state, ended_at=now)
    first = journal.read("SELECT * FROM finding ORDER BY key, rowid LIMIT ?", SHOWN)
    return ImportResult(
        run=journal.run,
        state="cancelled" if not_sent else "partial" if rejected else "done",
        rows=imported + rejected + skipped + not_sent,
        imported=imported,
        rejected=rejected,
        skipped=skipped,
        not_sent=not_sent,
        requests=run["requests"],
        polls=run["polls"],
        lookups=run["lookups"],
        findings=tuple(Finding(*found) for found in first),
    )
