"""Sends the chunks of a run in order, follows their jobs, and records the outcome of every row.

A run can stop at any moment and resume from its journal alone. A request that was being sent when it stopped
is searched among the service's jobs, and sent again only if it did not arrive: others may have changed the
orders since, and their changes must stay.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from tui.files.state_errors import state_file_error
from tui.files.threads import run_uncancellable
from tui.jobs.background.clock import Clock
from tui.jobs.background.polling import StatusWatch, poll_delays
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.background.retry_policy import RetryPolicy
from tui.jobs.importing.import_client import ImportClient
from tui.jobs.importing.import_errors import ImportInterrupted, ServiceFailing
from tui.jobs.importing.runs.import_journal import ImportJournal, RowFinding
from tui.jobs.importing.runs.import_progress import OnProgress
from tui.jobs.importing.sending.chunk_reader import ChunkReader
from tui.jobs.importing.sending.chunks import Chunk, Chunks, ChunkState, split_in_half
from tui.jobs.importing.sending.import_calls import ImportCalls
from tui.jobs.importing.sending.job_matching import (
    JobTimes,
    Match,
    earliest_write,
    match_ends,
)
from tui.jobs.importing.sending.job_results import (
    NO_REASON,
    JobOutcome,
    counts_fit,
    is_readable,
    read_job_result,
)
from tui.jobs.importing.sending.progress_counter import ProgressCounter
from tui.jobs.importing.sending.refusals import read_refusal, suspected_orders
from tui.jobs.importing.sending.row_lookup import LookupRecord, look_up_rows
from tui.voucherify.errors import ApiError, InvalidRequest, NotFound, VoucherifyError
from tui.voucherify.responses import AsyncAction

CHUNKS_IN_FLIGHT = 2
"""Chunks that the service has at once: one that runs and one that waits, so that it is never idle."""

FAILING_JOBS = 20
REFUSED_ORDERS = 50
"""Failed jobs, and refused single orders, without a success in between, after which the import stops."""

CHANGED = (
    "its order was changed since and differs from the row; check the order, and import the rejects "
    "if the row is right"
)
UNREAD = "its order could not be looked up; import the rejects to send it again"


class ImportSender:
    """Sends one run. ``run`` returns at its end; ``cancel`` stops sending and follows accepted requests.

    The state CANCELLED in its journal, set by another process, is the same as ``cancel``.
    """

    def __init__(
        self,
        journal: ImportJournal,
        client: ImportClient,
        *,
        clock: Clock,
        ration: BackgroundQuota,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._journal = journal
        self._chunks = Chunks(journal)
        self._reader = ChunkReader(journal)
        self._client = client
        self._clock = clock
        self._ration = ration
        self._counter = ProgressCounter(journal, clock, on_progress)
        self._patience = RetryPolicy(clock, self._counter.waits)
        self._calls = ImportCalls(client, ration, self._patience, self._counter, self._rationed)
        self._cancelled = False
        self._failing = self._refused = 0
        self._row_seconds: float | None = None
        self._last_end = float("-inf")

    def cancel(self) -> None:
        """Send nothing more. What the service accepted is followed to its end."""
        self._cancelled = True
        self._counter.stopped()

    async def run(self) -> None:
        """Send until the outcome of every row is known, or the run is cancelled.

        Raises:
            ImportInterrupted: going on does not help now; the journal is whole, the run can be resumed.
        """
        try:
            while await self._step():
                pass
        except (VoucherifyError, ServiceFailing) as error:
            raise ImportInterrupted(self._journal.run, error) from error
        except (OSError, sqlite3.Error) as error:
            # Nothing more is sent once an outcome cannot be written down.
            raise ImportInterrupted(self._journal.run, state_file_error(self._journal.path, error)) from error
        finally:
            with suppress(OSError, sqlite3.Error):  # What it saves is only counts.
                await run_uncancellable(self._close)

    @property
    def _is_cancelled(self) -> bool:
        """Whether this process, or by the journal another one, asked to cancel."""
        if not self._cancelled and self._journal.row["state"] == "CANCELLED":
            self.cancel()
        return self._cancelled

    async def _step(self) -> bool:
        """Do the next step; false if nothing is left to do."""
        if unresolved := await self._first("SENDING"):
            await self._resolve(unresolved)
            return True
        followed = self._chunks.ids("ACCEPTED")
        if len(followed) < CHUNKS_IN_FLIGHT and not self._is_cancelled:
            chunk = await self._first("PENDING") or await self._build()
            if chunk is not None:
                await self._send(chunk)
                return True
        if followed:
            await self._follow(await run_uncancellable(self._chunks.get, followed[0]))
            return True
        return False

    async def _first(self, state: ChunkState) -> Chunk | None:
        found = self._chunks.ids(state)
        return await run_uncancellable(self._chunks.get, found[0]) if found else None

    async def _build(self) -> Chunk | None:
        run = self._journal.row
        if run["all_read"]:
            return None
        content = await run_uncancellable(self._reader.take, run["chunk_limit"])
        await run_uncancellable(
            self._chunks.add,
            content.places,
            content.body,
            documents=content.documents,
            all_read=content.last,
        )
        return await self._first("PENDING")

    async def _send(self, chunk: Chunk) -> None:
        documents = await run_uncancellable(lambda: chunk.documents)
        # Await nothing between these two: another job could take the call, and this one would miss a cancel.
        if not await self._ration.ready(self._counter.rationed, lambda: self._is_cancelled):
            return
        try:
            async with self._ration.call(self._counter.rationed):
                await run_uncancellable(self._chunks.mark_sending, chunk, self._clock.now())
                self._counter.request(chunk)
                action = await self._client.import_orders(documents)
        except VoucherifyError as error:
            await self._not_accepted(chunk, error)
        else:
            self._patience.answered()
            self._refused = 0
            await run_uncancellable(self._chunks.mark_accepted, chunk, action, self._clock.now())

    async def _not_accepted(self, chunk: Chunk, error: VoucherifyError) -> None:
        if isinstance(error, InvalidRequest) or (isinstance(error, ApiError) and error.status == 413):
            self._patience.answered()
            await run_uncancellable(self._refuse, chunk, error)
            return
        if not error.sent:
            await run_uncancellable(self._chunks.mark_pending, chunk)
        await self._patience.wait(error, lambda: self._is_cancelled)

    def _refuse(self, chunk: Chunk, error: ApiError) -> None:
        """The service refused the chunk: split it until only the orders at fault are left."""
        refusal = read_refusal(error)
        rows = len(chunk.places)
        if rows == 1:
            self._refused += 1
            path = error.details.split()[1].lstrip(".") if refusal.path and error.details else ""
            self._chunks.mark_done(chunk, [chunk.finding(0, refusal.rest or refusal.message, path)])
            self._counter.ended(chunk, rejected=1)
            if self._refused >= REFUSED_ORDERS:
                raise ServiceFailing(f"the service refuses every order: {refusal.message}")
        elif refusal.too_many:
            size = refusal.limit if refusal.limit and refusal.limit < rows else max(rows // 2, 1)
            parts = [range(at, min(at + size, rows)) for at in range(0, rows, size)]
            self._chunks.split(chunk, parts, limit=size)
        elif meant := suspected_orders(refusal, chunk.documents):
            self._chunks.split(chunk, [sorted(set(range(rows)) - set(meant)), meant])
        else:
            self._chunks.split(chunk, split_in_half(list(range(rows))))

    async def _resolve(self, chunk: Chunk) -> None:
        """The chunk was sent and no response came: find its job, or send the chunk again."""
        self._counter.phase("resolving", "checking whether the last request arrived")
        action, is_complete = await self._calls.find_job(
            chunk, await run_uncancellable(self._chunks.known_actions)
        )
        if action is not None:
            await run_uncancellable(
                self._chunks.mark_accepted, chunk, action.id, self._clock.now(), proven=False
            )
        elif is_complete:
            await run_uncancellable(self._chunks.mark_pending, chunk)
        else:
            await self._settle_by_rows(chunk, None, "it is not known whether the request arrived")

    async def _follow(self, chunk: Chunk) -> None:
        self._counter.phase("following", "")
        expected = None if self._row_seconds is None else self._row_seconds * len(chunk.places)
        steps = poll_delays(expected)
        # The job may have been accepted by another process: only the wall clock is common to both, and
        # it may have been set back since.
        since_accepted = max(self._clock.now() - (chunk.accepted_at or 0.0), 0.0)
        running = min(since_accepted, self._clock.monotonic() - self._last_end)
        await self._clock.sleep(max(next(steps) - running, 0.0))
        watch = StatusWatch(self._clock)
        while True:
            try:
                action = await self._calls.job(chunk.action or "")
            except NotFound:
                await self._settle_by_rows(chunk, None, "the service no longer knows its job")
                return
            self._counter.job(action, watch.note(action.status, action.progress))
            if action.status in {"DONE", "FAILED"}:
                break
            await self._clock.sleep(next(steps))
        await self._settle(chunk, action)

    async def _settle(self, chunk: Chunk, action: AsyncAction) -> None:
        self._last_end = self._clock.monotonic()
        result = action.result
        rows = len(chunk.places)
        if action.status == "FAILED" or not is_readable(result, rows):
            why = (
                "the service's job failed" if action.status == "FAILED" else "the service's job has no result"
            )
            await self._settle_by_rows(chunk, action, why)
            return
        outcome = read_job_result(await run_uncancellable(lambda: chunk.source_ids), result)
        if not chunk.proven and not await self._is_proven(chunk, action, outcome):
            return
        self._failing = 0
        self._learn(chunk, action)
        findings = [chunk.finding(at, reason) for at, reason in sorted(outcome.failed.items())]
        if outcome.doubtful:
            await self._settle_by_rows(
                chunk, action, NO_REASON, positions=outcome.doubtful, findings=findings
            )
        else:
            await self._end(chunk, findings)

    async def _is_proven(self, chunk: Chunk, action: AsyncAction, outcome: JobOutcome) -> bool:
        """Whether the job is the chunk's; handles the case that it is not, or is unknown."""
        match: Match = "other"
        if counts_fit(len(chunk.places), action.result) and not outcome.strange:
            match = "unknown"
            if not outcome.doubtful:
                match = await match_ends(chunk, action, outcome, self._calls.find)
        if match == "other":
            await run_uncancellable(self._chunks.mark_unresolved, chunk)
        elif match == "unknown":
            await self._settle_by_rows(chunk, action, "it is not known whether the request arrived")
        return match == "ours"

    async def _settle_by_rows(
        self,
        chunk: Chunk,
        action: AsyncAction | None,
        why: str,
        *,
        positions: Sequence[int] | None = None,
        findings: Sequence[RowFinding] = (),
    ) -> None:
        """The result of rows is unknown: read their orders, and send only the rows that did not arrive."""
        self._counter.phase("resolving", "checking which rows arrived")
        times = JobTimes.of(action) if action is not None else None
        since = times.created if times is not None and chunk.proven else earliest_write(chunk, action)
        looked_at = range(len(chunk.places)) if positions is None else positions
        states = await look_up_rows(
            await run_uncancellable(lambda: chunk.documents),
            looked_at,
            since=since,
            times=times if chunk.proven else None,
            reader=self._calls,
            record=LookupRecord(self._journal, chunk.id),
        )
        if action is not None and not chunk.proven and len(states.untouched) == len(chunk.places):
            await run_uncancellable(
                self._chunks.mark_unresolved, chunk
            )  # the job wrote none of the rows: it is another one
            return
        found = [
            *findings,
            *(chunk.finding(at, f"{why}, and {CHANGED}") for at in states.changed),
            *(chunk.finding(at, f"{why}, and {UNREAD}") for at in states.unread),
        ]
        if states.arrived or not states.untouched:
            self._failing = 0
        if len(states.untouched) == len(chunk.places):
            await run_uncancellable(self._job_failed, chunk, why)
        elif states.untouched:
            left = list(states.untouched)
            parts = [left] if chunk.failures == 0 else split_in_half(left)
            failures = 0 if action is None or positions is not None else 1
            await run_uncancellable(self._chunks.split, chunk, parts, findings=found, failures=failures)
            imported = len(chunk.places) - len(found) - len(left)
            self._counter.ended(chunk, imported=imported, rejected=len(found))
        else:
            await self._end(chunk, found)

    async def _end(self, chunk: Chunk, findings: Sequence[RowFinding]) -> None:
        await run_uncancellable(self._chunks.mark_done, chunk, findings)
        self._counter.ended(chunk, imported=len(chunk.places) - len(findings), rejected=len(findings))

    def _job_failed(self, chunk: Chunk, why: str) -> None:
        """A job wrote nothing: retry once, then assume that a row is at fault and split the chunk."""
        self._failing += 1
        if self._failing >= FAILING_JOBS:
            self._chunks.mark_pending(chunk)
            raise ServiceFailing("every import job of the service fails")
        if chunk.failures == 0:
            self._chunks.mark_pending(chunk, failures=1)
        elif len(chunk.places) > 1:
            self._chunks.split(chunk, split_in_half(list(range(len(chunk.places)))), failures=1)
        else:
            self._chunks.mark_done(chunk, [chunk.finding(0, why)])
            self._counter.ended(chunk, rejected=1)

    def _learn(self, chunk: Chunk, action: AsyncAction) -> None:
        if action.processing_time is not None and chunk.places:
            self._row_seconds = action.processing_time / 1000 / len(chunk.places)

    def _rationed(self, until: float) -> None:
        """Report the wait, and notice a cancel that another process asked for meanwhile."""
        self._counter.rationed(until)
        self._is_cancelled  # noqa: B018 - reads the journal

    def _close(self) -> None:
        self._reader.close()
        self._counter.save(rate=None if not self._row_seconds else 1 / self._row_seconds)
