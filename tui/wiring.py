"""Builds what a front end works with from a profile; the only place that knows every room."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    import httpx

    from tui.jobs.exporting.engine import ExportEngine
    from tui.jobs.following import Ration
    from tui.jobs.importing.engine import ImportEngine
    from tui.jobs.importing.mapping_store import MappingStore
    from tui.jobs.journal import Journal
    from tui.jobs.mutations import Mutations
    from tui.orders.privacy import Masks
    from tui.sandbox.store import Store
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import Secret, TokenSource
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.client import VoucherifyClient
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.write_lock import WriteLock

LONGEST_GOODBYE = 20.0
"""Seconds that closing waits for writes under way; what is not known then is looked up at the next start."""


@dataclass(frozen=True)
class Session:
    """A client that is connected to a profile's account. Close it when done."""

    profile: Profile
    client: VoucherifyClient
    sandbox: Store | None
    folders: Folders
    masks: Masks

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    @property
    def kind(self) -> Literal["sandbox", "production"]:
        """How careful to be."""
        return self.profile.kind

    @property
    def address(self) -> str:
        """Where the orders are, for people."""
        return self.profile.address

    @property
    def read_only(self) -> bool:
        """Whether changes are refused by the transport at this moment."""
        return self.write_lock.read_only

    @property
    def write_lock(self) -> WriteLock:
        """What decides that; people open it for a time."""
        return self.client.write_lock

    @property
    def base_url(self) -> str | None:
        """The address that requests go to; ``None`` for the embedded sandbox."""
        return self.profile.base_url

    @property
    def token(self) -> TokenSource:
        """Where the profile's token lives."""
        return self.profile.token

    @property
    def account(self) -> str:
        """What the journal calls the account: two accounts that share a profile's name are told apart."""
        return self.profile.account

    @cached_property
    def journal(self) -> Journal:
        """What was changed from this machine. Made on the disk when first asked for.

        Raises:
            StateFileError: the file is damaged or locked.
        """
        from tui.jobs.journal import Journal

        return Journal(self.folders.state, on_read=self.masks.learn)

    @cached_property
    def mutations(self) -> Mutations:
        """The one way by which orders are changed.

        Raises:
            StateFileError: the journal, without which nothing is sent, cannot be written.
        """
        from tui.jobs.mutations import Mutations

        self.journal.check_writable()
        return Mutations(self.client, self.journal, self.account)

    @cached_property
    def ration(self) -> Ration:
        """The share of the account's calls that jobs may use; one for all of them."""
        from tui.jobs.following import Ration, SystemClock

        return Ration(self.client.budget, SystemClock())

    @cached_property
    def importer(self) -> ImportEngine:
        """Imports of the account; their journals are in the state folder."""
        from tui.jobs.importing.engine import ImportEngine

        folder = self.folders.state / "imports"
        return ImportEngine(self.client, folder, profile=self.account, ration=self.ration)

    @cached_property
    def mappings(self) -> MappingStore:
        """The mappings of foreign CSVs that the user saved."""
        from tui.jobs.importing.mapping_store import MappingStore

        return MappingStore(self.folders.mappings)

    @cached_property
    def exporter(self) -> ExportEngine:
        """Exports of the account."""
        from tui.jobs.exporting.engine import ExportEngine
        from tui.jobs.exporting.filtered_exports import FilteredExports

        filtered = FilteredExports(self.folders.state)
        return ExportEngine(self.client, ration=self.ration, masks=self.masks, filtered=filtered)

    async def aclose(self) -> None:
        """Wait for writes under way, then close the client, and the embedded sandbox if there is one."""
        if "mutations" in vars(self):
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_GOODBYE):
                    await self.mutations.finish()
        await self.client.aclose()
        self.write_lock.tell_nobody()
        if self.sandbox is not None:
            self.sandbox.close()


def open_session(
    profile: Profile,
    folders: Folders,
    *,
    on_wait: Callable[[Wait], None] | None = None,
    on_call: Callable[[ApiCall], None] | None = None,
    patience: float | None = None,
    masks: Masks | None = None,
    write_lock: WriteLock | None = None,
) -> Session:
    """Connect a profile; nothing is sent yet. The embedded sandbox is made when it does not exist.

    It reads files and imports heavy modules, so an event loop calls it in a thread.

    Args:
        profile: the account.
        folders: where the embedded sandbox keeps its file.
        on_wait: told when a request waits for the rate limit or a retry.
        on_call: told each call when it has ended.
        patience: seconds that a request may wait for the rate limit; the adapter's default when not given.
        masks: what learns which values are personal; masks that are off when not given.
        write_lock: the lock of an earlier session of the same profile; the profile's own when not given.

    Raises:
        StateFileError: the embedded sandbox's file or folder cannot be used.
        SettingsError: the token cannot be read.
        BadAddress: the profile's address is not one that keys may be sent to.
    """
    from tui.voucherify.connection import connect
    from tui.voucherify.limits import Limits

    token = profile.token.read()
    network: httpx.AsyncBaseTransport | None = None
    store: Store | None = None
    base_url = profile.base_url
    if base_url is None:
        base_url = "http://localhost"
        network, store = _embedded_sandbox(profile, token, folders)
    masks = masks or masks_of(profile)
    client = connect(
        base_url=base_url,
        credentials=lambda: _key_headers(profile.app_id, token),
        auth=profile.auth,
        write_lock=write_lock or lock_of(profile),
        network=network,
        on_wait=on_wait,
        limits=None if patience is None else Limits(patience=patience),
        on_document=masks.learn,
    )
    if on_call is not None:
        client.calls.subscribe(on_call)
    return Session(profile, client, store, folders, masks)


def lock_of(profile: Profile) -> WriteLock:
    """The lock that a profile begins with. Who goes on with the same profile elsewhere takes it along."""
    from tui.voucherify.write_lock import WriteLock

    return WriteLock(read_only=profile.read_only, sealed=profile.sealed)


def masks_of(profile: Profile | None, *, on: bool = False) -> Masks:
    """The masks of a session, which everything of it that is shown passes.

    Args:
        profile: whose choice of what is personal, and whether it is always masked, is kept.
        on: whether it was asked for.
    """
    from tui.orders.privacy import Masks
    from tui.terminal.cells import cell_width
    from tui.terminal.visible import set_redactor, written_out

    if profile is None:
        masks = Masks(shown=written_out, cells=cell_width, shield=set_redactor)
    else:
        chosen = profile.masking
        masks = Masks(
            always=chosen.always,
            ids=chosen.ids,
            metadata=chosen.metadata,
            shown=written_out,
            cells=cell_width,
            shield=set_redactor,
        )
    if on or masks.always:
        masks.put_on()
    return masks


def glimpse(profile: Profile, folders: Folders, *, limit: int) -> list[dict[str, Any]]:
    """Documents of the newest orders where they are at hand without a client; else none.

    Args:
        profile: the account; only the embedded sandbox's orders are at hand.
        folders: where the embedded sandbox keeps its file.
        limit: how many at most.
    """
    if profile.base_url is not None:
        return []
    from tui.sandbox.first_rows import newest

    return newest(folders.sandbox_file, limit=limit)


class SessionOnce:
    """A session that is opened when first asked for, and closed at the end of a ``with`` block."""

    def __init__(
        self,
        profile: Callable[[], Profile],
        folders: Folders,
        *,
        on_wait: Callable[[Wait], None] | None = None,
        on_call: Callable[[ApiCall], None] | None = None,
        patience: float | None = None,
        masks: Masks | None = None,
        write_lock: WriteLock | None = None,
    ) -> None:
        self._profile = profile
        self._folders = folders
        self._on_wait = on_wait
        self._on_call = on_call
        self._patience = patience
        self._masks = masks
        self._write_lock = write_lock
        self._session: Session | None = None

    async def open(self) -> Session:
        """The session.

        Raises:
            SettingsError: the profile is not known or not complete.
        """
        if self._session is None:
            self._session = await asyncio.to_thread(self._connect)
        return self._session

    def _connect(self) -> Session:
        return open_session(
            self._profile(),
            self._folders,
            on_wait=self._on_wait,
            on_call=self._on_call,
            patience=self._patience,
            masks=self._masks,
            write_lock=self._write_lock,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.aclose()


def _embedded_sandbox(
    profile: Profile, token: Secret, folders: Folders
) -> tuple[httpx.AsyncBaseTransport, Store]:
    from tui.files.private_folder import make_private_folder
    from tui.files.state_errors import explained, state_file_error
    from tui.sandbox.http.application import create_application
    from tui.sandbox.in_process import InProcessTransport
    from tui.sandbox.opening import open_store
    from tui.sandbox.store import StoreUnusable

    try:
        with explained(folders.sandbox_file):
            make_private_folder(folders.data)
            store = open_store(folders.sandbox_file)
    except StoreUnusable as error:
        cause = error.__context__ if isinstance(error.__context__, Exception) else error
        raise state_file_error(folders.sandbox_file, cause) from None
    application = create_application(store, app_id=profile.app_id, app_token=token.reveal())
    return InProcessTransport(application), store


def _key_headers(app_id: str, token: Secret) -> Mapping[str, str]:
    return {"X-App-Id": app_id, "X-App-Token": token.reveal()}
