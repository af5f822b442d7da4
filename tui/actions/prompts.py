"""Questions to the user: a confirmation, or a prompt for a text or a token."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.terminal.line_input import read_line
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.settings.profile import Profile

    from .account_status import AccountStatus


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A question to answer before a change, with the account it concerns.

    ``typed`` is the text that the user has to type to agree; without it, yes is enough. ``instead`` is the
    hint for a run without a terminal, where it differs from ``--yes`` or ``--confirm``.
    """

    standing: AccountStatus
    text: str
    details: tuple[str, ...] = ()
    typed: str | None = None
    instead: str = ""

    @property
    def beforehand(self) -> str:
        """How to agree in advance, for a run without a terminal."""
        import shlex

        agree = "--yes" if self.typed is None else f"--confirm {shlex.quote(self.typed)}"
        return self.instead or f"use {agree} to agree beforehand"

    @property
    def asked(self) -> str:
        """The question with its account."""
        return f"{self.standing.words} · {self.text}"

    @property
    def spoken(self) -> str:
        """The same for screen readers."""
        return f"{self.standing.spoken}. {self.text}"


async def decline(_: Confirmation) -> bool:
    """The answer where there is no terminal: no."""
    return False


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that is answered with a text.

    ``default`` is the meaning of an empty answer; ``choices`` are shown after the question. The answer to a
    ``hidden`` prompt is not shown and enters no history.
    """

    text: str
    default: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def words(self) -> str:
        """The question with choices and default, without the colon."""
        choices = f" ({', '.join(self.choices)})" if self.choices else ""
        return f"{self.text}{choices}" + (f" [{self.default}]" if self.default and not self.hidden else "")

    def answered(self, typed: str) -> str:
        """The answer that a typed text means."""
        return typed.strip() or self.default


class PromptCancelled(Exception):
    """The user cancelled the prompt."""


async def no_prompt(_: Prompt) -> str | None:
    """The answer where there is no terminal: none."""
    return None


async def prompt_in_terminal(prompt: Prompt) -> str | None:
    """Prompt on stderr; ``None`` if stdin is not a terminal.

    Raises:
        PromptCancelled: the user ended the input or interrupted.
    """
    if not sys.stdin.isatty():
        return None
    try:
        return read_line(f"{visible(prompt.words)}: ", hidden=prompt.hidden)
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")
        raise PromptCancelled from None


def token_prompt(profile: Profile) -> Prompt:
    """The prompt for the token of a profile."""
    kind = "PRODUCTION" if profile.kind == "production" else "sandbox"
    where = f"{kind}, {profile.address}"
    return Prompt(f"Token of “{profile.name}” ({where}), not shown while you type", hidden=True)


async def ask_for_token(profile: Profile, ask: Callable[[Prompt], Awaitable[str | None]]) -> None:
    """Ask for the token of a profile that saves none, unless it was typed already.

    Raises:
        PromptCancelled: the user cancelled the prompt.
        SettingsError: the text is not a token, or there is no terminal.
    """
    from tui.settings.tokens.prompted_token import TokenPromptRequired, missing_token

    missing = missing_token(profile)
    if missing is None:
        return
    typed = await ask(token_prompt(profile))
    if typed is None:
        raise TokenPromptRequired(missing)
    missing.give(typed)
