"""Counts the rows and calls of an import and reports its progress."""

from __future__ import annotations

from dataclasses import replace

from tui.jobs.background.clock import Clock
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.runs.import_progress import ImportProgress, OnProgress, Phase
from tui.jobs.importing.sending.chunks import Chunk
from tui.voucherify.responses import AsyncAction


class ProgressCounter:
    """Starts from the counts of the journal, so that a resumed run goes on counting."""

    def __init__(self, journal: ImportJournal, clock: Clock, on_progress: OnProgress | None) -> None:
        self._journal = journal
        self._clock = clock
        self._on_progress = on_progress
        self._began = clock.monotonic()
        self._ended_here = 0
        run = journal.row
        sums = journal.read(
            "SELECT sum(imported), sum(rejected),"
            " sum(CASE WHEN state IN ('SENDING', 'ACCEPTED') THEN size ELSE 0 END) FROM chunk"
        )[0]
        imported, rejected, under_way = (int(value or 0) for value in sums)
        self._lookups = int(run["lookups"])
        self._out = {
            row[0]: row[1]
            for row in journal.read("SELECT id, size FROM chunk WHERE state IN ('SENDING', 'ACCEPTED')")
        }
        self._now = ImportProgress(
            journal.run,
            "sending",
            rows=int(run["good"]),
            sent=imported + rejected + under_way,
            imported=imported,
            rejected=rejected,
            requests=int(run["requests"]),
            polls=int(run["polls"]),
        )

    def request(self, chunk: Chunk) -> None:
        """A request is being sent."""
        self._out[chunk.id] = len(chunk.places)
        self._tell(phase="sending", requests=self._now.requests + 1)

    def poll(self) -> None:
        """A job is being polled."""
        self._now = replace(self._now, polls=self._now.polls + 1)

    def lookup(self) -> None:
        """Another call is being made."""
        self._lookups += 1

    def job(self, action: AsyncAction, note: str = "") -> None:
        """The service's messages about the job, and what is odd about it."""
        self._tell(phase="following", percent=action.progress, note=note)

    def ended(self, chunk: Chunk, *, imported: int = 0, rejected: int = 0) -> None:
        """The outcome of some rows of a chunk is known; the others go on in chunks of their own."""
        self._out.pop(chunk.id, None)
        self._ended_here += imported + rejected
        self._tell(
            imported=self._now.imported + imported, rejected=self._now.rejected + rejected, percent=None
        )

    def phase(self, phase: Phase, note: str) -> None:
        """Neither sending nor polling is in progress."""
        self._tell(phase=phase, note=note)

    def waits(self, until: float, why: str) -> None:
        """The import waits until the epoch second ``until``."""
        self._tell(phase="waiting", waiting_until=until, note=why)

    def rationed(self, until: float) -> None:
        """The rest of the budget is reserved for the user until the epoch second ``until``."""
        self.waits(until, "the other calls are left for you")

    def stopped(self) -> None:
        """Nothing more is sent; what is waited for stays the same."""
        if not self._now.stopped:
            self._tell(stopped=True, waiting_until=self._now.waiting_until, note=self._now.note)

    def save(self, *, rate: float | None) -> None:
        """Write into the journal how many calls were made, and how many rows a second the service takes."""
        self._journal.set(polls=self._now.polls, lookups=self._lookups, **({"rate": rate} if rate else {}))

    def _tell(self, **changed: object) -> None:
        news: dict[str, object] = {"waiting_until": None, "note": "", **changed}
        now = replace(self._now, **news)  # type: ignore[arg-type]  # names and types are the callers' above
        settled = now.imported + now.rejected
        elapsed = self._clock.monotonic() - self._began
        rate = self._ended_here / elapsed if elapsed > 0 and self._ended_here else None
        left = (now.rows - settled) / rate if rate else None
        self._now = replace(now, sent=settled + sum(self._out.values()), rate=rate, seconds_left=left)
        if self._on_progress is not None:
            self._on_progress(self._now)
