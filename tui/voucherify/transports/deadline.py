"""Each request in a task of its own, with a deadline for its whole answer."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from tui.voucherify.errand import Errand
from tui.voucherify.errands import GRACE, Errands
from tui.voucherify.limits import STREAM, TOTAL, Limits

from .pump import Pump


class Deadline(httpx.AsyncBaseTransport):
    """Sends each request as an errand: a caller that is cancelled abandons it; nothing below is.

    The deadline is told to the layers below, which bound their waits by it; a file's deadline ends when its
    first byte may come, and ``Limits.read`` bounds the silence between two chunks.

    Raises:
        TimedOut: no whole answer by the deadline.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        limits: Limits,
        *,
        clock: Callable[[], float] = time.monotonic,
        grace: float = GRACE,
    ) -> None:
        self._inner = inner
        self._limits = limits
        self._clock = clock
        self.errands = Errands(grace=grace)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and wait for the answer, or for a file's head."""
        errand = Errand(
            request.extensions.get(TOTAL, self._limits.total),
            safe=request.method == "GET",
            clock=self._clock,
        )
        if request.extensions.get(STREAM):
            return await Pump(self.errands, errand).open(self._inner, request)
        return await self.errands.run(errand, self._inner.handle_async_request(request))

    async def aclose(self) -> None:
        """End all that is under way, within a bound, and close what is inside."""
        await self.errands.close(self._limits.closing)
        await self._inner.aclose()
