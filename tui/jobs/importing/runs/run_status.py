"""The status file of a run: the newest progress, written beside its journal for other processes to read.

The journal holds what is certain; this file holds the rate, the time left and the reason for a wait. It may
be lost without harm, so it is not forced to the disk.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from tui.files.atomic_write import atomic_write_text
from tui.files.threads import run_uncancellable
from tui.jobs.importing.runs.import_progress import ImportProgress, OnProgress

SUFFIX = ".now"
WRITE_INTERVAL = 0.5
"""Seconds between two writes, however often the progress changes."""


class RunStatusFile:
    """Writes the newest progress of a run of this process, and passes it on to ``on_progress``."""

    def __init__(self, journal: Path, on_progress: OnProgress | None) -> None:
        self._path = journal.with_suffix(SUFFIX)
        self._on_progress = on_progress
        self._newest: ImportProgress | None = None
        self._kept: ImportProgress | None = None

    def update(self, progress: ImportProgress) -> None:
        """Take newer progress."""
        self._newest = progress
        if self._on_progress is not None:
            self._on_progress(progress)

    @asynccontextmanager
    async def written(self) -> AsyncIterator[None]:
        """Write the newest progress while the block runs; an error that ends it is written as the reason."""
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        except Exception as error:
            self._stopped(error)
            raise
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            await run_uncancellable(self._write)

    def remove(self) -> None:
        """Delete the file when the run is over. Blocks."""
        self._path.unlink(missing_ok=True)

    async def _keep(self) -> None:
        while True:
            await run_uncancellable(self._write)
            await asyncio.sleep(WRITE_INTERVAL)

    def _stopped(self, error: Exception) -> None:
        if self._newest is not None:
            self._newest = replace(
                self._newest, phase="ended", rate=None, seconds_left=None, waiting_until=None, note=str(error)
            )

    def _write(self) -> None:
        newest = self._newest
        if newest is None or newest == self._kept:
            return
        # The run goes on without this file as long as its journal can be written.
        with suppress(OSError):
            with atomic_write_text(self._path, overwrite=True, durable=False) as file:
                json.dump(asdict(newest), file)
            self._kept = newest


def read_status(journal: Path) -> ImportProgress | None:
    """The newest progress of an unfinished run, of this or another process. Blocks."""
    try:
        return ImportProgress(**json.loads(journal.with_suffix(SUFFIX).read_text()))
    except (OSError, ValueError, TypeError):
        return None
