"""The running report of one export, and the calls that only read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.jobs.calling import Patience, StatusWatch, ask
from tui.jobs.following import Clock, Ration
from tui.voucherify.responses import Export

from .progress import ExportProgress, OnProgress, Phase

T = TypeVar("T")


class Telling:
    """The progress of one export, and its calls."""

    def __init__(self, clock: Clock, ration: Ration, export_id: str, on_progress: OnProgress | None) -> None:
        self._clock = clock
        self._ration = ration
        self._id = export_id
        self._on_progress = on_progress
        self._began: float | None = None
        self.patience = Patience(clock, self._waits)
        self._watch = StatusWatch(clock)

    async def ask(self, call: Callable[[], Awaitable[T]]) -> T:
        """A call that only reads."""
        return await ask(call, self._ration, self.patience, on_call=lambda: None, on_wait=self.rationed)

    def phase(self, phase: Phase) -> None:
        """Something else begins."""
        self._tell(ExportProgress(self._id, phase))

    def status(self, export: Export) -> None:
        """What the service says of the job.

        Raises:
            NotJson: its status was missing or unknown too often.
            TimedOut: the job does not end.
        """
        odd = self._watch.note(export.status)
        self._tell(ExportProgress(self._id, "following", status=export.status or "", note=odd))

    def rationed(self, until: float) -> None:
        """The rest of the budget is the person's."""
        self._waits(until, "the other calls are left for you")

    def from_thread(self) -> Callable[[int, int | None], None]:
        """Tells received bytes from the thread that writes them."""
        loop = asyncio.get_running_loop()

        def told(received: int, total: int | None) -> None:
            loop.call_soon_threadsafe(self._received, received, total)

        return told

    def _received(self, received: int, total: int | None) -> None:
        now = self._clock.monotonic()
        self._began = now if self._began is None else self._began
        elapsed = now - self._began
        rate = received / elapsed if elapsed > 0 else None
        left = (total - received) / rate if total is not None and rate else None
        self._tell(
            ExportProgress(
                self._id, "downloading", received=received, total=total, rate=rate, seconds_left=left
            )
        )

    def _waits(self, until: float, why: str) -> None:
        self._tell(ExportProgress(self._id, "waiting", waiting_until=until, note=why))

    def _tell(self, progress: ExportProgress) -> None:
        if self._on_progress is not None:
            self._on_progress(progress)
