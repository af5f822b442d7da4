"""Where a verb works: the session it may open, and the person it may speak to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from tui.actions.prompts import Confirmation, decline

from .prompts import Prompt, no_prompt
from .run_facts import RunFacts

if TYPE_CHECKING:
    from tui.jobs.exporting.engine import ExportEngine
    from tui.jobs.following import Ration
    from tui.jobs.importing.engine import ImportEngine
    from tui.jobs.importing.mapping_store import MappingStore
    from tui.jobs.journal import Journal
    from tui.jobs.mutations import Mutations
    from tui.orders.privacy import Masks
    from tui.settings.effective_settings import Flags
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource
    from tui.terminal.progress_line import Progress
    from tui.voucherify.client import VoucherifyClient
    from tui.voucherify.write_lock import WriteLock

    from .printing.stream import OrdersStream


class Account(Protocol):
    """An open session, as verbs see it."""

    @property
    def masks(self) -> Masks:
        """What is masked of it."""

    @property
    def client(self) -> VoucherifyClient:
        """The adapter, bound to the profile."""

    @property
    def name(self) -> str:
        """The profile's name."""

    @property
    def kind(self) -> Literal["sandbox", "production"]:
        """Whether real orders are at stake."""

    @property
    def address(self) -> str:
        """Where the orders are, for people."""

    @property
    def read_only(self) -> bool:
        """Whether changes are refused at this moment."""

    @property
    def write_lock(self) -> WriteLock:
        """What decides that."""

    @property
    def base_url(self) -> str | None:
        """The address that requests go to; ``None`` for the embedded sandbox."""

    @property
    def token(self) -> TokenSource:
        """Where its token lives."""

    @property
    def account(self) -> str:
        """What the journal calls the account."""

    @property
    def journal(self) -> Journal:
        """What was changed from this machine."""

    @property
    def mutations(self) -> Mutations:
        """The one way by which orders are changed."""

    @property
    def ration(self) -> Ration:
        """The share of the account's calls that jobs may use."""

    @property
    def importer(self) -> ImportEngine:
        """Imports of the account."""

    @property
    def mappings(self) -> MappingStore:
        """The saved mappings of foreign CSVs."""

    @property
    def exporter(self) -> ExportEngine:
        """Exports of the account."""


class Opening(Protocol):
    """A session that is opened when first asked for."""

    async def open(self) -> Account:
        """The session.

        Raises:
            SettingsError: the profile is not complete.
        """


Connect = Callable[["Profile"], AbstractAsyncContextManager[Opening]]
"""Makes the session of a profile, which is closed at the end of a ``with`` block."""


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

    open: Callable[[], Awaitable[Account]]
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
