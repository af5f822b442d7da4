"""A client in memory that serves generated orders, for tests of the explorer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.orders.order import STATUSES, Order
from tui.orders.times import format_api_time
from tui.voucherify.errors import NotFound, VoucherifyError
from tui.voucherify.responses import OrdersOrder, OrdersPage
from tui.voucherify.write_lock import WriteLock

EPOCH = datetime(2026, 1, 31, 14, 5, 9, tzinfo=UTC)
PRODUCTS = ("Coffee beans", "Teapot", "Żurek mix", "한국 tea", "Mug")


def order_document(number: int, **fields: Any) -> dict[str, Any]:
    """The ``number``-th order of the made-up shop, oldest first; ``fields`` replace or add."""
    quantity = number % 3 + 1
    price = 1000 + number * 37 % 9000
    document: dict[str, Any] = {
        "id": f"ord_{number:020x}",
        "source_id": f"shop-{number:06d}",
        "created_at": format_api_time(EPOCH + timedelta(minutes=number)),
        "updated_at": format_api_time(EPOCH + timedelta(days=2, minutes=-number)) if number % 2 else None,
        "status": STATUSES[number % len(STATUSES)],
        "amount": price * quantity,
        "total_amount": price * quantity - 100,
        "discount_amount": 100,
        "total_discount_amount": 100,
        "items": [
            {
                "object": "order_item",
                "product_id": f"prod_{number % 5}",
                "quantity": quantity,
                "price": price,
                "amount": price * quantity,
                "product": {"id": f"prod_{number % 5}", "name": PRODUCTS[number % 5]},
            }
        ],
        "metadata": {"channel": ("web", "store")[number % 2], "basket": number},
        "customer_id": f"cust_{number % 40:024d}",
        "customer": {"id": f"cust_{number % 40:024d}", "object": "customer"},
        "object": "order",
    }
    return {**document, **fields}


def make_order(number: int, **fields: Any) -> Order:
    """The ``number``-th order as a model."""
    return Order.read(order_document(number, **fields))


@dataclass
class FakeBudget:
    """Calls left, as the response headers would tell."""

    limit: int | None = 100
    remaining: int | None = 100
    resets_at: float | None = None
    seen_at: float | None = None


@dataclass
class FakeClient:
    """Serves ``documents`` as the API would. ``fail`` is raised once; ``gate`` holds answers back."""

    documents: list[dict[str, Any]]
    budget: FakeBudget = field(default_factory=FakeBudget)
    fail: VoucherifyError | None = None
    gate: asyncio.Event | None = None
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def list_orders(
        self, *, limit: int = 10, page: int = 1, order: OrdersOrder = "-created_at"
    ) -> OrdersPage:
        """One page of the documents, sorted as asked; null times sort lowest."""
        self.calls.append(("list", limit, page, order))
        gate = self.gate
        await self._answer()
        if gate is not None:
            await gate.wait()
        if self.budget.remaining is not None:
            self.budget.remaining -= 1
        name = order.lstrip("-")
        listed = sorted(
            self.documents,
            key=lambda d: (str(d.get(name) or ""), str(d["id"])),
            reverse=order.startswith("-"),
        )
        orders = tuple(Order.read(document) for document in listed[(page - 1) * limit : page * limit])
        return OrdersPage(orders, len(listed), page, limit, order, self.now())

    async def get_order(self, order_id: str) -> Order:
        """The order of that id or source_id."""
        self.calls.append(("get", order_id))
        await self._answer()
        for document in self.documents:
            if order_id in (document["id"], document.get("source_id")):
                return Order.read(document)
        raise NotFound(404, message="Resource not found", details=f"Cannot find order with id {order_id}")

    async def _answer(self) -> None:
        await asyncio.sleep(0)
        if self.fail is not None:
            failure, self.fail = self.fail, None
            raise failure


@dataclass
class FakeSession:
    """A session on the fake client."""

    client: FakeClient
    name: str = "demo"
    kind: str = "sandbox"
    address: str = "embedded sandbox"
    write_lock: WriteLock = field(default_factory=lambda: WriteLock(read_only=True))
    closed: bool = False

    @property
    def read_only(self) -> bool:
        """What the lock says."""
        return self.write_lock.read_only

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True


def fake_session(count: int = 250, *, read_only: bool = True, **fields: Any) -> FakeSession:
    """A session that serves ``count`` generated orders."""
    fields.setdefault("write_lock", WriteLock(read_only=read_only))
    return FakeSession(FakeClient([order_document(number) for number in range(count)]), **fields)
