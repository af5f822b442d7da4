"""The calls that an import makes to the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from tui.orders.order import Order
from tui.voucherify.responses import AsyncAction, AsyncActionsPage, OrdersOrder, OrdersPage


class ImportClient(Protocol):
    """The part of the Voucherify client that an import uses."""

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
