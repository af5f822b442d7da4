"""Creates the jobs of exports at the service, each once, also where an answer is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from tui.files.threads import run_uncancellable
from tui.jobs.background.clock import Clock
from tui.jobs.background.quota import BackgroundQuota
from tui.orders.times import parse_time
from tui.voucherify.errors import VoucherifyError
from tui.voucherify.responses import Export, ExportsPage

from .export_request import ExportRefused, same_parameters
from .filtered_exports import FilteredExports
from .progress import ExportTracker, OnProgress

CLOCK_SKEW = timedelta(minutes=2)


class ExportJobsClient(Protocol):
    """The calls that create a job."""

    async def create_order_export(self, parameters: Mapping[str, Any] | None = None) -> Export:
        """Schedule an export at the service."""

    async def get_export(self, export_id: str) -> Export:
        """One export, with a fresh link."""

    async def list_exports(self, *, limit: int = 100) -> ExportsPage:
        """The newest exports."""


class ExportJobs:
    """The jobs of exports at the service."""

    def __init__(
        self,
        client: ExportJobsClient,
        clock: Clock,
        ration: BackgroundQuota,
        filtered: FilteredExports | None,
    ) -> None:
        self._client = client
        self._clock = clock
        self._ration = ration
        self._filtered = filtered

    async def create(self, parameters: Mapping[str, Any], on_progress: OnProgress | None) -> Export:
        """Create a job. After a lost answer, an existing one is looked up before a retry."""
        tracker = ExportTracker(self._clock, self._ration, "", on_progress)
        tracker.phase("creating")
        while True:
            began = self._clock.now()
            try:
                async with self._ration.call(tracker.quota_wait):
                    return await self._client.create_order_export(parameters)
            except VoucherifyError as error:
                await tracker.retries.wait(error)
                if error.sent and (found := await self._find(parameters, began, tracker)) is not None:
                    return found

    async def repeat(self, export_id: str, on_progress: OnProgress | None = None) -> Export:
        """Schedule an export with the parameters of an existing one.

        Raises:
            ExportRefused: it is not an export of orders, or a part of its filter was applied locally.
            VoucherifyError: the service cannot be used now.
        """
        await self.refuse_filtered(export_id, "made again")
        tracker = ExportTracker(self._clock, self._ration, export_id, on_progress)
        export = await tracker.ask(lambda: self._client.get_export(export_id))
        if export.exported_object not in {None, "order"}:
            raise ExportRefused(f"{export_id} is an export of {export.exported_object}s, not of orders")
        return await self.create(export.parameters or {}, on_progress)

    async def refuse_filtered(self, export_id: str, done: str) -> None:
        """Refuse what would export more orders than the whole filter of an export matches."""
        left = (
            None if self._filtered is None else await run_uncancellable(self._filtered.filter_of, export_id)
        )
        if left is not None:
            raise ExportRefused(
                f"{export_id} cannot be {done}: the service applied a part of its filter only, and the rest"
                f" ({left}) was applied to the download",
                hint="Export with the whole filter: ordex export --where FILTER -o FILE.",
            )

    async def _find(
        self, parameters: Mapping[str, Any], began: float, tracker: ExportTracker
    ) -> Export | None:
        """The job that an unanswered request may have created."""
        page = await tracker.ask(lambda: self._client.list_exports(limit=100))
        since = datetime.fromtimestamp(began, UTC) - CLOCK_SKEW
        for export in page.exports:
            created = parse_time(export.created_at)
            ours = export.exported_object in {None, "order"} and export.status != "ERROR"
            if ours and created and created >= since and same_parameters(parameters, export.parameters):
                return export
        return None
