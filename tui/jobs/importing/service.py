"""What an import needs of the service, and what it raises when the service cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from tui.errors import OrdexError
from tui.orders.order import Order
from tui.voucherify.responses import AsyncAction, AsyncActionsPage, OrdersOrder, OrdersPage


class ImportClient(Protocol):
    """What an import needs of the adapter."""

    async def import_orders(self, orders: Sequence[dict[str, Any]]) -> str:
        """Start an import; returns the async action's id."""

    async def get_async_action(self, async_action_id: str) -> AsyncAction:
        """One background job."""

    async def list_async_actions(self, *, limit: int = 100, end_date: str | None = None) -> AsyncActionsPage:
        """Background jobs that were scheduled before ``end_date``, newest first."""

    async def get_order(self, order_id: str) -> Order:
        """One order, by id or source_id."""

    async def list_orders(
        self, *, limit: int = 100, page: int = 1, order: OrdersOrder = "-created_at"
    ) -> OrdersPage:
        """A page of orders."""


class ImportInterrupted(OrdexError):
    """The import stopped before its end. Nothing is lost: ``run`` can be resumed. ``cause`` says why."""

    title = "The import stopped"

    def __init__(self, run: str, cause: OrdexError) -> None:
        super().__init__(
            f"The import stopped: {cause}",
            hint=f"{cause.hint} Then continue with: --resume {run}".strip(),
            category=cause.category,
        )
        self.run = run
        self.cause = cause
