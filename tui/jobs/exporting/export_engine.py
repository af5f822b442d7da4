"""Schedules exports at the service, polls them and downloads their files.

The command line, the REPL and the explorer use the same calls; nothing here prints or prompts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from tui.files.atomic_write import check_target, publish
from tui.files.threads import run_uncancellable
from tui.jobs.background.clock import Clock, SystemClock
from tui.jobs.background.polling import poll
from tui.jobs.background.quota import BackgroundQuota
from tui.voucherify.responses import Export, OrdersPage

from .column_matching import match_columns
from .csv_check import CsvFacts, RowCheck, check_csv, read_records
from .csv_converter import OrderFilter, convert
from .export_download import DownloadClient, ExportDownload
from .export_jobs import ExportJobs, ExportJobsClient
from .export_request import CellEscape, ExportFailed, ExportRefused, ExportRequest, Format
from .filtered_exports import FilteredExports
from .parquet import check_format
from .progress import ExportResult, ExportTracker, OnProgress
from .target_file import DownloadPart, hold_part, hold_target, write_error

if TYPE_CHECKING:
    from tui.orders.privacy import Masks

T = TypeVar("T")

FINAL_STATUSES = frozenset({"DONE", "ERROR"})


class ExportClient(DownloadClient, ExportJobsClient, Protocol):
    """The calls that an export needs."""

    async def list_orders(self, *, limit: int = 100) -> OrdersPage:
        """A page of orders with the number of all."""


class ExportEngine:
    """The exports of one profile, within its background quota.

    With ``masks``, personal values are masked in the target file; the service's own file is deleted.
    """

    def __init__(
        self,
        client: ExportClient,
        *,
        clock: Clock | None = None,
        ration: BackgroundQuota | None = None,
        masks: Masks | None = None,
        filtered: FilteredExports | None = None,
    ) -> None:
        self._client = client
        self._clock = clock or SystemClock()
        self._ration = ration or BackgroundQuota(None, self._clock)
        self._masks = masks
        self._filtered = filtered
        self._jobs = ExportJobs(client, self._clock, self._ration, filtered)

    async def export(
        self,
        request: ExportRequest,
        target: Path,
        *,
        overwrite: bool = False,
        format: Format = "csv",  # noqa: A002 - the word of the command line
        escape: CellEscape = "none",
        keep: OrderFilter | None = None,
        left: str = "",
        on_progress: OnProgress | None = None,
        on_created: Callable[[Export], None] | None = None,
    ) -> ExportResult:
        """Create an export and download it to ``target``, which appears when it is complete and checked.

        An existing file is replaced only with ``overwrite``. ``keep`` is a local filter for what the service
        cannot filter, ``left`` its text. ``on_created`` is called when the service has created the job,
        which stays there even if the download fails.

        Raises:
            ExportRefused: the job failed, its file is damaged, or the disk is full.
            VoucherifyError: the service cannot be used now.
        """
        check_format(format, escape)
        with hold_target(target):
            await run_uncancellable(_check_target, target, overwrite)
            expected = None if request.filters else await self.count(on_progress)
            export = await self.create(request, on_progress)
            if on_created is not None:
                on_created(export)
            if keep is not None and self._filtered is not None:
                await run_uncancellable(self._filtered.add, export.id, left)
            return await self._download(
                export.id,
                target,
                overwrite=overwrite,
                format=format,
                escape=escape,
                keep=keep,
                unwritten=request.filter_fields,
                expected=expected,
                is_of_orders=True,
                on_progress=on_progress,
            )

    async def count(self, on_progress: OnProgress | None = None) -> int | None:
        """The number of orders in the account, as the service reports it. Costs one call."""
        page = await ExportTracker(self._clock, self._ration, "", on_progress).ask(
            lambda: self._client.list_orders(limit=1)
        )
        return page.total

    async def create(self, request: ExportRequest, on_progress: OnProgress | None = None) -> Export:
        """Schedule an export. After a lost answer, an existing job is looked up before a retry."""
        return await self._jobs.create(request.parameters, on_progress)

    async def repeat(self, export_id: str, on_progress: OnProgress | None = None) -> Export:
        """Schedule an export with the parameters of an existing one.

        Raises:
            ExportRefused: it is not an export of orders, or a part of its filter was applied locally.
            VoucherifyError: the service cannot be used now.
        """
        return await self._jobs.repeat(export_id, on_progress)

    async def follow(self, export_id: str, on_progress: OnProgress | None = None) -> Export:
        """Poll an export until it ends.

        Raises:
            ExportRefused: the job failed.
        """
        tracker = ExportTracker(self._clock, self._ration, export_id, on_progress)
        export = await tracker.ask(lambda: self._client.get_export(export_id))
        tracker.status(export)
        if export.status not in FINAL_STATUSES:
            export = await poll(
                lambda: tracker.ask(lambda: self._client.get_export(export_id)),
                lambda answer: answer.status in FINAL_STATUSES,
                clock=self._clock,
                on_answer=tracker.status,
            )
        if export.status == "ERROR":
            raise ExportFailed(
                f"the service could not make the export {export_id}; it gives no reason",
                hint="Try again, with fewer fields or without a filter to see which of them it is.",
            )
        return export

    async def download(
        self,
        export_id: str,
        target: Path,
        *,
        overwrite: bool = False,
        format: Format = "csv",  # noqa: A002 - the word of the command line
        escape: CellEscape = "none",
        on_progress: OnProgress | None = None,
    ) -> ExportResult:
        """Wait for an export and download its file, resuming an earlier download.

        Columns are named by API paths, see ``column_matching``. An export of other objects than orders is
        available only as the service's own CSV.

        Raises:
            ExportRefused: the file is damaged, its columns are unknown, the disk is full, or a part of its
                filter was applied locally.
            VoucherifyError: the service cannot be used now.
        """
        check_format(format, escape)
        await self._jobs.refuse_filtered(export_id, "downloaded again")
        with hold_target(target):
            await run_uncancellable(_check_target, target, overwrite)
            return await self._download(
                export_id, target, overwrite=overwrite, format=format, escape=escape, on_progress=on_progress
            )

    async def _download(
        self,
        export_id: str,
        target: Path,
        *,
        overwrite: bool,
        format: Format,  # noqa: A002 - as above
        escape: CellEscape,
        on_progress: OnProgress | None,
        keep: OrderFilter | None = None,
        unwritten: Collection[str] = (),
        expected: int | None = None,
        is_of_orders: bool = False,
    ) -> ExportResult:
        """``unwritten`` fields are only for ``keep``; ``is_of_orders``: the job was created for orders."""
        masks = None if self._masks is None else self._masks.lasting()
        export = await self.follow(export_id, on_progress)
        is_raw = export.exported_object not in {None, "order"}
        if is_raw and is_of_orders:
            raise ExportFailed(f"the service made an export of {export.exported_object}s, not of orders")
        if is_raw and (format != "csv" or escape != "none" or keep is not None or masks is not None):
            raise ExportRefused(
                f"{export_id} is an export of {export.exported_object}s: only its plain CSV is available"
            )
        tracker = ExportTracker(self._clock, self._ration, export_id, on_progress)
        with hold_part(target, export_id) as part:
            received = await ExportDownload(
                self._client,
                export,
                target,
                part,
                fresh=lambda: tracker.ask(lambda: self._client.get_export(export_id)),
                retries=tracker.retries,
                clock=self._clock,
                on_bytes=tracker.from_thread(),
            ).run()
            tracker.phase("checking")
            facts = await run_uncancellable(_check_download, part)
            rows, doubts = facts.rows, tuple[str, ...]()
            if is_raw:
                await run_uncancellable(_then_discard, part, partial(_publish, part, target, overwrite))
            else:
                paths = await run_uncancellable(_columns_of, part.path, facts.header, fields_of(export))
                check = RowCheck(paths)
                write = partial(
                    convert,
                    part.path,
                    target,
                    paths,
                    overwrite=overwrite,
                    format=format,
                    escape=escape,
                    keep=keep,
                    unwritten=unwritten,
                    masks=masks,
                    check=check,
                )
                rows = await run_uncancellable(_then_discard, part, write)
                doubts = await run_uncancellable(check.doubts)
        return ExportResult(
            export=export_id,
            path=target,
            format=format,
            escape=escape,
            rows=rows,
            exported=facts.rows,
            bytes=received.size,
            sha256=received.sha256,
            expected=expected,
            masked=masks is not None,
            of_orders=not is_raw,
            doubts=doubts,
        )


def fields_of(export: Export) -> tuple[str, ...]:
    """The fields that a job was created with.

    Raises:
        ExportRefused: its parameters do not name them.
    """
    fields = (export.parameters or {}).get("fields")
    if fields is None or fields == []:
        # The service's own choice (docs/voucherify-api.md#export-files).
        return ("id", "source_id", "status")
    if not isinstance(fields, list) or not all(isinstance(field, str) for field in fields):
        raise ExportRefused(f"the service does not report which fields the export {export.id} has")
    return tuple(fields)


def _columns_of(part: Path, header: Sequence[str], fields: Sequence[str]) -> tuple[str, ...]:
    records = (record for _, record in islice(read_records(part), 1, None))
    return match_columns(header, fields, records)


def _check_target(target: Path, overwrite: bool) -> None:
    try:
        check_target(target, overwrite=overwrite)
    except OSError as error:
        raise write_error(target, error) from None


def _check_download(part: DownloadPart) -> CsvFacts:
    try:
        return check_csv(part.path)
    except ExportRefused:
        part.discard()  # The next download must not resume a damaged file.
        raise


def _then_discard(part: DownloadPart, write: Callable[[], T]) -> T:
    """Write the target, then remove the download, which has no masks; no cancellation comes between."""
    written = write()
    part.discard()
    return written


def _publish(part: DownloadPart, target: Path, overwrite: bool) -> None:
    try:
        publish(part.path, target, overwrite=overwrite)
    except OSError as error:
        raise write_error(target, error) from None
