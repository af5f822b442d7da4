"""A Voucherify in memory for the engines: one import at a time, upserts, and faults from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.clocks import FakeClock
from tui.orders.order import Order
from tui.orders.times import format_api_time
from tui.voucherify.addresses import order_path
from tui.voucherify.errors import (
    CutOff,
    InvalidRequest,
    NotFound,
    NotJson,
    RateLimited,
    ServerError,
    TimedOut,
    Unreachable,
    VoucherifyError,
)
from tui.voucherify.responses import AsyncAction, AsyncActionsPage, OrdersOrder, OrdersPage


class Crash(BaseException):
    """The program dies here."""


@dataclass
class Faults:
    """What goes wrong in which part of the calls, decided by a seed."""

    rng: random.Random = field(default_factory=lambda: random.Random(0))
    rate: float = 0.0
    crash_rate: float = 0.0
    happened: int = 0
    crashed: int = 0

    def before(self, now: float) -> None:
        """What may go wrong before the service processes a call."""
        self._crash()
        if self.rng.random() < self.rate / 2:
            self.happened += 1
            raise self.rng.choice(
                [Unreachable(), RateLimited(retry_at=now + self.rng.choice([5, 70])), ServerError(500)]
            )

    def after(self) -> None:
        """What may go wrong after it did."""
        self._crash()
        if self.rng.random() < self.rate / 2:
            self.happened += 1
            errors: list[VoucherifyError] = [CutOff(), ServerError(502), TimedOut(), NotJson()]
            raise self.rng.choice(errors)

    def _crash(self) -> None:
        if self.rng.random() < self.crash_rate:
            self.crashed += 1
            raise Crash


@dataclass
class _Job:
    action: dict[str, Any]
    orders: list[dict[str, Any]]
    ends: float
    crashes: bool


class FakeService:
    """Orders by source_id, and the jobs that made them. ``rate`` is rows a second.

    A row whose metadata holds ``reject`` fails, one with ``poison`` makes the service refuse the request,
    one with ``crash`` makes the job fail as a whole.
    """

    def __init__(
        self,
        clock: FakeClock,
        *,
        rate: float = 200.0,
        largest: int = 2000,
        names_failures: bool = True,
        faults: Faults | None = None,
    ) -> None:
        self.clock = clock
        self.orders: dict[str, dict[str, Any]] = {}
        self.written: dict[str, float] = {}
        self.created: dict[str, float] = {}
        self.calls: list[str] = []
        self.sizes: list[int] = []
        self.applied = 0
        self.faults = faults or Faults()
        self.on_call: Callable[[str], None] = lambda name: None
        self._rate = rate
        self._largest = largest
        self._names_failures = names_failures
        self._jobs: list[_Job] = []
        self._applied: set[str] = set()

    async def import_orders(self, orders: Sequence[dict[str, Any]]) -> str:
        """Accept an import, or refuse it."""
        self._called("import_orders")
        self.faults.before(self.clock.now())
        self._refuse(orders)
        now = self.clock.now()
        starts = max([now, *(job.ends for job in self._jobs)])
        number = f"aa_{len(self._jobs) + 1}"
        action = {"id": number, "type": "ORDERS.IMPORT", "created_at": _time(now), "object": "async_action"}
        self.sizes.append(len(orders))
        crashes = any((order.get("metadata") or {}).get("crash") for order in orders)
        self._jobs.append(_Job(action, list(orders), starts + len(orders) / self._rate, crashes))
        self.faults.after()
        return number

    async def get_async_action(self, async_action_id: str) -> AsyncAction:
        """A job as it stands now."""
        self._called("get_async_action")
        self.faults.before(self.clock.now())
        self._apply()
        for job in self._jobs:
            if job.action["id"] == async_action_id:
                self.faults.after()
                return AsyncAction.read(dict(job.action))
        raise NotFound(404)

    async def list_async_actions(self, *, limit: int = 100, end_date: str | None = None) -> AsyncActionsPage:
        """The newest jobs, without results."""
        self._called("list_async_actions")
        self.faults.before(self.clock.now())
        self._apply()
        newest = [
            AsyncAction.read({k: v for k, v in job.action.items() if k != "result"})
            for job in reversed(self._jobs)
            if end_date is None or job.action["created_at"] < end_date
        ]
        self.faults.after()
        return AsyncActionsPage(tuple(newest[:limit]), has_more=len(newest) > limit)

    async def get_order(self, order_id: str) -> Order:
        """An order that arrived."""
        order_path(order_id)
        self._called("get_order")
        self.faults.before(self.clock.now())
        self._apply()
        if order_id not in self.orders:
            raise NotFound(404)
        self.faults.after()
        return self._order(order_id)

    async def list_orders(self, *, limit: int, page: int, order: OrdersOrder) -> OrdersPage:
        """A page of the orders that arrived."""
        self._called("list_orders")
        self.faults.before(self.clock.now())
        self._apply()
        times = self.written if order.endswith("updated_at") else self.created
        names = sorted(times, key=times.__getitem__, reverse=order.startswith("-"))
        shown = tuple(map(self._order, names[(page - 1) * limit : page * limit]))
        self.faults.after()
        read_at = datetime.fromtimestamp(self.clock.now(), UTC)
        return OrdersPage(shown, len(names), page, limit, order, read_at)

    def edit(self, name: str, **fields: Any) -> None:
        """What somebody else writes to an order."""
        self.clock._now += 1
        self.orders[name] = {**self.orders[name], **fields}
        self.written[name] = self.clock.now()

    def _order(self, name: str) -> Order:
        times = {"updated_at": _time(self.written[name]), "created_at": _time(self.created[name])}
        return Order.read({"id": f"ord_{name}", **self.orders[name], **times})

    def finish(self) -> None:
        """Let every job that was accepted end."""
        self.clock._now = max([self.clock.now(), *(job.ends for job in self._jobs)])
        self._apply()

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.on_call(name)

    def _refuse(self, orders: Sequence[dict[str, Any]]) -> None:
        if len(orders) > self._largest:
            raise InvalidRequest(400, details=f"Payload must NOT have more than {self._largest} items")
        if any("poison" in (order.get("metadata") or {}) for order in orders):
            raise InvalidRequest(400, details="Property .metadata.poison must be string")

    def _apply(self) -> None:
        now = self.clock.now()
        for job in self._jobs:
            over = job.ends <= now
            job.action["status"] = "DONE" if over else "IN_PROGRESS"
            job.action["progress"] = 100 if over else 50
            if over and job.action["id"] not in self._applied:
                self._applied.add(job.action["id"])
                self._run(job)
            if over and job.crashes:
                job.action["status"] = "FAILED"

    def _run(self, job: _Job) -> None:
        failed = []
        for order in job.orders:
            metadata = order.get("metadata") or {}
            if metadata.get("crash"):
                break
            if metadata.get("reject"):
                name = order.get("source_id") if self._names_failures else None
                failed.append({"source_id": name, "reason": metadata["reject"]})
                continue
            key = order.get("source_id") or order.get("id") or f"made-{self.applied}"
            self.orders[key] = order
            self.written[key] = job.ends
            self.created.setdefault(key, job.ends)
            self.applied += 1
        done = len(job.orders) - len(failed)
        job.action["updated_at"] = _time(job.ends)
        job.action["processing_time"] = round(len(job.orders) / self._rate * 1000)
        job.action["result"] = {"failed": failed, "done_count": done, "failed_count": len(failed)}


def _time(moment: float) -> str:
    return format_api_time(datetime.fromtimestamp(moment, UTC))
