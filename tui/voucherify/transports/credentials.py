"""Adds the keys to requests; nothing above this transport sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import httpx

from tui.voucherify.addresses import Address, origin_of
from tui.voucherify.errors import ForeignOrigin, Unsendable
from tui.voucherify.transports.wrapping import WrappingTransport

Credentials = Callable[[], Mapping[str, str]]
"""Returns the authorisation headers. Called for every request; the result is not stored."""

_REMOVED_HEADERS = frozenset({"x-app-id", "x-app-token", "authorization", "cookie", "proxy-authorization"})
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class OriginBoundCredentials(WrappingTransport):
    """Adds the keys to requests for the profile's origin and its region's download host, and refuses others.

    The keys are added to a copy of the request, so that no outer layer can see, log or repeat them.

    Raises:
        ForeignOrigin: the request is for another origin; nothing was sent.
        Unsendable: a key has characters that are invalid in a header.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, address: Address, credentials: Credentials) -> None:
        super().__init__(inner)
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

    def _headers(self, given: httpx.Headers) -> list[tuple[bytes, bytes]]:
        keys = _checked(self._credentials())
        removed = _REMOVED_HEADERS | keys.keys()
        kept = [(name, value) for name, value in given.raw if name.decode("latin-1").lower() not in removed]
        return kept + [(name.encode("ascii"), value.encode("ascii")) for name, value in keys.items()]


def check_origin(request: httpx.Request, address: Address) -> None:
    """Check that the keys may be sent to the request's origin.

    Raises:
        ForeignOrigin: the keys may not be sent there.
    """
    if origin_of(request.url) not in address.origins or request.url.userinfo:
        raise ForeignOrigin


def _checked(given: Mapping[str, str]) -> dict[str, str]:
    for name, value in given.items():
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            # The value is secret: show only the name.
            raise Unsendable(
                f"The value for {name if _NAME.fullmatch(name) else 'a header'} is empty or holds characters "
                "that no header can",
                hint="Check the profile's id and token for line ends, spaces or quotes.",
            )
    return {name.lower(): value for name, value in given.items()}
