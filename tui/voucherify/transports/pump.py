"""A file's chunks, fetched by one task and read by another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from tui.voucherify.errand import Errand
from tui.voucherify.errands import Errands

DEPTH = 8
"""Chunks that are fetched ahead of the reader."""


class Pump(httpx.AsyncByteStream):
    """Fetches a streamed answer in an errand, so that its reader may be cancelled at any moment."""

    def __init__(self, errands: Errands, errand: Errand) -> None:
        self._errands = errands
        self._errand = errand
        self._chunks: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(DEPTH)

    async def open(self, inner: httpx.AsyncBaseTransport, request: httpx.Request) -> httpx.Response:
        """Send the request; return when the answer's head is there, with the chunks to come."""
        head: asyncio.Future[httpx.Response] = asyncio.get_running_loop().create_future()
        task = self._errands.start(self._errand, self._fetch(inner, request, head))
        if (ended := await self._errands.answer(self._errand, task, head)) is not None:
            ended.result()
        return head.result()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (chunk := await self._chunks.get()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    async def aclose(self) -> None:
        """Stop fetching."""
        self._errand.abandon()

    async def _fetch(
        self, inner: httpx.AsyncBaseTransport, request: httpx.Request, head: asyncio.Future[httpx.Response]
    ) -> None:
        response = await inner.handle_async_request(request)
        try:
            if response.is_closed:
                head.set_result(response)
                return
            self._errand.deadline = None
            head.set_result(httpx.Response(response.status_code, headers=response.headers, stream=self))
            await self._carry(response)
        finally:
            await response.aclose()

    async def _carry(self, response: httpx.Response) -> None:
        end: Exception | None = None
        try:
            async for chunk in response.aiter_raw():
                await self._chunks.put(chunk)
        except Exception as error:  # noqa: BLE001 - it is the reader's to handle, and raised there
            end = error
        await self._chunks.put(end)
