"""What a command gets from its front end: a session on demand, and ways to talk to the user."""

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
    """Raise the error of a context without a profile."""
    from tui.settings.setting_errors import SettingsError

    raise SettingsError("no profile is selected")


def no_token() -> TokenSource | None:
    """The token of a context that has none."""
    return None


def ignore_message(_: str) -> None:
    """Drop a message."""


def no_progress(_: str, /, *, until: float | None = None) -> None:
    """Show no progress."""


@dataclass(slots=True)
class VerbContext:
    """The context that a command runs in.

    ``open`` opens the session on the first call, so that invalid input costs no API call.
    ``narrate`` shows a message while the command runs; ``progress`` shows a line that replaces the last one.
    ``confirm`` asks for a yes or no, ``ask`` for a text.
    ``read_input`` reads standard input to its end; ``token`` is the token that was piped in.
    ``profile`` returns the profile that ``open`` connects to, or raises ``SettingsError``; ``connect``
    connects to any other profile.
    ``flags`` are settings given as options on the command line, ``form`` is the output format given there.
    ``facts`` record what this run has done so far.
    ``stream`` writes orders page by page, in front ends that can.
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
        """Teach the masks the personal values of a document that did not come from the service."""
        if self.masks is not None:
            self.masks.learn(document)
