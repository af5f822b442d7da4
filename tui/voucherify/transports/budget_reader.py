"""Reads the rate limit headers of every response."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from tui.voucherify.rate_limit import CallBudget
from tui.voucherify.transports.wrapping import WrappingTransport


class BudgetReader(WrappingTransport):
    """Updates a ``CallBudget`` from the headers of every response. It delays nothing."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, budget: CallBudget, *, now: Callable[[], float] = time.time
    ) -> None:
        super().__init__(inner)
        self._budget = budget
        self._now = now

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and update the budget."""
        response = await self._inner.handle_async_request(request)
        self._budget.note(response.headers, self._now())
        return response
