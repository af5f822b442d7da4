"""A client that fails on purpose, around any client: the service did or did not do what was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from tui.jobs.changes.change_sender import OrderChangeClient
from tui.orders.order import Order
from tui.voucherify.errors import (
    CutOff,
    InvalidRequest,
    NotJson,
    RateLimited,
    ServerError,
    TimedOut,
    Unreachable,
)

Document = dict[str, Any]

Fault = Literal[
    "unreachable",
    "429",
    "400",
    "cut unprocessed",
    "502 unprocessed",
    "timeout unprocessed",
    "crash unprocessed",
    "cut processed",
    "502 processed",
    "timeout processed",
    "garbage processed",
    "crash processed",
]

READ_FAULTS: tuple[Fault, ...] = (
    "unreachable",
    "429",
    "cut unprocessed",
    "502 unprocessed",
    "crash unprocessed",
)


class Crash(BaseException):
    """The program dies at this point; nothing after it runs."""


def failure(fault: Fault) -> BaseException:
    """What a client raises for a fault."""
    kind = fault.split()[0]
    if kind == "429":
        return RateLimited(429)
    if kind == "400":
        return InvalidRequest(400, key="invalid_payload", message="Invalid payload")
    if kind == "502":
        return ServerError(502, message="Bad gateway")
    errors: dict[str, type[BaseException]] = {
        "unreachable": Unreachable,
        "cut": CutOff,
        "timeout": TimedOut,
        "garbage": NotJson,
        "crash": Crash,
    }
    return errors[kind]()


class FaultyClient:
    """Fails the next writes and reads as told, in order; then works.

    Args:
        inner: the client that does the work.
        writes: a fault, or ``None`` for none, for each of the next writes.
        reads: the same for reads after the first failed write.
        meddle: what somebody else does right after a failed write.
    """

    def __init__(
        self,
        inner: OrderChangeClient,
        *,
        writes: list[Fault | None] | None = None,
        reads: list[Fault | None] | None = None,
        meddle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._inner = inner
        self._writes = list(writes or [])
        self._reads = list(reads or [])
        self._meddle = meddle
        self._failed = False

    async def get_order(self, order_id: str, /) -> Order:
        """Read, or fail."""
        if self._failed and self._reads and (fault := self._reads.pop(0)):
            raise failure(fault)
        return await self._inner.get_order(order_id)

    async def create_order(self, order: Document, /) -> Order:
        """Create, or fail before or after."""
        return await self._write(lambda: self._inner.create_order(order))

    async def update_order(self, order_id: str, order: Document, /) -> Order:
        """Update, or fail before or after."""
        return await self._write(lambda: self._inner.update_order(order_id, order))

    async def _write(self, call: Callable[[], Awaitable[Order]]) -> Order:
        fault = self._writes.pop(0) if self._writes else None
        if fault is None:
            return await call()
        if fault.endswith(" processed"):
            await call()
        self._failed = True
        if self._meddle is not None:
            await self._meddle()
        raise failure(fault)
