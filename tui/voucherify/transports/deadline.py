"""Runs each request in its own task with a deadline for the whole response."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import httpx

from tui.voucherify.limits import STREAM, TOTAL, Limits
from tui.voucherify.request_context import RequestContext
from tui.voucherify.transports.in_flight_requests import GRACE, InFlightRequests
from tui.voucherify.transports.wrapping import WrappingTransport

DEPTH = 8
"""Chunks to fetch ahead of the reader."""


class PumpedStream(httpx.AsyncByteStream):
    """Fetches a streamed answer in its own task, so that its reader may be cancelled at any time."""

    def __init__(self, in_flight: InFlightRequests, request_context: RequestContext) -> None:
        self._in_flight = in_flight
        self._context = request_context
        self._chunks: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(DEPTH)

    async def open(self, inner: httpx.AsyncBaseTransport, request: httpx.Request) -> httpx.Response:
        """Send the request; return when the headers of the response arrived."""
        head: asyncio.Future[httpx.Response] = asyncio.get_running_loop().create_future()
        task = self._in_flight.start(self._context, self._fetch(inner, request, head))
        if (ended := await self._in_flight.answer(self._context, task, head)) is not None:
            ended.result()
        return head.result()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (chunk := await self._chunks.get()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    async def aclose(self) -> None:
        """Stop fetching."""
        self._context.abandon()

    async def _fetch(
        self, inner: httpx.AsyncBaseTransport, request: httpx.Request, head: asyncio.Future[httpx.Response]
    ) -> None:
        response = await inner.handle_async_request(request)
        try:
            if response.is_closed:
                head.set_result(response)
                return
            self._context.deadline = None
            head.set_result(httpx.Response(response.status_code, headers=response.headers, stream=self))
            await self._carry(response)
        finally:
            await response.aclose()

    async def _carry(self, response: httpx.Response) -> None:
        end: Exception | None = None
        try:
            async for chunk in response.aiter_raw():
                await self._chunks.put(chunk)
        except Exception as error:  # noqa: BLE001 - raised again in the reader
            end = error
        await self._chunks.put(end)


class Deadline(WrappingTransport):
    """Sends each request in its own task: cancelling the caller abandons it and cancels nothing below.

    The inner transports limit their waits by the deadline. The deadline of a file covers only its headers;
    after them, ``Limits.read`` limits the time between two chunks.

    Raises:
        TimedOut: the answer was not complete by the deadline.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        limits: Limits,
        *,
        clock: Callable[[], float] = time.monotonic,
        grace: float = GRACE,
    ) -> None:
        super().__init__(inner)
        self._limits = limits
        self._clock = clock
        self.in_flight = InFlightRequests(grace=grace)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and wait for the answer, or for the headers of a file."""
        request_context = RequestContext(
            request.extensions.get(TOTAL, self._limits.total),
            safe=request.method == "GET",
            clock=self._clock,
        )
        if request.extensions.get(STREAM):
            return await PumpedStream(self.in_flight, request_context).open(self._inner, request)
        return await self.in_flight.run(request_context, self._inner.handle_async_request(request))

    async def aclose(self) -> None:
        """End all requests within a time limit and close the inner transport."""
        await self.in_flight.close(self._limits.closing)
        await super().aclose()
