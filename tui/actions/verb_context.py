"""Where a verb works: the session it may open, and the person it may speak to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .failures import RunFacts
from .prompts import Confirmation, Prompt, decline, no_prompt

if TYPE_CHECKING:
    from tui.actions.printing.formats import OrdersStream
    from tui.orders.privacy import Masks
    from tui.settings.effective_settings import Flags
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource
    from tui.terminal.progress_line import Progress

    from .session import PendingSession, Session


Connect = Callable[["Profile"], "PendingSession"]
"""Makes the session of a profile; ``async with`` closes it."""


def no_profile() -> Profile:
    """Where no profile was chosen, none is known."""
    from tui.settings.setting_errors import SettingsError

    raise SettingsError("no profile is chosen here")


def no_token() -> TokenSource | None:
    """Where no token was given beforehand."""
    return None


def ignore_message(_: str) -> None:
    """Where nobody listens, nothing is said."""


def no_progress(_: str, /, *, until: float | None = None) -> None:
    """Where nobody looks, no progress is shown."""


@dataclass(slots=True)
class VerbContext:
    """A verb's place of work. ``open`` connects when first asked, so that bad input costs no call.

    ``narrate`` says a sentence to the person while the verb runs, ``progress`` shows a line that the
    next one replaces; ``confirm`` asks them, and ``ask`` has them type a text where somebody can.
    ``read_input`` reads standard input to its end, where a verb may be given a document that way; ``token``
    gives the token that was given there. ``profile`` tells the profile that ``open`` opens, and may raise
    ``SettingsError``; ``connect`` makes sessions of any profile.
    ``flags`` are the settings that the command line's options say.
    ``masks`` are the session's, where it has any. ``facts`` are what this run has done so far.
    ``stream`` writes orders before all of them are known, where the front end can; ``form`` is the format
    asked for on the command line.
    """

    open: Callable[[], Awaitable[Session]]
    folders: Folders
    narrate: Callable[[str], None] = ignore_message
    progress: Progress = no_progress
    confirm: Callable[[Confirmation], Awaitable[bool]] = decline
    ask: Callable[[Prompt], Awaitable[str | None]] = no_prompt
    read_input: Callable[[], str] | None = None
    token: Callable[[], TokenSource | None] = no_token
    masks: Masks | None = None
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    profile: Callable[[], Profile] = no_profile
    connect: Connect | None = None
    flags: Flags = field(default_factory=dict)
    facts: RunFacts = field(default_factory=RunFacts)
    stream: OrdersStream | None = None
    form: str | None = None

    def learn(self, document: object) -> None:
        """Let the masks know a document that did not come from the service, before any of it is told."""
        if self.masks is not None:
            self.masks.learn(document)
