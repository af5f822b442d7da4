"""Facts about a snapshot of orders for the status line: loaded, sorted, filtered, as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta

from tui.orders.orders_snapshot import REACH, SERVER_ORDERS, OrdersSnapshot

from .columns import column

ONE_READING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SnapshotFact:
    """One fact about a snapshot as text, and the same in fewer cells.

    A narrow display drops facts of high ``rank`` first, and never one of rank 0.
    """

    text: str
    short: str
    rank: int


def describe_snapshot(loaded: OrdersSnapshot) -> tuple[SnapshotFact, ...]:
    """The facts of a snapshot: how many of how many, sorted and filtered over what, read when."""
    if not loaded.is_read:
        return ()
    return tuple(
        fact
        for fact in (
            _how_much(loaded),
            _filtered(loaded),
            _sorted_over(loaded),
            _server_order(loaded),
            _ceiling(loaded),
            _read(loaded),
        )
        if fact is not None
    )


def _how_much(loaded: OrdersSnapshot) -> SnapshotFact:
    count, total = loaded.count, loaded.total
    if loaded.complete:
        if not count:
            return SnapshotFact("no orders", "no orders", 0)
        return SnapshotFact(f"all {count:,} loaded", f"all {count:,}", 0)
    if total is None:
        return SnapshotFact(f"{count:,} loaded, total unknown", f"{count:,} of ?", 0)
    if total == count:
        return SnapshotFact(f"{count:,} loaded, end of the list not reached", f"{count:,} of ?", 0)
    text = f"{count:,} of {total:,}"
    if loaded.coverage.ended:
        return SnapshotFact(f"{text} loaded, the service lists no more", text, 0)
    return SnapshotFact(f"{text} loaded", text, 0)


def _filtered(loaded: OrdersSnapshot) -> SnapshotFact | None:
    if loaded.filter is None:
        return None
    over = f"all {loaded.count:,}" if loaded.complete else f"the {loaded.count:,} loaded"
    if loaded.skipped:
        over += f" ({loaded.skipped:,} unreadable)"
    return SnapshotFact(
        f"{len(loaded.rows):,} match “{loaded.filter.text}”, filtered over {over}",
        f"{len(loaded.rows):,} match “{_begin(loaded.filter.text)}” over {over}",
        0,
    )


def _begin(text: str, length: int = 18) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _sorted_over(loaded: OrdersSnapshot) -> SnapshotFact | None:
    if loaded.sort is None:
        return None
    arrow = "↓" if loaded.sort.descending else "↑"
    title = column(loaded.sort.column).title.lower()
    over = f"all {loaded.count:,}" if loaded.complete else f"the {loaded.count:,} loaded"
    return SnapshotFact(f"sorted by {title} {arrow} over {over}", f"by {title} {arrow} over {over}", 0)


def _server_order(loaded: OrdersSnapshot) -> SnapshotFact:
    words = SERVER_ORDERS.get(loaded.server_order, loaded.server_order)
    if loaded.sort is None:
        return SnapshotFact(f"{words}, from the server", words, 2)
    return SnapshotFact(f"{words} from the server", words, 4)


def _ceiling(loaded: OrdersSnapshot) -> SnapshotFact | None:
    if not loaded.beyond_reach:
        return None
    return SnapshotFact(
        f"the API lists {REACH:,} at most: export for all of them", f"{REACH:,} at most: export for all", 1
    )


def _read(loaded: OrdersSnapshot) -> SnapshotFact:
    first, last = min(loaded.read_at.values()), max(loaded.read_at.values())
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    text, short = f"read {first:%Y-%m-%d %H:%M:%S} UTC", f"read {first:%m-%d %H:%M}Z"
    if last - first >= ONE_READING:
        end = f"{last:%H:%M:%S}" if last.date() == first.date() else f"{last:%Y-%m-%d %H:%M:%S}"
        text = f"read {first:%Y-%m-%d %H:%M:%S} to {end} UTC"
    return SnapshotFact(text, short, 3)
