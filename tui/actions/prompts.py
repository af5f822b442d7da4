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
    """What a person is asked before something happens, and on which account.

    ``typed`` is the text they have to type to agree; without it a plain yes does. ``instead`` is what to do
    where nobody can be asked, if that is not to agree beforehand.
    """

    standing: AccountStatus
    text: str
    details: tuple[str, ...] = ()
    typed: str | None = None
    instead: str = ""

    @property
    def beforehand(self) -> str:
        """What to do where nobody can be asked."""
        import shlex

        agree = "--yes" if self.typed is None else f"--confirm {shlex.quote(self.typed)}"
        return self.instead or f"use {agree} to agree beforehand"

    @property
    def asked(self) -> str:
        """The question as it is put: never without the account."""
        return f"{self.standing.words} · {self.text}"

    @property
    def spoken(self) -> str:
        """The same for the ear."""
        return f"{self.standing.spoken}. {self.text}"


async def decline(_: Confirmation) -> bool:
    """Where nobody can be asked, the answer is no."""
    return False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question with a text for an answer.

    ``default`` is what an empty answer means; ``choices`` are told with the question. What is typed to a
    ``hidden`` one is shown nowhere and kept in no history.
    """

    text: str
    default: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def words(self) -> str:
        """The question as it is put, before the colon."""
        told = f" ({', '.join(self.choices)})" if self.choices else ""
        return f"{self.text}{told}" + (f" [{self.default}]" if self.default and not self.hidden else "")

    def answered(self, typed: str) -> str:
        """What was typed means this."""
        return typed.strip() or self.default


class PromptCancelled(Exception):
    """The person leaves the questions unanswered."""


async def no_prompt(_: Prompt) -> str | None:
    """Where nobody can be asked."""
    return None


async def prompt_in_terminal(prompt: Prompt) -> str | None:
    """Put a question on stderr; ``None`` where stdin is no terminal, so that nobody can answer.

    Raises:
        PromptCancelled: the person ends the input, or interrupts.
    """
    if not sys.stdin.isatty():
        return None
    try:
        return read_line(f"{visible(prompt.words)}: ", hidden=prompt.hidden)
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")
        raise PromptCancelled from None


def token_prompt(profile: Profile) -> Prompt:
    """The question, which says whose token it is."""
    kind = "PRODUCTION" if profile.kind == "production" else "sandbox"
    where = f"{kind}, {profile.address}"
    return Prompt(f"Token of “{profile.name}” ({where}), not shown while you type", hidden=True)


async def ask_for_token(profile: Profile, ask: Callable[[Prompt], Awaitable[str | None]]) -> None:
    """Ask, if the profile wants it and it was not typed yet.

    Raises:
        PromptCancelled: the person leaves it.
        SettingsError: what was typed is no token, or nobody can be asked.
    """
    from tui.settings.tokens.prompted_token import TokenPromptRequired, missing_token

    wanted = missing_token(profile)
    if wanted is None:
        return
    typed = await ask(token_prompt(profile))
    if typed is None:
        raise TokenPromptRequired(wanted)
    wanted.give(typed)
