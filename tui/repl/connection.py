"""The account of the REPL: opened by the first command that needs it, switched by ``use``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.actions.failures import RunFacts

if TYPE_CHECKING:
    from tui.actions.account_status import AccountStatus
    from tui.actions.session import PendingSession, Session
    from tui.orders.privacy import Masks
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.write_lock import WriteLock


Connect = Callable[["Profile", "WriteLock"], "PendingSession"]


class Connection:
    """One profile at a time, its lock, and its session.

    ``write_lock`` is the lock of an earlier session of the profile; the profile's own when not given.
    ``facts`` are what the current line has done so far.
    """

    def __init__(self, profile: Profile, connect: Connect, *, write_lock: WriteLock | None = None) -> None:
        self.facts = RunFacts()
        self.profile = profile
        self.write_lock = write_lock or _lock_of(profile)
        self._connect = connect
        self._opening = connect(profile, self.write_lock)
        self._account: Session | None = None

    def record(self, call: ApiCall) -> None:
        """Note a call of the line that runs."""
        self.facts.record(call)

    async def open(self) -> Session:
        """The open session.

        Raises:
            SettingsError: the profile is not complete.
        """
        self._account = await self._opening.open()
        return self._account

    @property
    def opened(self) -> Session | None:
        """The session if a verb has opened it."""
        return self._account

    @property
    def standing(self) -> AccountStatus:
        """The current state of the account, also before it is opened."""
        from tui.actions.account_status import AccountStatus
        from tui.actions.session import SessionInfo

        return AccountStatus.of(self._account or SessionInfo(self.profile, self.write_lock))

    @property
    def calls_left(self) -> int | None:
        """Calls left in this period, if the service stated them."""
        return self._account.client.budget.remaining if self._account else None

    @property
    def calls_made(self) -> int:
        """Calls made so far in this session."""
        return self._account.client.calls.made if self._account else 0

    async def use(self, profile: Profile) -> None:
        """Switch to another profile, with the initial lock of that profile."""
        await self.aclose()
        self.profile, self.write_lock = profile, _lock_of(profile)
        self._opening = self._connect(profile, self.write_lock)

    async def aclose(self) -> None:
        """Close the session."""
        self._account = None
        await self._opening.aclose()


def connector(
    folders: Folders,
    on_wait: Callable[[Wait], None],
    masks: Masks | None = None,
    on_call: Callable[[ApiCall], None] | None = None,
) -> Connect:
    """Makes sessions of profiles, the way every front end does; the first one imports the heavy modules."""

    def connect(profile: Profile, write_lock: WriteLock) -> PendingSession:
        from tui.actions.session import PendingSession
        from tui.wiring import open_session

        return PendingSession(
            lambda: open_session(
                profile, folders, on_wait=on_wait, on_call=on_call, masks=masks, write_lock=write_lock
            )
        )

    return connect


def _lock_of(profile: Profile) -> WriteLock:
    from tui.wiring import lock_of

    return lock_of(profile)
