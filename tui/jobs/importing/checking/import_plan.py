"""The plan of an import: what it costs and what it changes, known before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from tui.jobs.background.clock import format_duration
from tui.jobs.background.polling import DELAYS
from tui.jobs.background.quota import RESERVE, Quota
from tui.jobs.importing.checking.confirmations import ImportConfirmation
from tui.jobs.importing.checking.file_check import FileCheck
from tui.jobs.importing.checking.metadata_type_lookup import TypeLookup
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.import_file import ImportFile
from tui.jobs.importing.sending.chunk_reader import LARGEST_BODY
from tui.orders.times import format_utc
from tui.terminal.pluralize import pluralize

ROWS_A_SECOND = 200.0
"""The assumed speed of imports until one was measured."""

POLLS_AFTER_THE_FIRST = 2
NAMED = 8
"""Columns that are left out which a remark names; it counts the others."""

HOUR, MINUTE = 3600.0, 60.0

EFFECTS = (
    "Imports are for historical orders; keep orders up to date with create and update.",
    "An import triggers no events, webhooks or order distributions.",
    "Customers and products in the orders are created or updated.",
    "Segments are refreshed; that may start segment distributions and earning rules.",
    "Orders that exist already (same source_id or id) are updated.",
)
"""What every import does and does not do (``docs/voucherify-api.md#imports``)."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A checked file, ready to be imported: the run, what was found, and what it will take.

    ``seconds`` is a guess of the time that it takes, waits for the budget included; ``finishes_at`` is in
    epoch seconds. Each of ``doubts`` is asked about besides the import itself; ``notes`` are remarks that
    are not of the file alone.
    """

    run: str
    file: ImportFile
    options: ImportOptions
    checked: FileCheck
    requests: int
    polls: int
    allowance: Quota
    seconds: float
    finishes_at: float
    types: TypeLookup | None = None
    doubts: tuple[ImportConfirmation, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def calls(self) -> int:
        """Calls that the import is expected to make."""
        return self.requests + self.polls

    @property
    def obstacle(self) -> str | None:
        """Why the import cannot start; ``None`` when it can. Faulty rows alone do not stop the others."""
        if self.checked.unreadable is not None:
            return f"the file cannot be read to its end: {self.checked.unreadable}"
        if not self.checked.good:
            return "no order in it can be imported"
        return self.types.obstacle if self.types is not None else None

    def describe(self) -> str:
        """The costs in one line."""
        parts = [f"{pluralize(self.requests, 'request')}, about {pluralize(self.polls, 'poll')}"]
        if self.allowance.remaining is not None and self.allowance.limit is not None:
            parts.append(f"{self.allowance.remaining:,} of {pluralize(self.allowance.limit, 'call')} left")
        parts.append(f"done about {format_utc(self.finishes_at)}")
        if self.seconds > MINUTE:
            parts[-1] += f" (in {format_duration(self.seconds)})"
        return ", ".join(parts)

    @property
    def unknown_outcomes(self) -> int:
        """Rows that are matched by source_id, so that only the service knows whether they update an order."""
        return self.checked.good - self.checked.by_id

    def describe_outcome(self) -> str:
        """How many orders are updated and created, as far as the file shows."""
        by_id, others = self.checked.by_id, self.unknown_outcomes
        parts = []
        if by_id:
            rows = pluralize(by_id, "row")
            parts.append(
                f"{rows} matched by id: the order is updated, or the row is rejected if there is none"
            )
        if others:
            rows = pluralize(others, "row")
            parts.append(
                f"{rows} matched by source_id: updated where the account has the order, created where not"
            )
        return "; ".join(parts)

    def describe_findings(self) -> str:
        """What the check found, in one line."""
        checked = self.checked
        parts = [f"{checked.good:,} of {pluralize(checked.rows, 'row')} can be imported"]
        if checked.faulty:
            parts.append(f"{checked.faulty:,} cannot")
        if checked.skipped:
            parts.append(f"{checked.skipped:,} are left out as duplicates")
        if checked.blank:
            parts.append(f"{pluralize(checked.blank, 'row')} without any value skipped")
        return ", ".join(parts)

    def money(self) -> Iterator[str]:
        """How amounts and statuses are read, by examples that the user can check."""
        checked, mapping = self.checked, self.options.mapping
        if checked.money:
            yield f"Amounts are read like this: {'; '.join(checked.money)}."
        if checked.totals:
            yield f"Totals of the first orders: {'; '.join(checked.totals)}."
        if checked.good and not checked.amounts:
            yield "No order in this file has an amount."
        for column in mapping.columns if mapping else ():
            cells = [cell for cell, text in column.values if not text and column.path == "status"]
            if cells:
                yield f"Orders whose “{column.header}” is {' or '.join(cells)} get no status."

    def remarks(self) -> tuple[str, ...]:
        """Effects that the import has or lacks, and what it ignores in the file."""
        checked = self.checked
        lines = [*self.notes, *self.money(), *EFFECTS]
        if self.file.copy is not None:
            size = f"{max(self.file.size // 1000, 1):,} kB"
            lines.append(f"Ordex sends a private copy of the file ({size}) and deletes it at the end.")
        if checked.dated and self.options.keep_created_at_as is None:
            dated = pluralize(checked.dated, "row")
            lines.append(
                "An import does not set created_at: new orders get the time of the import, existing orders"
                f" keep theirs. To keep the dates of {dated}, name a metadata key for them."
            )
        elif self.options.keep_created_at_as is not None:
            lines.append(f"Original dates are kept in metadata.{self.options.keep_created_at_as}.")
        if checked.assigned:
            assigned = pluralize(checked.assigned, "row")
            lines.append(f"{assigned} without a source_id get one derived from the file and the line.")
        if checked.left_out:
            lines.append(_left_out(checked.left_out))
        if self.types is not None:
            lines.extend(self.types.remarks())
        lines.extend(f"{warning} ({pluralize(rows, 'row')})" for warning, rows in checked.warnings)
        return tuple(lines)


def make_plan(
    run: str,
    file: ImportFile,
    options: ImportOptions,
    checked: FileCheck,
    *,
    allowance: Quota,
    now: float,
    rate: float | None = None,
    types: TypeLookup | None = None,
    doubts: tuple[ImportConfirmation, ...] = (),
    notes: tuple[str, ...] = (),
) -> ImportPlan:
    """Reckon what the import of a checked file takes; ``rate`` is the orders a second seen before."""
    by_rows = ceil(checked.good / options.chunk)
    by_size = ceil(checked.body_bytes / LARGEST_BODY) if checked.good else 0
    requests = max(by_rows, by_size)
    job_seconds = min(checked.good, options.chunk) / (rate or ROWS_A_SECOND)
    polls = _first_polls(job_seconds) + POLLS_AFTER_THE_FIRST * (requests - 1) if requests else 0
    working = checked.good / (rate or ROWS_A_SECOND) + DELAYS[0] * min(requests, 1)
    seconds = max(working, _waiting(requests + polls, allowance, now))
    finishes_at = now + seconds
    return ImportPlan(
        run, file, options, checked, requests, polls, allowance, seconds, finishes_at, types, doubts, notes
    )


def _first_polls(seconds: float) -> int:
    """Polls until a job of that length is seen to be over, when its length is not known before."""
    polls, passed = 0, 0.0
    while passed < seconds or polls == 0:
        passed += DELAYS[min(polls, len(DELAYS) - 1)]
        polls += 1
    return polls


def _waiting(calls: int, allowance: Quota, now: float) -> float:
    """Seconds until the budget allows so many calls."""
    if allowance.calls is None or allowance.limit is None or calls <= allowance.calls:
        return 0.0
    until_more = HOUR if allowance.more_at is None else max(allowance.more_at - now, 0.0)
    period = HOUR if until_more > MINUTE else MINUTE
    a_period = max(allowance.limit - ceil(allowance.limit * RESERVE), 1)
    return until_more + (ceil((calls - allowance.calls) / a_period) - 1) * period


def _left_out(columns: tuple[str, ...]) -> str:
    named = ", ".join(f"“{name}”" if name else "one without a name" for name in columns[:NAMED])
    more = f" and {len(columns) - NAMED:,} more" if len(columns) > NAMED else ""
    many = len(columns) > 1
    return f"The column{'s' if many else ''} {named}{more} {'are' if many else 'is'} left out."
