"""The base class of the transports that wrap another one."""

from __future__ import annotations

import httpx


class WrappingTransport(httpx.AsyncBaseTransport):
    """Sends requests through ``inner``, and closes it when it is closed itself."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()
