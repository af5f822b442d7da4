"""Prompts of the command line: confirmations, and the token of a profile that stores none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.terminal.line_input import discard_type_ahead, has_terminal, read_line
from tui.terminal.visible import visible

from .streams import narrate

if TYPE_CHECKING:
    from tui.actions.prompts import Confirmation
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource


async def confirm(question: Confirmation) -> bool:
    """Write a question to stderr and read the answer from the terminal; without a terminal the answer is no.

    The input prompt appears once an answer is accepted: keys typed earlier are discarded.
    """
    for detail in question.details:
        narrate(detail)
    if not sys.stdin.isatty():
        narrate(f"{question.asked} Not asked, since stdin is not a terminal: {question.beforehand}.")
        return False
    _write_prompt(f"{visible(question.asked)} ")
    await discard_type_ahead()
    if question.typed is None:
        _write_prompt("[y/N] ")
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    _write_prompt(f"Type {visible(question.typed)} to confirm: ")
    return sys.stdin.readline().strip() == question.typed


def read_stdin() -> str:
    """Read standard input to its end."""
    return sys.stdin.read()


def _write_prompt(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def read_token() -> TokenSource:
    """Read the token from standard input; on a terminal the input is hidden.

    Raises:
        SettingsError: the input is not a token.
    """
    from tui.settings.secret import FixedToken
    from tui.settings.tokens.stored_token import parse_token

    where = "standard input"
    if sys.stdin.isatty():
        return FixedToken(
            parse_token(read_line("Token, not shown while you type: ", hidden=True), where), where
        )
    return FixedToken(parse_token(sys.stdin.read(), where), where)


def prompt_for_token(profile: Profile) -> Profile:
    """Prompt for the token of a profile that stores none, if it is missing and there is a terminal.

    Raises:
        SettingsError: the input is not a token.
        KeyboardInterrupt: the user cancels.
    """
    from tui.actions.prompts import token_prompt
    from tui.settings.tokens.prompted_token import missing_token

    token = missing_token(profile)
    if token is not None and has_terminal():
        try:
            token.give(read_line(f"{visible(token_prompt(profile).words)}: ", hidden=True))
        except EOFError:
            raise KeyboardInterrupt from None
    return profile
