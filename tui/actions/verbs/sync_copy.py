"""``sync``: make, update, describe or delete the local copy of the account."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.actions.printing.formats import FORMATS
from tui.actions.results import DoneResult
from tui.actions.session import copy_folder
from tui.actions.verb import Argument, InputError, Verb
from tui.actions.verb_context import VerbContext
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.mirror.copy_folder import CopyFolder, Manifest


async def run(context: VerbContext, given: Mapping[str, Any]) -> DoneResult:
    """Run the requested part of the command.

    Raises:
        InputError: two of them exclude each other.
        CopyError: the account cannot be copied, or the copy cannot be read.
        VoucherifyError: the service cannot be used now; the copy is unchanged.
    """
    if sum(given[name] for name in ("full", "status", "delete")) > 1:
        raise InputError("choose one of --full, --status and --delete")
    if given["status"] or given["delete"]:
        copy = copy_folder(context.folders, context.profile())
        return await asyncio.to_thread(_delete if given["delete"] else _status, copy)
    return await _sync(context, full=given["full"])


async def _sync(context: VerbContext, *, full: bool) -> DoneResult:
    from tui.actions.copy_answers import update_copy

    copy = copy_folder(context.folders, context.profile())
    result = await update_copy(context, copy, full=full)
    what = f"{pluralize(result.calls, 'call')}, {pluralize(result.written, 'order')} written"
    document = {**_document(copy, result.manifest), "written": result.written, "reason": result.reason}
    return DoneResult((f"{describe(result.manifest)}; {what}",), document)


def _status(copy: CopyFolder) -> DoneResult:
    """Describe the copy without a call.

    Raises:
        CopyError: there is none, or it is damaged.
    """
    from tui.mirror.copy_errors import NoCopy

    manifest = copy.checked_manifest(thoroughly=True)
    if manifest is None:
        raise NoCopy
    document = _document(copy, manifest)
    size = f"{document['bytes'] / 1e6:,.1f} MB in {copy.path}"
    behind = ("you changed orders since: ordex sync reads them",) if document["behind"] else ()
    return DoneResult((describe(manifest), size, *behind), document)


def _delete(copy: CopyFolder) -> DoneResult:
    """Delete the copy.

    Raises:
        CopyError: another process is writing it.
    """
    from tui.actions.local_copy import delete_copy

    size = delete_copy(copy)
    said = f"the local copy is deleted ({size / 1e6:,.1f} MB)" if size else "there was no local copy"
    return DoneResult((said,), {"outcome": "deleted" if size else "nothing", "bytes": size})


def describe(manifest: Manifest) -> str:
    """How many orders a copy has, how many of them only in part, and as of when."""
    said = pluralize(manifest.orders, "order")
    if manifest.whole < manifest.orders:
        said += f" ({manifest.orders - manifest.whole:,} without items and redemptions)"
    return f"{said}, as of {manifest.as_of:%Y-%m-%d %H:%M:%S} UTC"


def _document(copy: CopyFolder, manifest: Manifest) -> dict[str, Any]:
    from tui.orders.times import format_api_time

    return {
        "orders": manifest.orders,
        "whole": manifest.whole,
        "as_of": format_api_time(manifest.as_of),
        "calls": manifest.calls,
        "behind": copy.behind_since is not None,
        "bytes": sum(segment.bytes for segment in manifest.segments),
        "path": str(copy.path),
    }


VERB = Verb(
    name="sync",
    summary="Make or update the local copy of the account.",
    help=(
        "Make or update the local copy of the account, so that questions about all orders cost no calls. A "
        "small account is read page by page, a large one by an export, which has no items and redemptions; "
        "an update reads only what changed. A fifth of the account's calls is left for you. The copy is in "
        "the state folder, as Parquet files that only you can read; --status shows where, --delete removes "
        "it. It holds personal data: masks apply to what is read from it, not to the files."
    ),
    run=run,
    arguments=(
        Argument("full", "flag", "Copy all orders again.", default=False),
        Argument("status", "flag", "Show the state of the copy. Costs no call.", default=False),
        Argument("delete", "flag", "Delete the copy.", default=False),
    ),
    examples=("sync", "sync --full", "sync --status --format json", "sync --delete"),
    formats=FORMATS,
)
