"""A limit on concurrent requests inside httpx, first come, first served, without cancellation."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TypeVar

import httpx

from tui.voucherify.errors import CutOff, NotJson, TimedOut, Unreachable, Unsendable, VoucherifyError
from tui.voucherify.limits import STREAM
from tui.voucherify.request_context import RequestContext, current_request
from tui.voucherify.transports.wrapping import WrappingTransport

CAUGHT = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)
"""Exceptions of httpx transports that mean a network failure."""


def translate_error(error: Exception) -> VoucherifyError:
    """Translate an exception of a transport into a ``VoucherifyError``."""
    return next(make(error) for kinds, make in _TABLE if isinstance(error, kinds))


def _unconnected(error: Exception) -> Unreachable:
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return Unreachable(
                    "The service's certificate is not trusted",
                    hint="A proxy may be in between; set SSL_CERT_FILE to its certificate authority.",
                )
            case socket.gaierror():
                return Unreachable("The host name cannot be found")
            case ConnectionRefusedError():
                return Unreachable("The connection was refused")
            case _:
                pass
    return Unreachable()


def _causes(error: BaseException, depth: int = 8) -> Iterator[BaseException]:
    yield error
    if not depth:
        return
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for cause in (*inner, error.__cause__, error.__context__):
        if cause is not None:
            yield from _causes(cause, depth - 1)


_Make = Callable[[Exception], VoucherifyError]
_TABLE: tuple[tuple[tuple[type[Exception], ...], _Make], ...] = (
    ((httpx.ConnectTimeout,), lambda _: Unreachable("No connection within the time limit")),
    ((httpx.PoolTimeout,), lambda _: Unreachable("All connections are busy", hint="Try again in a moment.")),
    (
        (httpx.ProxyError,),
        lambda _: Unreachable("The proxy refused", hint="Check HTTPS_PROXY, ALL_PROXY and NO_PROXY."),
    ),
    ((httpx.ConnectError,), _unconnected),
    ((httpx.TimeoutException,), lambda _: TimedOut()),
    (
        (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL),
        lambda _: Unsendable(
            "The request cannot be written as HTTP", hint="Check the keys and the base URL."
        ),
    ),
    ((httpx.DecodingError,), lambda _: NotJson("The answer's compression is broken")),
    ((Exception,), lambda _: CutOff()),
)


T = TypeVar("T")


class ConcurrencyLimit(WrappingTransport):
    """Lets at most as many requests into httpx as its pool has connections, so that none waits in the pool.

    A request that waits here can be cancelled; one inside httpx is never cancelled. So at most ``slots``
    abandoned requests run at once. If all slots are taken and one of them by an abandoned GET, the connection
    of that GET is closed to make room for a waiting request.

    Errors of httpx are translated here: outwards only ``VoucherifyError`` is raised, without the chain to
    its causes, whose frames hold the keys.

    Raises:
        TimedOut: no slot became free by the deadline; nothing was sent.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, slots: int) -> None:
        super().__init__(inner)
        self._free = asyncio.Semaphore(slots)
        self._inside: dict[RequestContext, None] = {}
        self._waiting = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for a slot and send the request; the slot is held until the answer is read or closed."""
        request_context = current_request()
        await self._enter(request_context)
        try:
            response = await _translate_errors(request_context, self._inner.handle_async_request(request))
        except BaseException:
            self.leave(request_context)
            raise
        stop_early = bool(request.extensions.get(STREAM))
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Held(self, request_context, response, stop_early=stop_early),
        )

    def leave(self, request_context: RequestContext) -> None:
        """Release the slot; further calls do nothing."""
        if request_context in self._inside:
            del self._inside[request_context]
            request_context.on_abandoned = None
            request_context.hang_up = None
            self._free.release()

    async def _enter(self, request_context: RequestContext) -> None:
        if request_context.abandoned:
            raise asyncio.CancelledError
        self._waiting += 1
        self._make_room()
        try:
            async with asyncio.timeout(request_context.bounded(None)):
                await self._free.acquire()
        except TimeoutError:
            late = True
        else:
            late = False
        finally:
            self._waiting -= 1
        if late:
            raise TimedOut("All connections were busy for too long", sent=False)
        request_context.marks.entered = request_context.marks.clock()
        self._inside[request_context] = None
        request_context.on_abandoned = self._make_room

    def _make_room(self) -> None:
        if not (self._waiting and self._free.locked()):
            return
        for request_context in self._inside:
            if request_context.abandoned and request_context.safe and request_context.hang_up is not None:
                request_context.hang_up()
                request_context.hang_up = None
                return


class _Held(httpx.AsyncByteStream):
    """A response body whose reading holds the slot until its end."""

    def __init__(
        self,
        concurrency_limit: ConcurrencyLimit,
        request_context: RequestContext,
        response: httpx.Response,
        *,
        stop_early: bool,
    ) -> None:
        self._limit = concurrency_limit
        self._context = request_context
        self._response = response
        self._stop_early = stop_early

    async def __aiter__(self) -> AsyncIterator[bytes]:
        stream = self._response.stream
        assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - transports give no other
        chunks = aiter(stream)
        while True:
            self._check()
            chunk = await _translate_errors(self._context, anext(chunks, None))
            if chunk is None:
                return
            yield chunk

    async def aclose(self) -> None:
        try:
            await _translate_errors(self._context, self._response.aclose())
        finally:
            self._limit.leave(self._context)

    def _check(self) -> None:
        left = self._context.left()
        if left is not None and left <= 0:
            raise TimedOut
        if self._context.abandoned and self._stop_early:
            raise asyncio.CancelledError


async def _translate_errors(request_context: RequestContext, step: Awaitable[T]) -> T:
    failure: VoucherifyError
    request_context.inside = True
    try:
        return await step
    except CAUGHT as error:
        failure = translate_error(error)
    finally:
        request_context.inside = False
    raise failure
