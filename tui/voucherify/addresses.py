"""API base URLs that keys may be sent to, and paths with percent-encoded identifiers."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from .errors import BadAddress, Unsendable

Origin = tuple[str, str, int]
"""Scheme, host and port: what credentials are bound to."""

REGIONS = {
    "api.voucherify.io": "Europe",
    "us1.api.voucherify.io": "United States",
    "as1.api.voucherify.io": "Asia",
}
"""The public clusters; dedicated ones have a host of their own.

See ``docs/voucherify-api.md#authentication``.
"""

LONGEST_SEGMENT = 1024
"""The most characters of an identifier; those of the API are much shorter."""

ORDER_ENDPOINTS = frozenset({"import", "export"})
"""What follows ``/v1/orders/`` and names no order; routers may take no notice of upper and lower case."""

BY_ID = "Name the order by its id, which begins with ord_; ordex list shows it."

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A base URL that keys may be sent to: https, or http on this very machine."""

    url: str
    origin: Origin

    @classmethod
    def read(cls, base_url: str) -> Address:
        """Check a base URL.

        Raises:
            BadAddress: it is not a URL, not https (http is for loopback only), or holds a user, a query, a
                fragment or the API's version.
        """
        text = base_url.strip().rstrip("/")
        if not text.isprintable() or not text.isascii() or any(sign in text for sign in " \\"):
            raise BadAddress("The base URL has spaces or characters that a URL cannot have")
        try:
            url = httpx.URL(text)
        except httpx.InvalidURL:
            raise BadAddress("The base URL is not a URL") from None
        _check(url)
        return cls(url=text, origin=origin_of(url))

    @property
    def origins(self) -> frozenset[Origin]:
        """Where credentials may go: the base URL's origin and its region's download host."""
        scheme, host, port = self.origin
        twin = download_host(host)
        return frozenset({self.origin} if twin is None else {self.origin, (scheme, twin, port)})

    @property
    def region(self) -> str | None:
        """The region's name, if it is one of the public clusters."""
        return REGIONS.get(self.origin[1])

    @property
    def is_loopback(self) -> bool:
        """Whether the address is loopback."""
        return is_loopback(self.origin[1])


def origin_of(url: httpx.URL) -> Origin:
    """Scheme, host and port, as httpx would connect to them."""
    return (url.scheme, url.raw_host.decode("ascii").lower(), url.port or _PORTS.get(url.scheme, 0))


def download_host(host: str) -> str | None:
    """The host of a region's export files: ``us1.api.voucherify.io`` → ``us1.download.voucherify.io``."""
    labels = host.split(".")
    if labels[-3:] != ["api", "voucherify", "io"]:
        return None
    return ".".join([*labels[:-3], "download", "voucherify", "io"])


def is_loopback(host: str) -> bool:
    """Whether a host is loopback by name: ``localhost``, ``127.x.y.z``, ``::1``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def segment(identifier: str, what: str) -> str:
    """An identifier as one segment of a path, percent-encoded whole: ``a/b`` → ``a%2Fb``.

    Raises:
        Unsendable: it is empty, far too long, holds half a surrogate pair, or is or holds a part ``.`` or
            ``..``, which servers and proxies read as a place however it is encoded.
    """
    if not identifier:
        raise Unsendable(f"The {what} is empty", hint=f"Give the {what}.")
    if len(identifier) > LONGEST_SEGMENT:
        raise Unsendable(
            f"The {what} has {len(identifier):,} characters; none is longer than {LONGEST_SEGMENT:,}"
        )
    if {".", ".."} & set(re.split(r"[/\\]", identifier)):
        raise Unsendable(f"The {what} {identifier!r} cannot be part of a URL", hint=BY_ID)
    try:
        return quote(identifier, safe="")
    except UnicodeEncodeError as error:
        place = error.start + 1
    raise Unsendable(f"The {what} holds half a character (a lone surrogate) at position {place}")


def is_segment(identifier: str) -> bool:
    """Whether an identifier can be one segment of a path."""
    try:
        segment(identifier, "id")
    except Unsendable:
        return False
    return True


def order_path(order_id: str) -> str:
    """The path of one order, by its id or source_id.

    Raises:
        Unsendable: it would be the path of another endpoint, or see ``segment``.
    """
    encoded = segment(order_id, "order id")
    word = order_id.strip("/\\ \t").lower()
    if word in ORDER_ENDPOINTS:
        text = (
            f"No order can be read with the id {order_id!r}: /v1/orders/{word} is another endpoint of the API"
        )
        raise Unsendable(text, hint=BY_ID)
    return f"/v1/orders/{encoded}"


def has_order_path(order_id: str) -> bool:
    """Whether an order can be read by this id or source_id."""
    try:
        order_path(order_id)
    except Unsendable:
        return False
    return True


def _check(url: httpx.URL) -> None:
    if not url.host or url.scheme not in _PORTS:
        raise BadAddress("The base URL needs a scheme and a host")
    if url.port is not None and not 0 < url.port < 65536:
        raise BadAddress("The base URL's port is not between 1 and 65535")
    if url.userinfo or "@" in url.netloc.decode("ascii"):
        raise BadAddress("The base URL holds a user or a password", hint="Set the keys separately.")
    if url.query or url.fragment:
        raise BadAddress(
            "The base URL holds a query or a fragment", hint="Leave out everything after the host."
        )
    if url.scheme == "http" and not is_loopback(url.host):
        raise BadAddress("Keys are not sent over http", hint="Use https://; http is for this machine only.")
    if url.path.rstrip("/").endswith("/v1"):
        raise BadAddress("The base URL ends with the API's version", hint="Leave out /v1.")
