"""The calls of an import besides sending: within the quota, retried if useful, and counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.jobs.background.quota import BackgroundQuota
from tui.jobs.background.retry_policy import RetryPolicy, call_with_retries
from tui.jobs.importing.import_client import ImportClient
from tui.jobs.importing.sending.chunks import Chunk
from tui.jobs.importing.sending.job_matching import (
    likeliest_job,
    reaches_back,
)
from tui.jobs.importing.sending.progress_counter import ProgressCounter
from tui.orders.order import Order
from tui.voucherify.errors import NotFound
from tui.voucherify.responses import PAGE_LIMIT, AsyncAction, OrdersOrder, OrdersPage

MOST_JOB_PAGES = 20
"""Pages of the service's jobs that are read to find the one of a request."""

T = TypeVar("T")


class ImportCalls:
    """Reads jobs and orders for a run that is being sent.

    ``on_wait`` is called with the epoch second until which the quota is used up.
    """

    def __init__(
        self,
        client: ImportClient,
        ration: BackgroundQuota,
        patience: RetryPolicy,
        counter: ProgressCounter,
        on_wait: Callable[[float], None],
    ) -> None:
        self._client = client
        self._ration = ration
        self._patience = patience
        self._counter = counter
        self._on_wait = on_wait

    async def job(self, action_id: str) -> AsyncAction:
        """One job of the service."""
        return await self._ask(lambda: self._client.get_async_action(action_id), self._counter.poll)

    async def find_job(self, chunk: Chunk, known: set[str]) -> tuple[AsyncAction | None, bool]:
        """The likeliest job of a chunk, and whether all jobs since its request were looked at."""
        end_date: str | None = None
        for _ in range(MOST_JOB_PAGES):
            page = await self._ask(
                lambda before=end_date: self._client.list_async_actions(limit=100, end_date=before),  # type: ignore[misc]  # bound at once
                self._counter.lookup,
            )
            found = likeliest_job(page.async_actions, chunk.sent_at, known)
            if found is not None or page.is_last or reaches_back(page.async_actions, chunk.sent_at):
                return found, True
            oldest = page.async_actions[-1].created_at if page.async_actions else None
            if oldest is None or oldest == end_date:
                break
            end_date = oldest
        return None, False

    async def read(self, order_id: str) -> Order:
        """One order, as a call of the import."""
        return await self._ask(lambda: self._client.get_order(order_id), self._counter.lookup)

    async def page(self, number: int, order: OrdersOrder) -> OrdersPage:
        """A page of the list of orders, as a call of the import."""
        return await self._ask(
            lambda: self._client.list_orders(limit=PAGE_LIMIT, page=number, order=order), self._counter.lookup
        )

    async def find(self, order_id: str) -> Order | None:
        """One order, ``None`` when there is none."""
        try:
            return await self.read(order_id)
        except NotFound:
            return None

    async def _ask(self, call: Callable[[], Awaitable[T]], on_call: Callable[[], None]) -> T:
        return await call_with_retries(
            call, self._ration, self._patience, on_call=on_call, on_wait=self._on_wait
        )
