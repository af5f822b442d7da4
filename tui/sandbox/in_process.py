"""The sandbox without a socket: an httpx transport into the application."""

from __future__ import annotations

import httpx
from starlette.types import ASGIApp

from tui.sandbox.http.faults import ConnectionCut, NeverAnswered


class InProcessTransport(httpx.AsyncBaseTransport):
    """``httpx.ASGITransport``, but a fault of the sandbox is the error that a connection would give.

    Args:
        application: what ``create_application`` made.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._inner = httpx.ASGITransport(application)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request.

        Raises:
            httpx.RemoteProtocolError: the plan of faults cut the connection.
            httpx.ReadTimeout: the plan of faults let the request hang.
        """
        try:
            return await self._inner.handle_async_request(request)
        except ConnectionCut as cut:
            text = "peer closed connection without sending complete message body"
            never = "Server disconnected without sending a response."
            raise httpx.RemoteProtocolError(text if cut.answered else never, request=request) from None
        except NeverAnswered:
            raise httpx.ReadTimeout("the read operation timed out", request=request) from None

    async def aclose(self) -> None:
        """Nothing is open."""
        await self._inner.aclose()
