"""Blocks every method but GET while the session is read-only."""

from __future__ import annotations

import httpx

from tui.voucherify.errors import ReadOnly
from tui.voucherify.transports.wrapping import WrappingTransport
from tui.voucherify.write_lock import WriteLock


class ReadOnlyGuard(WrappingTransport):
    """Refuses every method but GET, on every path, while the lock is closed.

    Raises:
        ReadOnly: for any other method.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, lock: WriteLock) -> None:
        super().__init__(inner)
        self._lock = lock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request if the lock allows it."""
        if request.method != "GET" and self._lock.read_only:
            raise ReadOnly(hint=ReadOnly.for_good if self._lock.sealed else None)
        return await self._inner.handle_async_request(request)
