"""What the mutation path needs of a client."""

from __future__ import annotations

from typing import Protocol

from tui.orders.api_object import ApiDocument
from tui.orders.order import Order


class OrdersClient(Protocol):
    """Reads and writes orders; each method raises the errors of ``tui.voucherify.errors``.

    A write must never be sent a second time by the client once it may have reached the service.
    """

    async def get_order(self, order_id: str, /) -> Order:
        """``GET /v1/orders/{orderId}``, by id or source_id."""
        ...

    async def create_order(self, order: ApiDocument, /) -> Order:
        """``POST /v1/orders``."""
        ...

    async def update_order(self, order_id: str, order: ApiDocument, /) -> Order:
        """``PUT /v1/orders/{orderId}`` with the fields that change."""
        ...
