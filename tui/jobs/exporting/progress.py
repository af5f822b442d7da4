"""The progress and result of an export, and the calls that poll it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from tui.jobs.background.clock import Clock, format_duration
from tui.jobs.background.polling import StatusWatch
from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.background.retry_policy import RetryPolicy, call_with_retries
from tui.orders.times import format_utc
from tui.terminal.pluralize import pluralize
from tui.voucherify.responses import Export

from .export_request import CellEscape, Format

Phase = Literal["creating", "following", "downloading", "checking", "waiting", "ended"]


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """The progress of an export.

    ``status`` is the service's status, ``received`` and ``total`` are bytes, ``rate`` is in bytes per second;
    ``waiting_until`` is an epoch second and ``note`` the reason of the wait.
    """

    export: str
    phase: Phase
    status: str = ""
    received: int = 0
    total: int | None = None
    rate: float | None = None
    seconds_left: float | None = None
    waiting_until: float | None = None
    note: str = ""

    def describe(self, *, brief: bool = False) -> str:
        """One line for a terminal; ``brief`` omits the rate and the remaining time."""
        if self.phase == "downloading":
            of = f" of {self.total:,}" if self.total is not None else ""
            line = f"downloaded {self.received:,}{of} bytes"
            if brief:
                return line
            if self.rate is not None:
                line += f", {self.rate / 1e6:,.1f} MB a second"
            return line + (f", about {format_duration(self.seconds_left)} left" if self.seconds_left else "")
        if self.waiting_until is not None:
            return f"waiting until {format_utc(self.waiting_until)}: {self.note}"
        return {
            "creating": "scheduling the export",
            "following": self.note or f"the export is {self.status or 'scheduled'}",
        }.get(self.phase, self.note or self.phase)


OnProgress = Callable[[ExportProgress], None]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A complete export on disk.

    ``rows`` counts the orders in the file, ``exported`` those in the service's file before a local filter,
    ``expected`` the orders of the account when the job was created, if that was requested. ``sha256`` is of
    the service's file. ``masked`` is whether personal values are masked. ``of_orders`` is whether the rows
    are orders, ``doubts`` are warnings about them.
    """

    export: str
    path: Path
    format: Format
    escape: CellEscape
    rows: int
    exported: int
    bytes: int
    sha256: str
    expected: int | None = None
    masked: bool = False
    of_orders: bool = True
    doubts: tuple[str, ...] = ()

    @property
    def difference(self) -> int | None:
        """Rows minus orders in the account; ``None`` if their number is unknown."""
        return None if self.expected is None else self.exported - self.expected

    @property
    def is_partial(self) -> bool:
        """Whether orders may be missing, repeated or damaged."""
        return bool(self.doubts) or (self.difference is not None and self.difference < 0)

    def describe(self) -> str:
        """One sentence about the result."""
        what = "order" if self.of_orders and not self.doubts else "row"
        line = "; ".join((f"{pluralize(self.rows, what)} in {self.path}", *self.doubts))
        if self.difference:
            counts = f"the service counted {self.expected:,} when the job began"
            line += f"; {counts}, and its file has {self.exported:,}"
        if self.escape == "spreadsheet":
            line += "; made safe for spreadsheets"
        if self.masked:
            line += "; personal data is masked"
        return line + "."


T = TypeVar("T")


class ExportTracker:
    """Reports the progress of one export and makes its calls."""

    def __init__(
        self, clock: Clock, ration: BackgroundQuota, export_id: str, on_progress: OnProgress | None
    ) -> None:
        self._clock = clock
        self._ration = ration
        self._id = export_id
        self._on_progress = on_progress
        self._began: float | None = None
        self.retries = RetryPolicy(clock, self._report_wait)
        self._watch = StatusWatch(clock)

    async def ask(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call that only reads, with retries."""
        return await call_with_retries(
            call, self._ration, self.retries, on_call=lambda: None, on_wait=self.quota_wait
        )

    def phase(self, phase: Phase) -> None:
        """Report the begin of a phase."""
        self._report(ExportProgress(self._id, phase))

    def status(self, export: Export) -> None:
        """Report the status of the job.

        Raises:
            NotJson: the status was missing or unknown too often.
            TimedOut: the job does not end.
        """
        odd = self._watch.note(export.status)
        self._report(ExportProgress(self._id, "following", status=export.status or "", note=odd))

    def quota_wait(self, until: float) -> None:
        """Report a wait for the rate limit, whose rest is reserved for the user."""
        self._report_wait(until, "the other calls are left for you")

    def from_thread(self) -> Callable[[int, int | None], None]:
        """A callback that reports received bytes from the thread that writes them."""
        loop = asyncio.get_running_loop()

        def report(received: int, total: int | None) -> None:
            loop.call_soon_threadsafe(self._received, received, total)

        return report

    def _received(self, received: int, total: int | None) -> None:
        now = self._clock.monotonic()
        self._began = now if self._began is None else self._began
        elapsed = now - self._began
        rate = received / elapsed if elapsed > 0 else None
        left = (total - received) / rate if total is not None and rate else None
        self._report(
            ExportProgress(
                self._id, "downloading", received=received, total=total, rate=rate, seconds_left=left
            )
        )

    def _report_wait(self, until: float, why: str) -> None:
        self._report(ExportProgress(self._id, "waiting", waiting_until=until, note=why))

    def _report(self, progress: ExportProgress) -> None:
        if self._on_progress is not None:
            self._on_progress(progress)
