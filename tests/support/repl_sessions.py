"""A REPL session over made-up orders, without a network and without a terminal."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from tui.actions.account_status import AccountStatus
from tui.actions.prompts import Prompt, PromptCancelled
from tui.actions.session import SessionInfo
from tui.orders.order import Order
from tui.repl.connection import Connection
from tui.repl.interpreter import Interpreter
from tui.repl.line.line_error import LineError
from tui.repl.output import Output
from tui.settings.folders import Folders
from tui.settings.profile import Profile
from tui.settings.secret import FixedToken, Secret
from tui.voucherify.errors import NotFound
from tui.voucherify.responses import OrdersPage
from tui.voucherify.write_lock import WriteLock
from tui.wiring import lock_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.actions.prompts import Confirmation

ORDERS: tuple[dict[str, Any], ...] = (
    {
        "id": "ord_1",
        "source_id": "WEB-1",
        "status": "PAID",
        "amount": 12_500,
        "created_at": "2026-03-01T10:00:00.000Z",
        "customer_id": "cust_a",
        "customer": {"id": "cust_a", "object": "customer"},
        "items": [{"product_id": "prod_1", "quantity": 2, "amount": 12_500}],
        "metadata": {"channel": "web", "gift note": "with love"},
    },
    {"id": "ord_2", "status": "CREATED", "amount": 900, "created_at": "2026-02-01T10:00:00.000Z"},
    {"id": "ord_3", "status": "PAID", "amount": 50, "customer_id": "cust_b", "metadata": {"channel": "app"}},
)


T = TypeVar("T")


def or_fault(made: Callable[[], T]) -> T | LineError:
    """What is made, or the pointed error in its place."""
    try:
        return made()
    except LineError as error:
        return error


def profile(*, kind: str = "sandbox", read_only: bool = False) -> Profile:
    """A profile that leads nowhere."""
    return Profile(
        name=kind if kind == "sandbox" else "environment",
        kind="production" if kind == "production" else "sandbox",
        base_url="https://api.example" if kind == "production" else None,
        app_id="id",
        token=FixedToken(Secret("token"), "test"),
        read_only=read_only,
        origin="test",
    )


def standing(**fields: Any) -> AccountStatus:
    """How such a profile stands before it is open."""
    made = profile(**fields)
    return AccountStatus.of(SessionInfo(made, lock_of(made)))


class FakeClient:
    """Answers from documents; ``delay`` seconds before each answer."""

    def __init__(self, documents: tuple[dict[str, Any], ...]) -> None:
        self.orders = tuple(Order.read(document) for document in documents)
        self.delay = 0.0
        self.budget = SimpleNamespace(remaining=87)
        self.calls = SimpleNamespace(made=0)

    async def list_orders(self, *, limit: int = 100, page: int = 1, order: Any = "-created_at") -> OrdersPage:
        """One page."""
        await self._answer()
        begin = (page - 1) * limit
        part = self.orders[begin : begin + limit]
        return OrdersPage(part, len(self.orders), page, limit, order, datetime.now(UTC))

    async def get_order(self, order_id: str) -> Order:
        """One order."""
        await self._answer()
        for order in self.orders:
            if order_id in (order.id, order.source_id):
                return order
        raise NotFound(404, message="Resource not found", details=f"Cannot find order with id {order_id}")

    async def _answer(self) -> None:
        self.calls.made += 1
        await asyncio.sleep(self.delay)


class FakeOpening:
    """An account that is open at once."""

    def __init__(self, client: FakeClient, kind: str) -> None:
        self.client = client
        self.name = self.kind = kind
        self.address = f"{kind}.test"
        self.write_lock = WriteLock(read_only=False)
        self.closed = False
        self.remark = ""

    @property
    def read_only(self) -> bool:
        """What the lock says."""
        return self.write_lock.read_only

    async def open(self) -> Any:
        """The account."""
        return self

    async def aclose(self) -> None:
        """Close it."""
        self.closed = True


class FakePerson:
    """Gives the same answer to every question; what is wished for is ``typed``, or given up."""

    def __init__(self, *, answer: bool = False, typed: str = "") -> None:
        self.answer = answer
        self.typed = typed
        self.prompts: list[Prompt] = []
        self.asked: list[Confirmation] = []
        self.lines: list[str] = []
        self.cleared = 0

    async def ask(self, question: Confirmation) -> bool:
        """Answer."""
        self.asked.append(question)
        return self.answer

    async def inquire(self, prompt: Prompt) -> str | None:
        """Type."""
        self.prompts.append(prompt)
        if not self.typed:
            raise PromptCancelled
        return self.typed

    def typed_lines(self) -> list[str]:
        """What was typed."""
        return self.lines

    def clear(self) -> None:
        """Count it."""
        self.cleared += 1


def interpreter(
    folder: Path,
    *,
    documents: tuple[dict[str, Any], ...] = ORDERS,
    kind: str = "sandbox",
    output: Output | None = None,
) -> Interpreter:
    """An interpreter over these orders, which keeps its files in the folder."""
    client = FakeClient(documents)
    return Interpreter(
        connection=Connection(profile(kind=kind), lambda chosen, _: FakeOpening(client, chosen.kind)),
        folders=Folders(folder / "config", folder / "state", folder / "data"),
        output=output or Output(),
        person=FakePerson(),
        allow_python=lambda: kind == "sandbox",
    )
