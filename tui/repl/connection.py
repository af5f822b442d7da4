"""The account that lines speak to: opened by the first verb that needs it, changed by ``use``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from tui.actions.run_facts import RunFacts

if TYPE_CHECKING:
    from tui.actions.standing import Standing
    from tui.actions.verb_context import Account
    from tui.orders.privacy import Masks
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.write_lock import WriteLock
    from tui.wiring import Session


class PendingSession(Protocol):
    """A session that is opened when first asked for."""

    async def open(self) -> Account:
        """The session."""

    async def aclose(self) -> None:
        """Close it if it was opened."""


Connect = Callable[["Profile", "WriteLock"], PendingSession]


class Connection:
    """One profile at a time, its lock, and its session.

    ``write_lock`` is the lock of an earlier session of the profile; the profile's own when not given.
    ``facts`` are what the line that runs has done so far.
    """

    def __init__(self, profile: Profile, connect: Connect, *, write_lock: WriteLock | None = None) -> None:
        self.facts = RunFacts()
        self.profile = profile
        self.write_lock = write_lock or _lock_of(profile)
        self._connect = connect
        self._opening = connect(profile, self.write_lock)
        self._account: Account | None = None

    def record(self, call: ApiCall) -> None:
        """Note a call of the line that runs."""
        self.facts.record(call)

    async def open(self) -> Account:
        """The open session.

        Raises:
            SettingsError: the profile is not complete.
        """
        self._account = await self._opening.open()
        return self._account

    @property
    def opened(self) -> Account | None:
        """The session if a verb has opened it."""
        return self._account

    @property
    def standing(self) -> Standing:
        """How the account stands at this moment, also before a verb has opened it."""
        from tui.actions.standing import Standing, Unopened

        return Standing.of(self._account or Unopened(self.profile, self.write_lock))

    @property
    def calls_left(self) -> int | None:
        """Calls that the service still takes in this period, if it has told."""
        return self._account.client.budget.remaining if self._account else None

    @property
    def calls_made(self) -> int:
        """Calls made so far in this session."""
        return self._account.client.calls.made if self._account else 0

    async def use(self, profile: Profile) -> None:
        """Speak to another profile from now on, locked as that one begins."""
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
    """Makes sessions of profiles, the way every front end does; heavy modules come with the first."""

    def connect(profile: Profile, write_lock: WriteLock) -> PendingSession:
        return _PendingSession(profile, folders, on_wait, masks, write_lock, on_call)

    return connect


def _lock_of(profile: Profile) -> WriteLock:
    from tui.wiring import lock_of

    return lock_of(profile)


class _PendingSession:
    """Opens at most once: who stops waiting for it leaves it to the next one who asks."""

    def __init__(
        self,
        profile: Profile,
        folders: Folders,
        on_wait: Callable[[Wait], None],
        masks: Masks | None,
        write_lock: WriteLock,
        on_call: Callable[[ApiCall], None] | None,
    ) -> None:
        self._on_call = on_call
        self._profile = profile
        self._folders = folders
        self._on_wait = on_wait
        self._masks = masks
        self._write_lock = write_lock
        self._task: asyncio.Task[Session] | None = None

    async def open(self) -> Session:
        if self._task is None or (self._task.done() and self._task.exception() is not None):
            from tui.wiring import SessionOnce

            session = SessionOnce(
                lambda: self._profile,
                self._folders,
                on_wait=self._on_wait,
                on_call=self._on_call,
                masks=self._masks,
                write_lock=self._write_lock,
            )
            self._task = asyncio.create_task(session.open())
        return await asyncio.shield(self._task)

    async def aclose(self) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        await asyncio.wait([task])
        if not task.cancelled() and task.exception() is None:
            await task.result().aclose()
