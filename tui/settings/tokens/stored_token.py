"""The format of tokens: what one may look like, and how it is stored with the origin that may receive it."""

from __future__ import annotations

import json

from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.terminal.redaction import keep_secret

MAX_LENGTH = 4096
"""Characters of a token; a key has 36, a client's secret not many more."""


def parse_token(text: str, where: str) -> Secret:
    """The token of a text, without the newline that programs and files end in.

    Args:
        text: what was found.
        where: the place, as the subject of a sentence.

    Raises:
        SettingsError: there is nothing, or what no token is. The text is not in it.
    """
    text = text.strip(" \t\r\n")
    keep_secret(text)
    if not text:
        raise SettingsError(f"{where} holds no token")
    if len(text) > MAX_LENGTH or not (text.isascii() and text.isprintable()) or " " in text:
        raise SettingsError(f"{where} holds characters that no key has; copy the key again")
    return Secret(text)


def pack_token(token: Secret, origin: str) -> str:
    """The text that is kept."""
    return json.dumps({"origin": origin, "token": token.reveal()})


def unpack_token(kept: str, origin: str, where: str) -> Secret:
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
    return parse_token(token, where)
