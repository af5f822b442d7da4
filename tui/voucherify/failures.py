"""From what httpx raises to the error tree.

The text of httpx's own errors is not taken over: some hold URLs, and an illegal header is quoted whole.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator

import httpx

from .errors import CutOff, NotJson, TimedOut, Unreachable, Unsendable, VoucherifyError

CAUGHT = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)
"""What a transport of httpx may raise for a network's reasons."""


def failure_of(error: Exception) -> VoucherifyError:
    """The error of the tree for one that a transport raised."""
    return next(make(error) for kinds, make in _TABLE if isinstance(error, kinds))


def _unconnected(error: Exception) -> Unreachable:
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return Unreachable(
                    "The service's certificate is not trusted",
                    hint="A proxy may stand in between; set SSL_CERT_FILE to its certificate authority.",
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
    ((httpx.ConnectTimeout,), lambda _: Unreachable("No connection within the time for it")),
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
