"""An account that other clients write to, as a source of a copy, and what the copy must equal."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.sandbox import an_order
from tui.mirror.account_source import ListOrder
from tui.mirror.copy_folder import CopyFolder
from tui.mirror.copy_reader import CopyReader
from tui.orders.order import Order
from tui.orders.order_fields import exportable_names
from tui.orders.times import format_api_time, parse_time


@dataclass(frozen=True)
class Page:
    """A page of the list."""

    orders: tuple[Order, ...]
    total: int | None


@dataclass
class Account:
    """Orders in memory. ``writes`` is a chance that somebody writes before a call is answered."""

    count: int = 0
    can_export: bool = True
    limit: int | None = None
    nulls_first: bool = False
    writes: float = 0.0
    seed: int = 0
    calls: int = 0
    exports: int = 0
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    moment: datetime = datetime(2026, 6, 1, tzinfo=UTC)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._made = 0
        for _ in range(self.count):
            self.create()

    def now(self) -> datetime:
        """The time, which is the service's too."""
        return self.moment

    def allowance(self) -> int | None:
        """Calls that are left."""
        return None if self.limit is None else self.limit - self.calls

    def create(self) -> None:
        """Make an order."""
        self._tick()
        order = an_order(self._made, created_at=format_api_time(self.moment), items=[{"quantity": 1}])
        self._made += 1
        self.orders[order["id"]] = order

    def change(self, order_id: str = "") -> None:
        """Change an order; make one if there is none."""
        if not self.orders:
            self.create()
        self._tick()
        order_id = order_id or self._random.choice(list(self.orders))
        changed = {
            "status": self._random.choice(("PAID", "CANCELED")),
            "amount": self._random.randrange(9999),
        }
        self.orders[order_id] = self.orders[order_id] | changed | {"updated_at": format_api_time(self.moment)}

    def delete(self) -> None:
        """Delete an order, as the deletion of its customer does."""
        del self.orders[self._random.choice(list(self.orders))]

    async def page(self, page: int, order: ListOrder) -> Page:
        """A page of the list."""
        self._call()
        name = order.removeprefix("-")
        nulls = "~" if self.nulls_first else ""
        ordered = sorted(
            self.orders.values(), key=lambda each: (each[name] or nulls, each["id"]), reverse=order[0] == "-"
        )
        found = ordered[(page - 1) * 100 : page * 100]
        return Page(tuple(Order.read(dict(each)) for each in found), len(ordered))

    @asynccontextmanager
    async def exported(self, since: datetime | None) -> AsyncIterator[Iterator[Order]]:
        """The orders that changed after a time."""
        for _ in range(5):
            self._call()
        self.exports += 1
        after = "" if since is None else format_api_time(since)
        names = (*exportable_names(), "metadata")
        found = [
            {name: order[name] for name in names if order.get(name) is not None}
            for order in self.orders.values()
            if order["created_at"] > after or (order["updated_at"] or "") > after
        ]
        yield map(Order.read, found)

    def _call(self) -> None:
        self.calls += 1
        if self._random.random() < self.writes:
            for _ in range(self._random.randrange(1, 4)):
                self._random.choice((self.create, self.change))()

    def _tick(self) -> None:
        self.moment += timedelta(milliseconds=self._random.randrange(1, 5000))


def copied(copy: CopyFolder) -> dict[str, dict[str, Any]]:
    """Every order of the copy by its id."""
    with CopyReader.open(copy) as reader:
        places = [place for (place,) in reader.rows("SELECT place FROM narrow")]
        orders = [order.raw for order, _ in reader.orders(places)]
        known = reader.rows("SELECT count(*), count(*) FILTER (is_whole) FROM narrow")
    assert known == [(reader.manifest.orders, reader.manifest.whole)]
    assert len({order["id"] for order in orders}) == len(orders)
    return {order["id"]: order for order in orders}


def assert_equal(copy: CopyFolder, account: Account, *, older_than: datetime | None = None) -> None:
    """See that the copy has every order of the account as it is; those changed since may differ."""
    found = copied(copy)
    for order_id, order in account.orders.items():
        changed = parse_time(order["updated_at"] or order["created_at"])
        if older_than is not None and changed is not None and changed >= older_than:
            continue
        known = found[order_id]
        assert {name: order.get(name) for name in known} == known, order_id
    if older_than is None:
        assert found.keys() == account.orders.keys()
