"""Nothing but GET leaves a profile that only reads."""

from __future__ import annotations

import httpx

from tui.voucherify.errors import ReadOnly


class ReadOnlyGuard(httpx.AsyncBaseTransport):
    """Refuses every method but GET, on every path.

    Raises:
        ReadOnly: for any other method.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a GET on."""
        if request.method != "GET":
            raise ReadOnly
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close what is inside."""
        await self._inner.aclose()
