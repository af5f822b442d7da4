"""The way into httpx: so many at once, in order, and nobody is pulled out again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar

import httpx

from tui.voucherify.errand import Errand, current
from tui.voucherify.errors import TimedOut, VoucherifyError
from tui.voucherify.failures import CAUGHT, failure_of
from tui.voucherify.limits import STREAM

T = TypeVar("T")


class Turnstile(httpx.AsyncBaseTransport):
    """Lets as many requests into httpx as its pool has connections, so that none ever waits in the pool.

    A request that waits here can be withdrawn without a trace; one that is inside is left alone. Thus at
    most ``places`` abandoned requests run at once. When all places are taken and one of them by a GET that
    nobody waits for, its line is hung up for the one at the door.

    This is also where httpx ends: outwards only errors of the tree are raised, and without the chain to
    their causes, whose frames hold the keys.

    Raises:
        TimedOut: no place became free by the deadline; nothing was sent.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, places: int) -> None:
        self._inner = inner
        self._free = asyncio.Semaphore(places)
        self._inside: dict[Errand, None] = {}
        self._at_the_door = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take a place, send the request, and keep the place until the answer is read or closed."""
        errand = current()
        await self._enter(errand)
        try:
            response = await _across(errand, self._inner.handle_async_request(request))
        except BaseException:
            self.leave(errand)
            raise
        stop_early = bool(request.extensions.get(STREAM))
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Held(self, errand, response, stop_early=stop_early),
        )

    async def aclose(self) -> None:
        """Close what is inside."""
        await self._inner.aclose()

    def leave(self, errand: Errand) -> None:
        """Give the place back; only the first time counts."""
        if errand in self._inside:
            del self._inside[errand]
            errand.on_abandoned = None
            errand.hang_up = None
            self._free.release()

    async def _enter(self, errand: Errand) -> None:
        if errand.abandoned:
            raise asyncio.CancelledError
        self._at_the_door += 1
        self._make_room()
        try:
            async with asyncio.timeout(errand.bounded(None)):
                await self._free.acquire()
        except TimeoutError:
            late = True
        else:
            late = False
        finally:
            self._at_the_door -= 1
        if late:
            raise TimedOut("All connections were busy for too long", sent=False)
        errand.marks.entered = errand.marks.clock()
        self._inside[errand] = None
        errand.on_abandoned = self._make_room

    def _make_room(self) -> None:
        if not (self._at_the_door and self._free.locked()):
            return
        for errand in self._inside:
            if errand.abandoned and errand.safe and errand.hang_up is not None:
                errand.hang_up()
                errand.hang_up = None
                return


class _Held(httpx.AsyncByteStream):
    """A body on its way in: each step is inside httpx, and the place is given back at the end."""

    def __init__(
        self, turnstile: Turnstile, errand: Errand, response: httpx.Response, *, stop_early: bool
    ) -> None:
        self._turnstile = turnstile
        self._errand = errand
        self._response = response
        self._stop_early = stop_early

    async def __aiter__(self) -> AsyncIterator[bytes]:
        stream = self._response.stream
        assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - transports give no other
        chunks = aiter(stream)
        while True:
            self._check()
            chunk = await _across(self._errand, anext(chunks, None))
            if chunk is None:
                return
            yield chunk

    async def aclose(self) -> None:
        try:
            await _across(self._errand, self._response.aclose())
        finally:
            self._turnstile.leave(self._errand)

    def _check(self) -> None:
        left = self._errand.left()
        if left is not None and left <= 0:
            raise TimedOut
        if self._errand.abandoned and self._stop_early:
            raise asyncio.CancelledError


async def _across(errand: Errand, step: Awaitable[T]) -> T:
    failure: VoucherifyError
    errand.inside = True
    try:
        return await step
    except CAUGHT as error:
        failure = failure_of(error)
    finally:
        errand.inside = False
    raise failure
