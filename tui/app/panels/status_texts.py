"""Texts of the status line and of an empty table. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING

from tui.orders.orders_snapshot import OrdersSnapshot
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.voucherify.rate_limit import CallBudget, Wait


def awaited_fact(pages: Collection[int], orders: Collection[str]) -> SnapshotFact:
    """What is being requested: pages, orders by id or source_id, or else the session."""
    if pages:
        return SnapshotFact(f"reading page {', '.join(str(page) for page in sorted(pages))}…", "reading…", 0)
    if orders:
        return SnapshotFact(f"reading order {', '.join(sorted(orders))}…", "reading…", 0)
    return SnapshotFact("opening…", "opening…", 0)


def waiting_fact(wait: Wait, left: float) -> SnapshotFact:
    """Why a request waits, and for how many seconds yet: ``left``, which may have run out."""
    seconds = max(0, math.ceil(left))
    return SnapshotFact(
        f"{wait.reason}, trying again in {seconds} s", f"{wait.reason}, again in {seconds} s", 0
    )


def budget_fact(budget: CallBudget, now: float) -> tuple[SnapshotFact, ...]:
    """Calls left, if the service reported them; after the end of that period, that there are new ones.

    ``now`` is in epoch seconds.
    """
    remaining, ends = budget.remaining, budget.resets_at
    if remaining is None:
        return ()
    if ends is not None and (budget.seen_at or 0) < ends <= now:
        return (SnapshotFact("calls renewed", "calls renewed", 3),)
    short = pluralize(remaining, "call")
    left = short if budget.limit is None else f"{remaining:,} of {pluralize(budget.limit, 'call')}"
    return (SnapshotFact(f"{left} left", short, 1),)


def failure_fact(failure: str) -> SnapshotFact:
    """A failure whose panel was closed, and how to retry."""
    return SnapshotFact(f"{failure}, r tries again", f"{failure}, r: again", 0)


def why_elsewhere(shown: Order | None, loaded: OrdersSnapshot) -> str | None:
    """Why the order that is shown is not in the table; ``None`` when it is, or when none is shown."""
    if shown is None or loaded.index(shown.key) is not None:
        return None
    if shown.key in loaded.by_id:
        return "the order shown does not match the filter"
    return "the order shown is not in the loaded list"


def why_empty(loaded: OrdersSnapshot, failure: str) -> str:
    """The text of the table when it has no rows. ``failure`` is the error of the first page."""
    if not loaded.is_read:
        return f"{failure}. r tries again." if failure else ""
    if loaded.filter is not None:
        if loaded.filter.note:
            note = visible(loaded.filter.note, limit=300)
            return f"No loaded order matches ({note}). esc clears the filter, > reads more."
        return "No loaded order matches. esc clears the filter, > reads more."
    if loaded.complete:
        return "No orders yet."
    return "The service listed no orders, but its answer does not prove that there are none. r tries again."
