"""Makes and updates a copy with few calls.

The first copy is read by pages of the list, which have whole documents, if the budget allows; else by one
export. An update reads the newest pages by creation and by change until they are older than the last
synchronisation, or one export of what changed since. The number of orders that the service states decides
whether the result is complete; if it is not, the whole account is copied again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from math import ceil
from typing import Literal

from tui.errors import Category
from tui.files.process_lock import HeldElsewhere
from tui.files.threads import run_uncancellable
from tui.orders.coverage import LAST_PAGE
from tui.orders.times import parse_time

from .account_source import PAGE, AccountSource, ListedPage, ListOrder
from .copy_errors import CopyDamaged, CopyError
from .copy_folder import MOST_SEGMENTS, CopyFolder, Manifest
from .copy_rows import Row, row_document
from .sync_plan import SyncPlan, SyncResult
from .sync_rows import MergedRows, ReadRows, add_exported, find_changes

REACH = LAST_PAGE * PAGE
"""Orders that the list reaches from one end."""

EXPORT_CALLS = 6
"""Calls that an export costs: counting, creating, polling, downloading."""

MOST_PAGES = 3
"""Pages that an update reads besides the first two, before an export is cheaper."""

OVERLAP = timedelta(minutes=1)
"""How far before the last synchronisation an update looks: a change may be listed after a later one."""

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""A time of the service that is later than ours by more is not the service's clock."""

ATTEMPTS = 2
"""How often the list is read when orders moved between its pages meanwhile."""

WAIT = 0.2
"""Seconds between two looks whether another process has ended its synchronisation."""


@dataclass(slots=True)
class _Gap(Exception):
    """Why the changes alone do not make the copy complete."""

    reason: str


async def synchronize(
    folder: CopyFolder,
    source: AccountSource,
    *,
    full: bool = False,
    on_plan: Callable[[SyncPlan], None] = lambda plan: None,
    on_wait: Callable[[], None] = lambda: None,
) -> SyncResult:
    """Make the copy, or bring it up to date. A failure leaves it as it was.

    While another process does the same, this waits for it and returns its result.

    Args:
        folder: the copy.
        source: the account.
        full: whether to copy all orders again.
        on_plan: is called before each step that costs calls, with their number.
        on_wait: is called before waiting for another process.

    Raises:
        CopyError: the account cannot be copied.
        StateFileError: the folder cannot be written.
        VoucherifyError: the service cannot be used now.
    """
    before = await run_uncancellable(_generation, folder)
    async with _locked(folder, on_wait):
        manifest, reason = await run_uncancellable(_present_state, folder)
        if manifest is not None and manifest.generation != before and not full:
            return SyncResult(manifest, 0, 0)
        if full:
            manifest = None
        return await _Sync(folder, source, on_plan, manifest, reason).run()


class _Sync:
    """One synchronisation."""

    def __init__(
        self,
        folder: CopyFolder,
        source: AccountSource,
        on_plan: Callable[[SyncPlan], None],
        manifest: Manifest | None,
        reason: str,
    ) -> None:
        self._folder = folder
        self._source = source
        self._on_plan = on_plan
        self._old = manifest
        self._reason = reason
        self._calls_before = source.calls
        self._started = source.now()
        self._total: int | None = None

    async def run(self) -> SyncResult:
        newest = await self._page(1, "-created_at")
        changed = await self._page(1, "-updated_at")
        if newest.total is None:
            raise CopyError(
                "the service does not report how many orders there are, so a copy cannot be complete",
                category=Category.SERVICE,
            )
        rows = ReadRows(self._source.now)
        rows.add(newest.orders)
        rows.add(changed.orders)
        changes_from = self._changes_from(newest, changed)
        try:
            made = await self._update(newest, changed, rows, changes_from)
        except _Gap as gap:
            self._reason = gap.reason
            made = await self._copy_all(newest, rows, changes_from)
        await run_uncancellable(self._folder.clear_behind, self._started.timestamp())
        return made

    async def _page(self, number: int, order: ListOrder) -> ListedPage:
        """Read a page. Only a total that is stated with the last page counts all orders that were read."""
        page = await self._source.page(number, order)
        self._total = page.total
        return page

    async def _update(
        self, newest: ListedPage, changed: ListedPage, rows: ReadRows, changes_from: datetime | None
    ) -> SyncResult:
        """Read what changed since the last synchronisation.

        Raises:
            _Gap: that is not enough.
        """
        old = self._old
        if old is None:
            raise _Gap(self._reason)
        since = old.changes_from
        if since is not None:
            since -= OVERLAP
        if not await self._listed_changes(newest, changed, rows, since, old.orders):
            if since is None or not self._source.can_export:
                raise _Gap("too many orders changed since the last time to list them")
            self._on_plan(SyncPlan("changes by export", 0, EXPORT_CALLS))
            async with self._source.exported(since) as orders:
                await run_uncancellable(add_exported, rows, orders)
        return await self._commit_changes(old, newest, rows, changes_from)

    async def _listed_changes(
        self, newest: ListedPage, changed: ListedPage, rows: ReadRows, since: datetime | None, known: int
    ) -> bool:
        """Read pages until they are older than that; return whether they were few enough."""
        new = ceil(((newest.total or 0) - known) / PAGE)
        left = MOST_PAGES if self._source.can_export else 2 * LAST_PAGE
        if new - 1 > left or not await self._are_changes_first(changed):
            return False
        walks = (
            _Walk("-created_at", "created_at", since, newest),
            _Walk("-updated_at", "updated_at", since, changed),
        )
        if not all(walk.is_done for walk in walks):
            self._on_plan(SyncPlan("changes by list", 0, left))
        for walk in walks:
            while not walk.is_done:
                if not left or walk.page >= LAST_PAGE:
                    return False
                left -= 1
                page = await self._page(walk.page + 1, walk.order)
                rows.add(page.orders)
                walk.add(page)
        return True

    async def _are_changes_first(self, changed: ListedPage) -> bool:
        """Whether orders that were never changed come last in the list by change, newest first."""
        if not changed.orders or changed.orders[0].updated_at is not None:
            return True
        oldest = await self._page(1, "updated_at")
        return not oldest.orders or oldest.orders[0].updated_at is None

    async def _commit_changes(
        self, old: Manifest, newest: ListedPage, rows: ReadRows, changes_from: datetime | None
    ) -> SyncResult:
        for attempt in range(ATTEMPTS):
            if attempt:  # orders made meanwhile are counted, but were not on the first page
                newest = await self._page(1, "-created_at")
                rows.add(newest.orders)
            changes = await run_uncancellable(find_changes, self._folder, old, rows.by_id)
            if old.orders + changes.added == self._total:
                break
        else:
            missing = (self._total or 0) - old.orders - changes.added
            what = f"{abs(missing):,} " + ("more" if missing > 0 else "fewer")
            raise _Gap(f"the account has {what} orders than the changes account for")
        made = replace(
            old,
            as_of=self._started,
            changes_from=changes_from,
            orders=old.orders + changes.added,
            whole=old.whole + changes.whole,
            calls=self._calls,
        )
        manifest = await run_uncancellable(_committed, self._folder, old, made, iter(changes.rows))
        return SyncResult(manifest, len(changes.rows), self._calls)

    async def _copy_all(
        self, newest: ListedPage, rows: ReadRows, changes_from: datetime | None
    ) -> SyncResult:
        total = newest.total or 0
        pages = max(ceil(total / PAGE) - 1, 0)
        allowed = self._source.allowance()
        is_affordable = allowed is None or pages * 2 <= allowed
        if total <= 2 * REACH and (is_affordable or pages <= EXPORT_CALLS or not self._source.can_export):
            self._on_plan(SyncPlan("list", total, pages, self._reason))
            await self._list_all(newest, rows)
            written = list(rows.by_id.values())
            manifest = await self._commit_all(iter(written), changes_from)
            return SyncResult(manifest, len(written), self._calls, self._reason)
        if not self._source.can_export:
            raise CopyError(
                f"the account has {total:,} orders; the API lists {2 * REACH:,} of them, and a read-only"
                " profile cannot export",
                hint="Allow the export with: ordex --write sync",
                category=Category.REFUSED,
            )
        self._on_plan(SyncPlan("export", total, EXPORT_CALLS, self._reason))
        async with self._source.exported(None) as orders:
            merged = MergedRows(rows, orders)
            manifest = await self._commit_all(iter(merged), changes_from, at_least=total)
        return SyncResult(manifest, manifest.orders, self._calls, self._reason)

    async def _list_all(self, newest: ListedPage, rows: ReadRows) -> None:
        """Read every page, from the oldest order on, so that new orders do not shift the pages.

        Raises:
            CopyError: the pages do not have as many orders as the service counts.
        """
        total = self._total or 0
        for attempt in range(ATTEMPTS):
            if attempt:
                rows.by_id.clear()
            if len(rows.by_id) == total or await self._read_both_ends(rows, total):
                return
        raise CopyError(
            f"the service counts {total:,} orders, and its list has {len(rows.by_id):,}",
            hint="Try again: orders may have been created or deleted in the meantime.",
            category=Category.PARTIAL,
        )

    async def _read_both_ends(self, rows: ReadRows, total: int) -> bool:
        """Read the list from the oldest order on, then from the newest; return whether all orders are known.

        It fails where the service counts fewer orders than before: one was deleted, and another one moved to
        a page that was read already.
        """
        orders: tuple[ListOrder, ...] = ("created_at", "-created_at")
        for order in orders:
            for number in range(1, LAST_PAGE + 1):
                page = await self._page(number, order)
                rows.add(page.orders)
                if page.total is None or page.total < total:
                    return False
                total = page.total
                if len(rows.by_id) == total:
                    return True
                if len(page.orders) < PAGE:
                    return False
        return False

    async def _commit_all(
        self, rows: Iterator[Row], changes_from: datetime | None, *, at_least: int = 0
    ) -> Manifest:
        made = Manifest(self._folder.account, self._started, changes_from, calls=self._calls)
        return await run_uncancellable(_replaced, self._folder, made, rows, at_least)

    @property
    def _calls(self) -> int:
        return self._source.calls - self._calls_before

    def _changes_from(self, newest: ListedPage, changed: ListedPage) -> datetime | None:
        """A time of the service's clock that is not later than the beginning of this synchronisation."""
        stamps = [parse_time(order.created_at) for order in newest.orders]
        stamps += [parse_time(order.updated_at) for order in changed.orders]
        latest = self._started + CLOCK_DIFFERENCE
        known = [min(stamp, latest) for stamp in stamps if stamp is not None]
        if self._old is not None and self._old.changes_from is not None:
            known.append(self._old.changes_from)
        return max(known, default=None)


class _Walk:
    """A walk through the list, newest first, down to a time."""

    def __init__(
        self,
        order: ListOrder,
        key: Literal["created_at", "updated_at"],
        since: datetime | None,
        first: ListedPage,
    ) -> None:
        self.order = order
        self.page = 0
        self.is_done = False
        self._key = key
        self._since = since
        self.add(first)

    def add(self, page: ListedPage) -> None:
        """Note the next page."""
        self.page += 1
        stamps = [parse_time(getattr(order, self._key)) for order in page.orders]
        is_past = any(stamp is None or (self._since and stamp < self._since) for stamp in stamps)
        self.is_done = is_past or len(page.orders) < PAGE


def _committed(folder: CopyFolder, old: Manifest, made: Manifest, rows: Iterator[Row]) -> Manifest:
    manifest = folder.commit(old, made, rows)
    return folder.merge(manifest) if len(manifest.segments) > MOST_SEGMENTS else manifest


def _replaced(folder: CopyFolder, made: Manifest, rows: Iterator[Row], at_least: int) -> Manifest:
    counts = [0, 0]

    def counted() -> Iterator[Row]:
        for row in rows:
            counts[0] += 1
            counts[1] += row_document(row) is not None
            yield row
        if counts[0] < at_least:
            raise CopyError(
                f"the service counts {at_least:,} orders and exports {counts[0]:,}",
                hint="Try again: orders may have been deleted in the meantime.",
                category=Category.PARTIAL,
            )

    return folder.commit(
        None, made, counted(), finish=lambda new: replace(new, orders=counts[0], whole=counts[1])
    )


def _generation(folder: CopyFolder) -> int:
    try:
        manifest = folder.manifest()
    except CopyDamaged:
        return 0
    return 0 if manifest is None else manifest.generation


def _present_state(folder: CopyFolder) -> tuple[Manifest | None, str]:
    """The state of the copy, or why it cannot be updated."""
    try:
        return folder.checked_manifest(thoroughly=True), ""
    except CopyDamaged as error:
        return None, str(error)


@asynccontextmanager
async def _locked(folder: CopyFolder, on_wait: Callable[[], None]) -> AsyncIterator[None]:
    """Hold the lock of the folder; wait for another process."""
    for attempt in count():
        held = folder.writing(seconds=0)
        try:
            held.__enter__()
        except HeldElsewhere:
            if not attempt:
                on_wait()
            await asyncio.sleep(WAIT)
        else:
            break
    try:
        yield
    finally:
        held.__exit__(None, None, None)
