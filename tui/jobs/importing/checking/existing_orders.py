"""Looks up a sample of rows, spread over the file, to estimate how many orders exist already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.importing.checking.prepared_order import OrderIdentity
from tui.jobs.importing.import_client import ImportClient
from tui.orders.order import Order
from tui.terminal.pluralize import pluralize
from tui.voucherify.addresses import has_order_path
from tui.voucherify.errors import NotFound

DEFAULT_SAMPLE = 20
"""Rows looked up by default."""

LARGEST_SAMPLE = 100
"""Rows that are looked up at most; each costs a call."""


T = TypeVar("T")

OnRow = Callable[[int, int], None]
"""Called with the rows looked up and their total."""


class EvenSample:
    """Identities at even distances. Memory does not grow with the file: the distance does."""

    def __init__(self) -> None:
        self._names: list[OrderIdentity] = []
        self._offered = 0
        self._distance = 1

    def offer(self, name: OrderIdentity) -> None:
        """Take the identity of the next row, if it is its turn."""
        if self._offered % self._distance == 0:
            self._names.append(name)
            if len(self._names) > 2 * LARGEST_SAMPLE:
                del self._names[1::2]
                self._distance *= 2
        self._offered += 1

    @property
    def identities(self) -> tuple[OrderIdentity, ...]:
        """The identities taken, in the order of the file: all rows of a small file."""
        return tuple(self._names)


@dataclass(frozen=True, slots=True)
class ExistingOrders:
    """The result for the rows that were looked up, matched as the import will match them.

    ``existing`` orders would be updated. ``unknown_ids`` are ids that no order has: the service refuses
    their rows. ``misplaced`` rows have the id of an existing order as their source_id: they would make new
    orders. All others would be created. ``of`` is how many rows there are in all.
    """

    existing: int
    rows: int
    unknown_ids: int = 0
    misplaced: int = 0
    of: int = 0

    @property
    def created(self) -> int:
        """Rows that would make a new order."""
        return self.rows - self.existing - self.unknown_ids

    def describe(self) -> str:
        """Its effect on the import."""
        if not self.rows:
            return "no row could be looked up: the remaining calls are left for you"
        rows = f"{pluralize(self.rows, 'row')} looked up"
        if not self.existing:
            found = f"none of {rows} exists yet"
        else:
            they = "it" if self.existing == 1 else "they"
            exist = "exists" if self.existing == 1 else "exist"
            found = f"{self.existing:,} of {rows} {exist} already: {they} will be UPDATED"
        return "; ".join([found, *self._warnings()])

    def _warnings(self) -> list[str]:
        lines = []
        if left := max(self.of - self.rows, 0):
            lines.append(f"{pluralize(left, 'other row')} {'was' if left == 1 else 'were'} not looked up")
        if self.unknown_ids:
            have = "has an id" if self.unknown_ids == 1 else "have ids"
            lines.append(f"{self.unknown_ids:,} {have} that no order has: the service will refuse them")
        if self.misplaced:
            have = "has" if self.misplaced == 1 else "have"
            lines.append(
                f"{self.misplaced:,} {have} the id of an existing order as source_id and would make a NEW"
                " order; fill the field id from that column to update it"
            )
        return lines


async def count_existing(
    identities: Sequence[OrderIdentity],
    client: ImportClient,
    ration: BackgroundQuota,
    on_row: OnRow | None = None,
) -> ExistingOrders:
    """Look up each order, within the quota of background work, so that nothing has to wait.

    Raises:
        VoucherifyError: the service cannot be reached.
    """
    calls = ration.allowance().calls
    names = [identity for identity in identities if has_order_path(identity.value)]
    asked = names if calls is None else spread_evenly(names, min(calls, len(names)))
    existing = unknown_ids = misplaced = 0
    for number, identity in enumerate(asked, 1):
        order = None
        with suppress(NotFound):
            async with ration.call():
                order = await client.get_order(identity.value)
        if order is not None and is_match(order, identity):
            existing += 1
        elif identity.field == "id":
            unknown_ids += 1
        elif order is not None and order.id == identity.value:
            misplaced += 1
        if on_row is not None:
            on_row(number, len(asked))
    return ExistingOrders(existing, len(asked), unknown_ids, misplaced)


def is_match(order: Order, identity: OrderIdentity) -> bool:
    """Whether an import matches this order: the API finds an order by id or source_id, whichever fits."""
    return (order.id if identity.field == "id" else order.source_id) == identity.value


def spread_evenly(names: Sequence[T], most: int) -> tuple[T, ...]:
    """At most so many of them, evenly spread."""
    if most >= len(names):
        return tuple(names)
    return tuple(names[at * len(names) // most] for at in range(most))
