"""Asking the person at the terminal for the token of a profile that is kept nowhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.terminal.line_input import has_terminal, read_line
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource


def read_token() -> TokenSource:
    """The token on standard input; where that is a terminal it is typed unseen.

    Raises:
        SettingsError: it is no token.
    """
    from tui.settings.secret import FixedToken
    from tui.settings.tokens.stored_token import parse_token

    where = "standard input"
    if sys.stdin.isatty():
        return FixedToken(
            parse_token(read_line("Token, not shown while you type: ", hidden=True), where), where
        )
    return FixedToken(parse_token(sys.stdin.read(), where), where)


def ask_for_token(profile: Profile) -> Profile:
    """Ask for the token of a profile that wants it typed, if it was not typed yet and there is a terminal.

    Raises:
        SettingsError: what was typed is no token.
        KeyboardInterrupt: the person leaves.
    """
    from tui.actions.prompts import token_prompt
    from tui.settings.tokens.prompted_token import missing_token

    wanted = missing_token(profile)
    if wanted is not None and has_terminal():
        try:
            wanted.give(read_line(f"{visible(token_prompt(profile).words)}: ", hidden=True))
        except EOFError:
            raise KeyboardInterrupt from None
    return profile
