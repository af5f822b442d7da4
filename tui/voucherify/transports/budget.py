"""Listens to what each answer says about the budget."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from tui.voucherify.rate import Budget


class BudgetReader(httpx.AsyncBaseTransport):
    """Notes the rate headers of every answer in a ``Budget``. Knows, and holds nothing back."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, budget: Budget, *, now: Callable[[], float] = time.time
    ) -> None:
        self._inner = inner
        self._budget = budget
        self._now = now

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and note what the answer says."""
        response = await self._inner.handle_async_request(request)
        self._budget.note(response.headers, self._now())
        return response

    async def aclose(self) -> None:
        """Close what is inside."""
        await self._inner.aclose()
