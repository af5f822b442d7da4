"""How far a run is, for other processes: the newest word of the one that follows it, beside its journal.

The journal says what is certain; this says what goes on: the rate, the time left, what is waited for. It may
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
from tui.jobs.background.threads import run_uncancellable
from tui.jobs.importing.runs.import_progress import ImportProgress, OnProgress

SUFFIX = ".now"
WRITE_INTERVAL = 0.5
"""Seconds between two words that are kept, however many are told."""


class RunStatusFile:
    """Takes the progress of a run that is followed here, hands it on, and keeps the newest."""

    def __init__(self, journal: Path, on_progress: OnProgress | None) -> None:
        self._path = journal.with_suffix(SUFFIX)
        self._on_progress = on_progress
        self._newest: ImportProgress | None = None
        self._kept: ImportProgress | None = None

    def tell(self, progress: ImportProgress) -> None:
        """A newer word."""
        self._newest = progress
        if self._on_progress is not None:
            self._on_progress(progress)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keep the newest word inside; what ends the block by an error is kept as the reason of the stop."""
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

    def forget(self) -> None:
        """The run is over, and its journal tells how. Blocks."""
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
        # A full disk keeps nobody from going on as long as the journal can be written.
        with suppress(OSError):
            with atomic_write_text(self._path, overwrite=True, durable=False) as file:
                json.dump(asdict(newest), file)
            self._kept = newest


def read_status(journal: Path) -> ImportProgress | None:
    """What was last told of a run that is not over, here or by another process. Blocks."""
    try:
        return ImportProgress(**json.loads(journal.with_suffix(SUFFIX).read_text()))
    except (OSError, ValueError, TypeError):
        return None
