"""Adds the keys to requests; nothing above this transport sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import httpx

from tui.voucherify.addresses import Address, origin_of
from tui.voucherify.errors import ForeignOrigin, Unsendable

Credentials = Callable[[], Mapping[str, str]]
"""Returns the authorisation headers. Called for every request; the result is not stored."""

_ALWAYS_TAKEN_OFF = frozenset({"x-app-id", "x-app-token", "authorization", "cookie", "proxy-authorization"})
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class OriginBoundCredentials(httpx.AsyncBaseTransport):
    """Puts the keys on requests to the profile's origin and its region's download host, and sends no others.

    The request that comes in never holds a key, and the one that goes out is a new one, so that no layer
    outside can see, log or repeat it.

    Raises:
        ForeignOrigin: the request goes elsewhere; not a byte of it leaves.
        Unsendable: a key holds characters that no header can.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, address: Address, credentials: Credentials) -> None:
        self._inner = inner
        self._address = address
        self._credentials = credentials

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with the keys on it."""
        check_origin(request, self._address)
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method,
                request.url,
                headers=self._headers(request.headers),
                stream=request.stream,
                extensions=request.extensions,
            )
        )

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()

    def _headers(self, given: httpx.Headers) -> list[tuple[bytes, bytes]]:
        keys = _checked(self._credentials())
        taken_off = _ALWAYS_TAKEN_OFF | keys.keys()
        kept = [(name, value) for name, value in given.raw if name.decode("latin-1").lower() not in taken_off]
        return kept + [(name.encode("ascii"), value.encode("ascii")) for name, value in keys.items()]


def check_origin(request: httpx.Request, address: Address) -> None:
    """Check that the keys may be sent to the request's origin.

    Raises:
        ForeignOrigin: it does not.
    """
    if origin_of(request.url) not in address.origins or request.url.userinfo:
        raise ForeignOrigin


def _checked(given: Mapping[str, str]) -> dict[str, str]:
    for name, value in given.items():
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            # The value is the secret: only the name may be told.
            raise Unsendable(
                f"The value for {name if _NAME.fullmatch(name) else 'a header'} is empty or holds characters "
                "that no header can",
                hint="Check the profile's id and token for line ends, spaces or quotes.",
            )
    return {name.lower(): value for name, value in given.items()}
