"""What a token may look like, wherever it came from."""

from __future__ import annotations

from tui.settings.profile import SettingsError
from tui.settings.secret import Secret
from tui.terminal.redaction import keep_secret

LONGEST = 4096
"""Characters of a token; a key has 36, a client's secret not many more."""


def checked_token(text: str, where: str) -> Secret:
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
    if len(text) > LONGEST or not (text.isascii() and text.isprintable()) or " " in text:
        raise SettingsError(f"{where} holds characters that no key has; copy the key again")
    return Secret(text)
