"""Addresses of accounts: Voucherify's regions, which addresses are safe, and which are on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from .setting_errors import SettingsError

DEFAULT_BASE_URL = "https://api.voucherify.io"

SANDBOX_ADDRESS = "embedded sandbox"

REGIONS = {
    "eu": DEFAULT_BASE_URL,
    "us": "https://us1.api.voucherify.io",
    "asia": "https://as1.api.voucherify.io",
}
"""Voucherify's regions and their addresses."""

_PORTS = {"https": 443, "http": 80}


def account_address(table: Mapping[str, Any]) -> str:
    """The address of a profile, from its ``url`` or its ``region``."""
    url = table.get("url")
    return parse_address(url, "url") if url else REGIONS[table.get("region", "eu")]


def account_kind(table: Mapping[str, Any], address: str) -> str:
    """The ``kind`` of a profile; if not set, ``sandbox`` for this machine, ``production`` for any other."""
    return str(table.get("kind") or ("sandbox" if is_loopback(address) else "production"))


def is_loopback(base_url: str) -> bool:
    """Whether the host of an address is this machine: ``localhost``, ``127.x.y.z``, ``::1``.

    A name that only looks like one, such as ``127.0.0.1.example.com``, may be any machine.
    """
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def parse_address(text: str, where: str) -> str:
    """Validate an address that keys may be sent to; return it without a trailing slash.

    Args:
        text: the address.
        where: where it comes from, as the subject of the error message.

    Raises:
        SettingsError: it is not an address, or not a safe one.
    """
    try:
        parts = urlsplit(text.strip())
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise SettingsError(f"{where} is not an address: {error}") from None
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise SettingsError(f"{where} must be like {DEFAULT_BASE_URL}")
    if parts.username or parts.password:
        raise SettingsError(f"{where} must not hold a user name or password")
    if parts.query or parts.fragment:
        raise SettingsError(f"{where} must not hold a query or a fragment")
    if parts.scheme == "http" and not is_loopback(text.strip()):
        raise SettingsError(f"{where} must begin with https:// unless it is on this machine")
    return text.strip().rstrip("/")


def origin_of(address: str) -> str:
    """Scheme, host and port of an address in normal form: ``https://shop.example``."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
