"""Finds rows without a source_id that an earlier import has sent: they would create their orders again.

Such a row gets a source_id made of its file and line. The same file therefore updates its orders; the same
row in another file, or in the same one after a change, makes a new order.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tui.jobs.importing.checking.confirmations import ImportConfirmation
from tui.jobs.importing.runs.import_journal import SUFFIX, ImportJournal
from tui.jobs.importing.runs.run_index import RunIndex
from tui.jobs.importing.runs.run_summary import RunSummary
from tui.orders.times import format_utc
from tui.terminal.pluralize import pluralize

MOST_RUNS = 50
"""Earlier imports that are compared, the newest first."""


@dataclass(frozen=True, slots=True)
class RepeatedRows:
    """Earlier imports of rows without a source_id: of the same file, or else the one with most same rows."""

    same_file: RunSummary | None = None
    same_rows: RunSummary | None = None
    rows: int = 0

    @property
    def doubts(self) -> tuple[ImportConfirmation, ...]:
        """Its question to the user."""
        if self.same_rows is None:
            return ()
        rows, run = pluralize(self.rows, "row"), self.same_rows
        were = "was" if self.rows == 1 else "were"
        words = (
            f"{rows} without a source_id {were} imported already, on {format_utc(run.started_at)} from"
            f" {run.path.name} (import {run.run}). This file would create these orders again."
        )
        return (ImportConfirmation("repeats", words, f"Create the orders of {rows} a second time?"),)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Its text in a plan."""
        run = self.same_file
        if run is None:
            return ()
        remark = (
            f"This file was imported already, on {format_utc(run.started_at)} (import {run.run}): its rows"
            " without a source_id update the orders that they made then."
        )
        return (remark,)


def find_repeated_rows(path: Path, index: RunIndex, profile: str) -> RepeatedRows:
    """Look for the rows of the planned run at ``path`` in the earlier runs of its profile. Blocks."""
    with closing(ImportJournal(path)) as journal:
        sha256 = journal.file.sha256
        earlier = [run for run in index.summaries(profile) if run.assigned and run.run != journal.run]
        for run in earlier:
            if run.sha256 == sha256:
                return RepeatedRows(same_file=run)
        best = RepeatedRows()
        for run in earlier[:MOST_RUNS]:
            rows = journal.rows_also_in(path.parent / f"{run.run}{SUFFIX}")
            if rows > best.rows:
                best = RepeatedRows(same_rows=run, rows=rows)
    return best
