"""The format of tokens: what one may look like, and how it is stored with the origin that may receive it."""

from __future__ import annotations

import json

from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.terminal.redaction import keep_secret

MAX_LENGTH = 4096
"""Characters of a token; a key has 36, a client secret not many more."""


def parse_token(text: str, where: str) -> Secret:
    """Validate a token; the trailing newline of programs and files is removed.

    Args:
        text: the text that should be a token.
        where: its source, as the subject of the error message.

    Raises:
        SettingsError: it is empty or malformed. The message does not contain the text.
    """
    text = text.strip(" \t\r\n")
    keep_secret(text)
    if not text:
        raise SettingsError(f"{where} holds no token")
    if len(text) > MAX_LENGTH or not (text.isascii() and text.isprintable()) or " " in text:
        raise SettingsError(f"{where} has characters that a key cannot have; copy the key again")
    return Secret(text)


def pack_token(token: Secret, origin: str) -> str:
    """The token with its origin, as it is stored."""
    return json.dumps({"origin": origin, "token": token.reveal()})


def unpack_token(kept: str, origin: str, where: str) -> Secret:
    """The token of a stored text.

    Args:
        kept: the text.
        origin: the current origin of the profile.
        where: the place, as the subject of the error message.

    Raises:
        SettingsError: it was stored for another origin, or is damaged.
    """
    try:
        record = json.loads(kept)
        kept_for, token = record["origin"], record["token"]
    except (ValueError, TypeError, KeyError, RecursionError):
        kept_for, token = None, None
    if not isinstance(kept_for, str) or not isinstance(token, str):
        raise SettingsError(f"{where} holds something that Ordex did not store; add the profile again")
    if kept_for != origin:
        raise SettingsError(
            f"{where} holds the token for {kept_for}, and the profile's address is {origin} now; a token "
            "is sent only to the address that it was stored for: add the profile again"
        )
    return parse_token(token, where)
