"""Removes the journals of imports that ended long ago."""

from __future__ import annotations

from pathlib import Path

from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.reading.import_file import is_unchanged
from tui.jobs.importing.runs.import_journal import ImportJournal, erase_journal
from tui.jobs.importing.runs.run_index import open_index
from tui.jobs.importing.runs.run_locks import SUFFIX as LOCK
from tui.jobs.importing.runs.run_locks import remove_stale_file_locks, run_lock
from tui.jobs.importing.runs.run_status import SUFFIX as STATUS

BESIDE = (LOCK, STATUS, ".log")
"""Suffixes of the files beside a journal."""


def erase_run(journal: Path) -> None:
    """Remove a journal and the files beside it.

    Raises:
        ImportRefused: there is no such run, or a process is sending it.
    """
    with run_lock(journal):
        erase_journal(journal)
    for suffix in BESIDE:
        journal.with_suffix(suffix).unlink(missing_ok=True)


def prune_runs(folder: Path, before: float, *, least: int, most: int) -> int:
    """Remove finished runs that began before an epoch second, and the oldest beyond ``most``.

    The newest ``least`` stay, and every run that can be resumed. Returns how many were removed.
    """
    remove_stale_file_locks(folder)
    with open_index(folder) as index:
        finished = index.finished()
    removed = 0
    for place, (journal, begun) in enumerate(finished):
        if place < least or (place < most and begun >= before):
            continue
        try:
            erase_run(journal)
        except ImportRefused:
            continue
        removed += 1
    return removed


def remove_copy(journal: ImportJournal) -> None:
    """Remove the copy of a file whose import is over, unless its rejected rows are nowhere else."""
    file = journal.file
    if file.copy is None or journal.row["state"] != "DONE":
        return
    has_rejects = journal.count("SELECT count(*) FROM finding") > 0
    if not has_rejects or (not file.is_stream and is_unchanged(file)):
        file.copy.unlink(missing_ok=True)
