"""Builds a session from a profile; the only module that knows all packages."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.actions.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from tui.orders.privacy import Masks
    from tui.sandbox.store import Store
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import Secret
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.write_lock import WriteLock


def open_session(
    profile: Profile,
    folders: Folders,
    *,
    on_wait: Callable[[Wait], None] | None = None,
    on_call: Callable[[ApiCall], None] | None = None,
    masks: Masks | None = None,
    write_lock: WriteLock | None = None,
) -> Session:
    """Connect a profile without sending anything yet; creates the embedded sandbox if it does not exist.

    This reads files and imports heavy modules, so call it in a thread.

    Args:
        profile: the account.
        folders: where the embedded sandbox keeps its file.
        on_wait: called when a request waits for the rate limit or a retry.
        on_call: called with each call when it has ended.
        masks: the masks of the front end; those of the profile when not given.
        write_lock: the lock of an earlier session of the same profile; the profile's own when not given.

    Where the folder of the embedded sandbox cannot be written, the sandbox is kept in memory, and the
    session's remark says so.

    Raises:
        StateFileError: the embedded sandbox's file cannot be used.
        SettingsError: the token cannot be read.
        BadAddress: the profile's address is not one that keys may be sent to.
    """
    from tui.voucherify.connection import connect

    token = profile.token.read()
    network: httpx.AsyncBaseTransport | None = None
    store: Store | None = None
    base_url, remark = profile.base_url, ""
    if base_url is None:
        from tui.sandbox.http.application import create_application
        from tui.sandbox.in_process import InProcessTransport

        base_url = "http://localhost"
        store, remark = _open_sandbox(folders)
        network = InProcessTransport(
            create_application(store, app_id=profile.app_id, app_token=token.reveal())
        )
    masks = masks or masks_of(profile)
    lock = write_lock or lock_of(profile)
    client = connect(
        base_url=base_url,
        credentials=lambda: _key_headers(profile.app_id, token),
        auth=profile.auth,
        write_lock=lock,
        network=network,
        on_wait=on_wait,
        on_document=masks.learn,
    )
    if on_call is not None:
        client.calls.subscribe(on_call)
    client.calls.subscribe(partial(_mark_copy_behind, folders, profile))
    return Session(profile, lock, client, store, folders, masks, remark)


def lock_of(profile: Profile) -> WriteLock:
    """The lock that a profile starts with. A switch between REPL and explorer keeps the lock it has."""
    from tui.voucherify.write_lock import WriteLock

    return WriteLock(read_only=profile.read_only, sealed=profile.sealed)


def masks_of(profile: Profile | None, *, on: bool = False) -> Masks:
    """The masks of a session; everything that a front end shows passes through them.

    Args:
        profile: its settings define what is personal and whether that is always masked.
        on: whether the user asked for masks.
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
    """The newest orders, where they can be read without a client; else none.

    Args:
        profile: the account; only the embedded sandbox can be read this way.
        folders: where the embedded sandbox keeps its file.
        limit: how many at most.
    """
    if profile.base_url is not None:
        return []
    from tui.sandbox.first_rows import newest

    return newest(folders.sandbox_file, limit=limit)


def _mark_copy_behind(folders: Folders, profile: Profile, call: ApiCall) -> None:
    """Remember that the account's orders may have changed since they were copied."""
    if call.method == "GET" or not call.path.startswith("/v1/orders") or call.path.endswith("/export"):
        return
    from tui.actions.session import copy_folder, has_copy

    may_be_done = call.status is None or call.status < 300 or call.status >= 500
    if may_be_done and has_copy(folders, profile):
        copy_folder(folders, profile).mark_behind()


def _open_sandbox(folders: Folders) -> tuple[Store, str]:
    """The embedded sandbox, and what the user must know of it."""
    from tui.files.private_folder import make_private_folder
    from tui.files.state_errors import ONLY_WRITING, StateFileError, explained, state_file_error
    from tui.sandbox.opening import open_in_memory, open_store
    from tui.sandbox.store import StoreUnusable

    file = folders.sandbox_file
    try:
        with explained(file):
            make_private_folder(folders.data)
            return open_store(file), ""
    except StoreUnusable as error:
        cause = error.__context__ if isinstance(error.__context__, Exception) else error
        failure = state_file_error(file, cause)
    except StateFileError as error:
        failure = error
    if os.path.lexists(file) or failure.hint not in ONLY_WRITING:
        raise failure from None
    return open_in_memory(), f"the sandbox is kept in memory and ends with Ordex: {failure}"


def _key_headers(app_id: str, token: Secret) -> Mapping[str, str]:
    return {"X-App-Id": app_id, "X-App-Token": token.reveal()}
