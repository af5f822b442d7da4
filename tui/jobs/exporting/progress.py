"""What an export tells while it runs and when it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.jobs.durations import duration
from tui.orders.times import utc_time
from tui.terminal.pluralize import pluralize

from .fields import Form, Format

Phase = Literal["creating", "following", "downloading", "checking", "waiting", "ended"]


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is. Later ones replace earlier ones.

    ``status`` is the service's word, ``received`` and ``total`` are bytes, ``rate`` bytes a second;
    ``waiting_until`` is an epoch second and ``note`` says what is waited for.
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

    def words(self, *, brief: bool = False) -> str:
        """One line for a terminal without a screen; ``brief`` leaves rate and time left out."""
        if self.phase == "downloading":
            of = f" of {self.total:,}" if self.total is not None else ""
            line = f"downloaded {self.received:,}{of} bytes"
            if brief:
                return line
            if self.rate is not None:
                line += f", {self.rate / 1e6:,.1f} MB a second"
            return line + (f", about {duration(self.seconds_left)} left" if self.seconds_left else "")
        if self.waiting_until is not None:
            return f"waiting until {utc_time(self.waiting_until)}: {self.note}"
        return {
            "creating": "scheduling the export",
            "following": self.note or f"the export is {self.status or 'scheduled'}",
        }.get(self.phase, self.note or self.phase)


OnProgress = Callable[[ExportProgress], None]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A file that is whole and on disk.

    ``rows`` are orders in it, ``exported`` those in the service's file before a filter of ours; ``expected``
    is the number of orders that the account had when the job was made, if it was asked. ``sha256`` is that
    of the service's file, byte for byte. ``masked`` is whether personal values in it are masked.
    ``of_orders`` is whether its rows are orders, and ``doubts`` what is odd about them, in words.
    """

    export: str
    path: Path
    format: Format
    form: Form
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
        """How many rows more (or, below zero, fewer) than orders in the account; ``None`` if not known."""
        return None if self.expected is None else self.exported - self.expected

    @property
    def is_partial(self) -> bool:
        """Whether it may not be every order once, as it is."""
        return bool(self.doubts) or (self.difference is not None and self.difference < 0)

    def words(self) -> str:
        """What happened, in a sentence."""
        what = "order" if self.of_orders and not self.doubts else "row"
        line = "; ".join((f"{pluralize(self.rows, what)} in {self.path}", *self.doubts))
        if self.difference:
            counts = f"the service counted {self.expected:,} when the job began"
            line += f"; {counts}, and its file has {self.exported:,}"
        if self.form == "spreadsheet":
            line += "; made safe for spreadsheets"
        if self.masked:
            line += "; what is personal in them is masked"
        return line + "."
