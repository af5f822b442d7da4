"""A session: a client connected to the account of a profile, before and after it is opened."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from tui.jobs.background.quota import BackgroundQuota
    from tui.jobs.changes.change_engine import ChangeEngine
    from tui.jobs.changes.change_journal import ChangeJournal
    from tui.jobs.exporting.export_engine import ExportEngine
    from tui.jobs.importing.import_engine import ImportEngine
    from tui.jobs.importing.mapping.mapping_store import MappingStore
    from tui.mirror.copy_folder import CopyFolder
    from tui.orders.privacy import Masks
    from tui.sandbox.store import Store
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource
    from tui.voucherify.client import VoucherifyClient
    from tui.voucherify.write_lock import WriteLock

COPIES = "mirror"
"""The folder of the state folder with the local copies."""

CLOSING_TIMEOUT = 20.0
"""Seconds that closing waits for unfinished writes; the next start looks up the outcome of the others."""


@dataclass(frozen=True)
class SessionInfo:
    """A profile with its lock: what is known about a session before it is opened, and afterwards."""

    profile: Profile
    write_lock: WriteLock

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    @property
    def kind(self) -> Literal["sandbox", "production"]:
        """Whether the account has real orders."""
        return self.profile.kind

    @property
    def address(self) -> str:
        """Where the orders are, as text for people."""
        return self.profile.address

    @property
    def read_only(self) -> bool:
        """Whether the transport refuses changes at this moment."""
        return self.write_lock.read_only


@dataclass(frozen=True)
class Session(SessionInfo):
    """A client that is connected to a profile's account. Close it when done.

    Journal, changes, imports and exports are created on first use, so that a read-only command loads none
    of them. ``remark`` is what the user must know of the session, or empty.
    """

    client: VoucherifyClient
    sandbox: Store | None
    folders: Folders
    masks: Masks
    remark: str = ""

    @property
    def base_url(self) -> str | None:
        """The address that requests go to; ``None`` for the embedded sandbox."""
        return self.profile.base_url

    @property
    def token(self) -> TokenSource:
        """Where the profile's token is kept."""
        return self.profile.token

    @property
    def account(self) -> str:
        """The account's name in the journal; it differs for two accounts whose profiles share a name."""
        return self.profile.account

    @cached_property
    def journal(self) -> ChangeJournal:
        """Changes made from this machine. The first use creates the file.

        Raises:
            StateFileError: the file is damaged or locked.
        """
        from tui.jobs.changes.change_journal import ChangeJournal

        return ChangeJournal(self.folders.state, on_read=self.masks.learn)

    @cached_property
    def mutations(self) -> ChangeEngine:
        """The only way to change orders.

        Raises:
            StateFileError: the journal cannot be written; without it nothing is sent.
        """
        from tui.jobs.changes.change_engine import ChangeEngine

        self.journal.check_writable()
        return ChangeEngine(self.client, self.journal, self.account)

    @cached_property
    def ration(self) -> BackgroundQuota:
        """The share of the account's calls that jobs may use; one for all jobs."""
        from tui.jobs.background.clock import SystemClock
        from tui.jobs.background.quota import BackgroundQuota

        return BackgroundQuota(self.client.budget, SystemClock())

    @cached_property
    def importer(self) -> ImportEngine:
        """Imports of the account; their journals are in the state folder."""
        from tui.jobs.importing.import_engine import ImportEngine

        folder = self.folders.state / "imports"
        return ImportEngine(self.client, folder, profile=self.account, ration=self.ration)

    @cached_property
    def mappings(self) -> MappingStore:
        """The user's saved mappings of foreign CSVs."""
        from tui.jobs.importing.mapping.mapping_store import MappingStore

        return MappingStore(self.folders.mappings)

    @cached_property
    def exporter(self) -> ExportEngine:
        """Exports of the account."""
        from tui.jobs.exporting.export_engine import ExportEngine
        from tui.jobs.exporting.filtered_exports import FilteredExports

        filtered = FilteredExports(self.folders.state)
        return ExportEngine(self.client, ration=self.ration, masks=self.masks, filtered=filtered)

    @cached_property
    def local_copy(self) -> CopyFolder:
        """The local copy of the account, which need not exist."""
        return copy_folder(self.folders, self.profile)

    async def aclose(self) -> None:
        """Wait for unfinished writes, then close the client, and the embedded sandbox if there is one."""
        if "mutations" in vars(self):
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING_TIMEOUT):
                    await self.mutations.finish()
        await self.client.aclose()
        self.write_lock.remove_listeners()
        if self.sandbox is not None:
            self.sandbox.close()


def copy_folder(folders: Folders, profile: Profile) -> CopyFolder:
    """The local copy of a profile's account, which need not exist."""
    from tui.mirror.copy_folder import CopyFolder

    return CopyFolder(_copy_path(folders, profile), profile.account)


def has_copy(folders: Folders, profile: Profile) -> bool:
    """Whether there is a local copy of a profile's account, in any state. Imports nothing heavy."""
    from tui.mirror import MANIFEST

    return (_copy_path(folders, profile) / MANIFEST).exists()


def _copy_path(folders: Folders, profile: Profile) -> Path:
    from tui.settings.folders import file_name

    return folders.state / COPIES / file_name(profile.account)


class PendingSession:
    """A session that is opened on first use, in a thread, and at most once.

    Cancelling a caller of ``open`` does not cancel the opening: the next caller gets its result.
    """

    def __init__(self, connect: Callable[[], Session]) -> None:
        self._connect = connect
        self._task: asyncio.Task[Session] | None = None

    async def open(self) -> Session:
        """The session.

        Raises:
            SettingsError: the profile is unknown or incomplete.
        """
        if self._task is None or (self._task.done() and self._task.exception() is not None):
            self._task = asyncio.create_task(asyncio.to_thread(self._connect))
        return await asyncio.shield(self._task)

    async def aclose(self) -> None:
        """Close the session if it was opened."""
        task, self._task = self._task, None
        if task is None:
            return
        await asyncio.wait([task])
        if not task.cancelled() and task.exception() is None:
            await task.result().aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
