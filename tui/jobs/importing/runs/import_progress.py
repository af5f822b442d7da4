"""Progress and result of an import: numbers for a screen, text for a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tui.jobs.background.clock import format_duration
from tui.jobs.importing.runs.import_journal import RowFinding
from tui.orders.times import format_utc
from tui.terminal.pluralize import pluralize

Phase = Literal["checking", "sending", "following", "waiting", "resolving", "ended"]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """The progress of an import. Later ones replace earlier ones.

    ``rows`` are those to be imported, of which ``sent`` were sent; ``imported`` and ``rejected`` are known
    results. While checking, ``rows`` are those checked. ``percent`` is the service's word about the job that
    is followed, ``rate`` rows a second since this process took the import up, ``seconds_left`` a guess from
    it. ``waiting_until`` is an epoch second, and ``note`` is what is waited for. ``stopped`` says that
    nothing more is sent, and only sent requests are followed.
    """

    run: str
    phase: Phase
    rows: int
    sent: int = 0
    imported: int = 0
    rejected: int = 0
    requests: int = 0
    polls: int = 0
    percent: int | None = None
    rate: float | None = None
    seconds_left: float | None = None
    waiting_until: float | None = None
    note: str = ""
    stopped: bool = False

    def describe(self, *, brief: bool = False) -> str:
        """One line for a terminal without a screen; ``brief`` leaves the rate out."""
        if self.phase == "checking":
            return self.note or f"checked {pluralize(self.rows, 'row')}"
        line = f"{self.imported + self.rejected:,} of {pluralize(self.rows, 'row')}"
        if self.rejected:
            line += f", {self.rejected:,} rejected"
        if self.stopped and self.phase != "ended":
            line += ", nothing more is sent"
        if self.rate is not None and self.seconds_left and not brief:
            line += f", {self.rate:,.0f} a second"
        if self.seconds_left and not self.stopped:
            line += f", about {format_duration(self.seconds_left)} left"
        if self.waiting_until is not None:
            line += f", waiting until {format_utc(self.waiting_until)}: {self.note}"
        elif self.note:
            line += f", {self.note}"
        return line


OnProgress = Callable[[ImportProgress], None]

ResultState = Literal["done", "partial", "cancelled"]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How an import ended. ``rows`` = ``imported`` + ``rejected`` + ``skipped`` + ``not_sent``.

    ``rejected`` counts rows, found by the check or refused by the service; ``findings`` holds the first
    reasons. ``requests``, ``polls`` and ``lookups`` are the calls that were made.
    """

    run: str
    state: ResultState
    rows: int
    imported: int
    rejected: int
    skipped: int
    not_sent: int
    requests: int
    polls: int
    lookups: int
    findings: tuple[RowFinding, ...]

    @property
    def calls(self) -> int:
        """All calls that the import made."""
        return self.requests + self.polls + self.lookups

    def describe(self) -> str:
        """The result, in one or two sentences."""
        parts = [f"{self.imported:,} of {pluralize(self.rows, 'order')} imported"]
        if self.rejected:
            parts.append(f"{self.rejected:,} rejected")
        if self.skipped:
            parts.append(f"{self.skipped:,} left out as duplicates")
        line = ", ".join(parts) + "."
        if self.state == "cancelled":
            were = "was" if self.not_sent == 1 else "were"
            line += f" Cancelled: {self.not_sent:,} {were} not sent; accepted orders cannot be recalled."
        return line
