"""Opens the local copy for a question: the one there is, a new one, or one for this question only."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.session import copy_folder
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.actions.verb_context import VerbContext
    from tui.mirror.copy_folder import CopyFolder
    from tui.mirror.copy_reader import CopyReader
    from tui.mirror.copy_search import FoundOrders
    from tui.mirror.sync_plan import SyncPlan, SyncResult
    from tui.orders.columns import OrderColumn
    from tui.orders.order import Order

NOT_READ = "not read"
"""The cell of a value that is known of whole orders only."""


@dataclass(frozen=True, slots=True)
class OpenCopy:
    """A copy that is open for a question, and what to say about its age."""

    reader: CopyReader
    age: str


@asynccontextmanager
async def open_copy(context: VerbContext, *, only_existing: bool = False) -> AsyncIterator[OpenCopy]:
    """Open the copy of the profile's account.

    If there is none, it is made and kept where the profile keeps copies, else read for this question only and
    deleted afterwards. The cost is shown first.

    Args:
        context: the command's.
        only_existing: whether to fail if there is none.

    Raises:
        NoCopy: the account has no copy.
        CopyError: it cannot be read or made.
        VoucherifyError: the account cannot be read.
    """
    profile = context.profile()
    copy = copy_folder(context.folders, profile)
    if copy.exists or only_existing:
        async with _opened(copy) as opened:
            yield opened
    elif profile.keeps_copy:
        await update_copy(context, copy)
        async with _opened(copy) as opened:
            yield opened
    else:
        with tempfile.TemporaryDirectory(prefix="ordex-") as folder:
            temporary = type(copy)(Path(folder) / "copy", copy.account)
            context.narrate(
                "there is no local copy: reading the account for this question (ordex sync keeps it)"
            )
            await update_copy(context, temporary)
            async with _opened(temporary) as opened:
                yield opened


async def update_copy(context: VerbContext, copy: CopyFolder, *, full: bool = False) -> SyncResult:
    """Make or update a copy; say its cost before.

    Raises:
        CopyError: the account cannot be copied.
        VoucherifyError: the service cannot be used now; the copy is unchanged.
    """
    from tui.actions.local_copy import SessionSource
    from tui.mirror.sync import synchronize

    session = await context.open()
    source = SessionSource(session, copy, progress=context.progress, now=context.now)

    def show(plan: SyncPlan) -> None:
        context.narrate(plan.describe())

    def wait() -> None:
        context.narrate("another process is updating the copy: waiting for it")

    return await synchronize(copy, source, full=full, on_plan=show, on_wait=wait)


def copied_orders(context: VerbContext, found: FoundOrders) -> Sequence[Order]:
    """The orders that were found, whose personal values are known to the masks from then on."""
    for order in found.orders:
        context.learn(order.raw)
    return found.orders


def honest_columns(columns: Iterable[OrderColumn], found: FoundOrders) -> Sequence[OrderColumn]:
    """The columns, which show that a value was not read instead of none."""
    from tui.mirror.copy_search import needs_document

    if not found.partial:
        return list(columns)
    return [_honest(column, found.partial) if needs_document(column) else column for column in columns]


def describe_partial(count: int) -> tuple[str, ...]:
    """How many of the orders are known only in part."""
    if not count:
        return ()
    orders = pluralize(count, "order")
    return (f"{orders} without items and redemptions, which were not read yet (ordex get ID reads one)",)


def _honest(column: OrderColumn, partial: frozenset[str]) -> OrderColumn:
    def value(order: Order) -> Any:
        return NOT_READ if order.key in partial else column.value(order)

    return replace(column, value=value, kind="text" if column.kind == "amount" else column.kind)


@asynccontextmanager
async def _opened(copy: CopyFolder) -> AsyncIterator[OpenCopy]:
    from tui.mirror.copy_reader import CopyReader

    reader = await asyncio.to_thread(CopyReader.open, copy)
    try:
        age = f"as of {reader.manifest.as_of:%Y-%m-%d %H:%M:%S} UTC"
        if copy.behind_since is not None:
            age += "; you changed orders since: ordex sync reads them"
        yield OpenCopy(reader, age)
    finally:
        reader.close()
