"""A token as it is kept: together with the origin of the account, which alone may be sent it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.settings.profile import SettingsError

from .text import checked_token

if TYPE_CHECKING:
    from tui.settings.secret import Secret

_PORTS = {"https": 443, "http": 80}


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, written in one way: ``https://shop.example``."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def packed(token: Secret, origin: str) -> str:
    """The text that is kept."""
    return json.dumps({"origin": origin, "token": token.reveal()})


def unpacked(kept: str, origin: str, where: str) -> Secret:
    """The token of a kept text.

    Args:
        kept: the text.
        origin: the origin of the profile's account as its settings are now.
        where: where it was kept, as the subject of a sentence.

    Raises:
        SettingsError: it was kept for another origin, or is damaged.
    """
    try:
        told = json.loads(kept)
        kept_for, token = told["origin"], told["token"]
    except (ValueError, TypeError, KeyError, RecursionError):
        kept_for, token = None, None
    if not isinstance(kept_for, str) or not isinstance(token, str):
        raise SettingsError(f"{where} holds something that Ordex did not put there; add the profile anew")
    if kept_for != origin:
        raise SettingsError(
            f"{where} holds the token for {kept_for}, and the profile's address is {origin} now; a token "
            "goes to no other place than it was given for: add the profile anew"
        )
    return checked_token(token, where)
