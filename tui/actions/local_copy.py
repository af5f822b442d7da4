"""The account of a session as a source of its local copy."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.jobs.background.clock import Clock
    from tui.jobs.exporting.progress import ExportProgress
    from tui.mirror.account_source import ListOrder
    from tui.mirror.copy_folder import CopyFolder
    from tui.orders.order import Order
    from tui.settings.folders import Folders
    from tui.terminal.progress_line import Progress
    from tui.voucherify.responses import OrdersPage

    from .session import Session

from .session import COPIES


class SessionSource:
    """Reads the account within the background quota. See ``tui.mirror.account_source.AccountSource``.

    Args:
        session: the account.
        copy: where the file of an export is until it is read.
        progress: shows what is waited for.
        now: the time.
        clock: the clock of exports, the machine's if not given.
    """

    def __init__(
        self,
        session: Session,
        copy: CopyFolder,
        *,
        progress: Progress,
        now: Callable[[], datetime],
        clock: Clock | None = None,
    ) -> None:
        self._session = session
        self._copy = copy
        self._progress = progress
        self._clock = clock
        self.now = now

    @property
    def can_export(self) -> bool:
        """Whether an export may be created."""
        return not self._session.read_only

    @property
    def calls(self) -> int:
        """Calls that the session made."""
        return self._session.client.calls.made

    def allowance(self) -> int | None:
        """Calls that background work may make now."""
        return self._session.ration.allowance().calls

    async def page(self, page: int, order: ListOrder) -> OrdersPage:
        """A page of 100 orders."""
        self._progress(f"reading page {page:,}")
        async with self._session.ration.call(self._show_wait):
            return await self._session.client.list_orders(limit=100, page=page, order=order)

    @asynccontextmanager
    async def exported(self, since: datetime | None) -> AsyncIterator[Iterator[Order]]:
        """The orders that were made or changed after a time, or all, by an export."""
        from tui.jobs.exporting.export_engine import ExportEngine
        from tui.jobs.exporting.export_request import FIELDS, METADATA, ExportRequest
        from tui.orders.times import format_api_time

        filters: dict[str, Any] | None = None
        if since is not None:
            after = {"conditions": {"$after": [format_api_time(since)]}}
            filters = {"junction": "or", "created_at": after, "updated_at": after}
        request = ExportRequest((*FIELDS, METADATA), filters=filters)
        # Without masks: those are put on what is read from the copy.
        engine = ExportEngine(self._session.client, clock=self._clock, ration=self._session.ration)

        def show(progress: ExportProgress) -> None:
            self._progress(progress.describe(), until=progress.waiting_until)

        with self._copy.scratch() as folder:
            target = folder / "orders.jsonl"
            await engine.export(request, target, format="jsonl", on_progress=show)
            yield _orders_in(target)

    def _show_wait(self, until: float) -> None:
        self._progress("waiting for calls of the next period", until=until)


def delete_copies(folders: Folders, name: str) -> int:
    """Delete the copies of all accounts that a profile of this name had; return how many. Blocks.

    Raises:
        CopyError: another process is writing one.
        StateFileError: one cannot be removed.
    """
    from tui.mirror.copy_folder import CopyFolder
    from tui.settings.folders import file_name

    found = sorted((folders.state / COPIES).glob(f"{file_name(f'{name}@')}*"))
    return sum(delete_copy(CopyFolder(path, name)) > 0 for path in found)


def delete_copy(copy: CopyFolder) -> int:
    """Delete a copy; return the bytes that it took. Blocks.

    Raises:
        CopyError: another process is writing it.
        StateFileError: it cannot be removed.
    """
    from tui.files.process_lock import HeldElsewhere
    from tui.mirror.copy_errors import CopyError

    try:
        return copy.delete()
    except HeldElsewhere as holder:
        raise CopyError(f"{holder} is updating the copy", hint="Try again when it is done.") from None


def _orders_in(path: Path) -> Iterator[Order]:
    from tui.jobs.importing.mapping.helper_columns import UNTYPED_KEY
    from tui.orders.order import Order

    with path.open(encoding="utf-8") as file:
        for line in file:
            document: dict[str, Any] = json.loads(line)
            document.pop(UNTYPED_KEY, None)
            yield Order.read(document)
