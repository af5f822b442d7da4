"""The summary of a run: what it imports, how far it is, and whether a process is sending it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.jobs.importing.checking.file_check import SHOWN
from tui.jobs.importing.runs.import_journal import ImportJournal, RowFinding, RunState
from tui.jobs.importing.runs.import_progress import ImportProgress, ImportResult
from tui.jobs.importing.runs.run_locks import is_run_locked
from tui.jobs.importing.runs.run_status import read_status
from tui.terminal.pluralize import pluralize


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in the journals. ``started_at`` in epoch seconds; ``open`` when some rows have no outcome yet.

    ``under_way`` is whether a process, this one or another, is at it; ``status`` what that process, or the
    last one, reported. ``findings`` counts rows with reasons against them. ``sha256`` is that of the file,
    and ``assigned`` how many rows were given a source_id.
    """

    run: str
    profile: str
    state: RunState
    path: Path
    rows: int
    imported: int
    rejected: int
    started_at: float
    findings: int = 0
    calls: int = 0
    under_way: bool = False
    status: ImportProgress | None = None
    sha256: str = ""
    assigned: int = 0

    @property
    def open(self) -> bool:
        """Whether some rows are still to be sent or followed."""
        return self.state in {"RUNNING", "CANCELLED"} and self.imported + self.rejected < self.rows

    @property
    def stopped_by(self) -> str:
        """Why the last process gave up, if it could record the reason."""
        status = self.status
        return status.note if status is not None and status.phase == "ended" and not self.under_way else ""

    def describe(self) -> str:
        """The progress or the result, in one line."""
        if self.under_way and self.status is not None:
            return self.status.describe()
        line = f"{self.imported + self.rejected:,} of {pluralize(self.rows, 'row')}"
        if self.findings:
            line += f", {self.findings:,} rejected"
        if self.stopped_by:
            return f"{line}, stopped: {self.stopped_by}"
        if self.state == "CANCELLED" and self.open:
            left = self.rows - self.imported - self.rejected
            asked = "nothing more is sent" if self.under_way else f"stopped on request, {left:,} left"
            line += f", {asked}"
        return line


def stored_summary(journal: ImportJournal) -> dict[str, Any]:
    """The facts in the journal of a run, as JSON values named as in ``RunSummary``. Blocks."""
    run = journal.row
    imported, rejected = settled_rows(journal)
    return {
        "run": run["id"],
        "profile": run["profile"],
        "state": run["state"],
        "path": run["path"],
        "rows": run["good"],
        "imported": imported,
        "rejected": rejected,
        "started_at": run["created_at"],
        "findings": journal.count("SELECT count(DISTINCT key) FROM finding"),
        "calls": int(run["requests"] + run["polls"] + run["lookups"]),
        "sha256": run["sha256"],
        "assigned": _assigned(journal),
    }


def _assigned(journal: ImportJournal) -> int:
    known = journal.count("SELECT count(*) FROM sqlite_master WHERE name = 'assigned_row'")
    return journal.count("SELECT count(*) FROM assigned_row") if known else 0


def current_summary(journal: Path, stored: dict[str, Any]) -> RunSummary:
    """A stored summary with what changes without the journal: whether a process works on the run. Blocks."""
    is_over = stored["state"] not in {"RUNNING", "CANCELLED"}
    return RunSummary(
        **{**stored, "path": Path(stored["path"])},
        under_way=not is_over and is_run_locked(journal),
        status=None if is_over else read_status(journal),
    )


def summary_at(path: Path) -> RunSummary:
    """The run of a journal file. Blocks.

    Raises:
        ImportRefused: there is no such run.
    """
    with closing(ImportJournal(path)) as journal:
        return current_summary(path, stored_summary(journal))


def read_result(journal: ImportJournal) -> ImportResult:
    """The results of the rows so far. Blocks."""
    run = journal.row
    imported, refused = settled_rows(journal)
    rejected = journal.count("SELECT count(DISTINCT key) FROM finding")
    skipped = journal.count("SELECT count(*) FROM skipped")
    not_sent = int(run["good"]) - imported - refused
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
        findings=tuple(RowFinding(*found) for found in first),
    )


def settled_rows(journal: ImportJournal) -> tuple[int, int]:
    """How many rows were imported and how many the service refused."""
    sums = journal.read("SELECT sum(imported), sum(rejected) FROM chunk")[0]
    return int(sums[0] or 0), int(sums[1] or 0)


def end_run(journal: ImportJournal, now: float) -> ImportResult:
    """Write down that the run is over, or cancelled with rows left; returns its result. Blocks."""
    result = read_result(journal)
    journal.set(state="CANCELLED" if result.not_sent else "DONE", ended_at=now)
    return result
