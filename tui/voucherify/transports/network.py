"""httpx's own transport, with every network wait bounded by the request's deadline and timed."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterable
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from tui.voucherify.addresses import Address
from tui.voucherify.errors import BadAddress
from tui.voucherify.limits import Limits
from tui.voucherify.request_context import current_request

KEEP_ALIVE_SECONDS = 30.0


def network(address: Address, limits: Limits) -> httpx.AsyncHTTPTransport:
    """The transport for an address: no own retries, no HTTP/2, proxies from the environment.

    Raises:
        BadAddress: the environment names a proxy that cannot be used.
    """
    quieten()
    try:
        transport = httpx.AsyncHTTPTransport(
            verify=_tls(address),
            proxy=_proxy(address),
            retries=0,
            limits=httpx.Limits(
                max_connections=limits.connections,
                # httpcore counts busy connections against this too, and with fewer would close and open one
                # at almost every request as soon as several run at once.
                max_keepalive_connections=limits.connections,
                keepalive_expiry=KEEP_ALIVE_SECONDS,
            ),
        )
    except (ValueError, ImportError, httpx.InvalidURL):
        transport = None
    if transport is None:
        raise BadAddress(
            "The proxy that the environment names cannot be used", hint="Check HTTPS_PROXY, ALL_PROXY."
        )
    # httpx has no public option for httpcore's backend. A test fails if a version ignores this one.
    transport._pool._network_backend = BoundedBackend()
    return transport


def quieten() -> None:
    """Keep httpx's log lines out of every log: they hold whole URLs, with the tokens of downloads."""
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        if logger.level < logging.WARNING:
            logger.setLevel(logging.WARNING)


def _tls(address: Address) -> ssl.SSLContext | bool:
    # Reading the certificate authorities takes as long as a few requests; http has no use for them.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if address.origin[0] == "http" else True


def _proxy(address: Address) -> str | None:
    scheme, host, _ = address.origin
    if address.is_loopback or proxy_bypass(host):
        return None
    proxies = getproxies()
    return proxies.get(scheme) or proxies.get("all")


class BoundedBackend(httpcore.AsyncNetworkBackend):
    """Connects as httpcore does, within the time left until the request's deadline."""

    def __init__(self) -> None:
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host."""
        request_context = current_request()
        marks = request_context.marks
        marks.connecting = marks.clock()
        stream = await self._inner.connect_tcp(
            host, port, request_context.bounded(timeout), local_address, socket_options
        )
        marks.connected = marks.clock()
        return _BoundedStream(stream)

    async def sleep(self, seconds: float) -> None:
        """Sleep."""
        await self._inner.sleep(seconds)


class _BoundedStream(httpcore.AsyncNetworkStream):
    """A stream whose reads also end at the deadline; a read timeout alone restarts with each byte."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._hanging_up: asyncio.Task[None] | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        request_context = current_request()
        request_context.hang_up = self._hang_up
        data = await self._inner.read(max_bytes, request_context.bounded(timeout))
        if data:
            request_context.marks.read()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        request_context = current_request()
        request_context.hang_up = self._hang_up
        await self._inner.write(buffer, request_context.bounded(timeout))
        request_context.marks.wrote()

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        request_context = current_request()
        marks = request_context.marks
        marks.securing = marks.clock()
        stream = await self._inner.start_tls(ssl_context, server_hostname, request_context.bounded(timeout))
        marks.secured = marks.clock()
        return _BoundedStream(stream)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _hang_up(self) -> None:
        self._hanging_up = asyncio.create_task(self._inner.aclose())
