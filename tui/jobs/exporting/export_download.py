"""Downloads the file of an export completely, and resumes after interruptions.

Received bytes stay in a hidden part file beside the target; a second file records their export and version,
so that the download can resume after a lost connection, an expired link or a crash. If the service does not
send the size, a request for the bytes after the end confirms it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tui.files.atomic_write import atomic_write_text
from tui.files.threads import run_uncancellable
from tui.jobs.background.clock import Clock
from tui.jobs.background.retry_policy import RetryPolicy
from tui.voucherify.errors import Forbidden, NotFound, NotJson, Unauthorized, VoucherifyError
from tui.voucherify.responses import Export

from .export_request import ExportFailed, ExportRefused
from .target_file import DownloadPart, write_error

WRITE_BYTES = 1024 * 1024
"""Bytes to collect before a write to the disk."""

MOST_REFUSED_LINKS = 5
MOST_CONFIRMATIONS = 4
"""Refused links in a row, and unconfirmed ends, after which the download fails."""

MOST_FRUITLESS_ATTEMPTS = 8
MOST_ATTEMPTS = 300
LONGEST_SECONDS = 6 * 3600.0
"""When a download fails: attempts in a row without new bytes, attempts in all, and seconds."""

MOST_WRONG_FILES = 3
"""Answers in a row that are not a file, after which the download fails."""

_REFUSED_LINK = (Unauthorized, Forbidden, NotFound)


class DownloadStream(Protocol):
    """The bytes of a file from ``offset`` on; ``total`` and ``etag`` if the service sends them."""

    offset: int
    total: int | None
    etag: str | None

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class DownloadClient(Protocol):
    """The call that a download needs."""

    def download_export(
        self, export: Export, *, offset: int = 0, etag: str | None = None
    ) -> AbstractAsyncContextManager[DownloadStream]:
        """The file from byte ``offset`` on."""


@dataclass(frozen=True, slots=True)
class Received:
    """A complete part file: its size in bytes and its SHA-256."""

    part: Path
    size: int
    sha256: str


class ExportDownload:
    """One download. ``fresh`` reads the export again, for a link that has not expired."""

    def __init__(
        self,
        client: DownloadClient,
        export: Export,
        target: Path,
        part: DownloadPart,
        *,
        fresh: Callable[[], Awaitable[Export]],
        retries: RetryPolicy,
        clock: Clock,
        on_bytes: Callable[[int, int | None], None] = lambda received, total: None,
    ) -> None:
        self._client = client
        self._export = export
        self._target = target
        self._part = part
        self._fresh = fresh
        self._retries = retries.for_call()
        self._clock = clock
        self._ends_at = clock.monotonic() + LONGEST_SECONDS
        self._attempts = self._fruitless = self._wrong = self._furthest = 0
        self._on_bytes = on_bytes
        self._etag: str | None = None
        self._total: int | None = None
        self._size = 0
        self._last = b""
        self._hash = hashlib.sha256()
        self._refused_links = 0
        self._whole = False
        self._ends: list[tuple[int, str]] = []

    async def run(self) -> Received:
        """Download the whole file into the part file.

        Raises:
            ExportRefused: the disk is full, or the end of the service's file is uncertain.
            VoucherifyError: the service cannot be used now; received bytes stay for the next download.
        """
        try:
            await run_uncancellable(self._resume, self._part.descriptor)
            while not self._whole:
                await self._attempt(self._part.descriptor)
        except OSError as error:
            raise write_error(self._target, error) from None
        return Received(self._part.path, self._size, self._hash.hexdigest())

    async def _attempt(self, descriptor: int) -> None:
        if self._size and not self._etag:
            await run_uncancellable(
                self._start_over, descriptor
            )  # Without a version, the rest may be of another file.
        error: VoucherifyError | None = None
        before = self._size
        try:
            async with self._client.download_export(
                self._export, offset=self._size, etag=self._etag
            ) as download:
                if await self._fits(download, descriptor):
                    await self._receive(download, descriptor)
                    self._check_end(before)
        except VoucherifyError as failure:
            error = failure
        if not self._whole:
            await self._before_another(error)

    async def _before_another(self, error: VoucherifyError | None) -> None:
        """Prepare another attempt.

        Raises:
            ExportFailed: too many attempts failed.
            VoucherifyError: the last error, if a retry cannot help.
        """
        self._attempts += 1
        has_more = self._is_progress(self._size - self._furthest)
        self._furthest = max(self._furthest, self._size)
        self._fruitless = 0 if has_more else self._fruitless + 1
        self._wrong = self._wrong + 1 if isinstance(error, NotJson) else 0
        is_refused = isinstance(error, _REFUSED_LINK)
        self._refused_links = self._refused_links + 1 if is_refused and not has_more else 0
        if self._is_hopeless():
            raise error or _unsteady()
        if error is not None and not is_refused:
            if has_more:
                self._retries.answered()
            await self._retries.wait(error)
        if is_refused or self._fruitless > 1:
            self._export = await self._fresh()

    def _is_progress(self, gained: int) -> bool:
        """Whether the file would be complete within all attempts at this many bytes per attempt."""
        return gained > 0 and (self._total is None or gained * MOST_ATTEMPTS >= self._total)

    def _is_hopeless(self) -> bool:
        return (
            self._fruitless >= MOST_FRUITLESS_ATTEMPTS
            or self._attempts >= MOST_ATTEMPTS
            or self._wrong >= MOST_WRONG_FILES
            or self._refused_links > MOST_REFUSED_LINKS
            or self._clock.monotonic() >= self._ends_at
        )

    async def _fits(self, download: DownloadStream, descriptor: int) -> bool:
        """Whether the bytes continue the part file, or are the whole file again, which starts it over."""
        if self._size and (download.offset != self._size or download.etag != self._etag):
            await run_uncancellable(self._start_over, descriptor)
        if download.offset != self._size:
            self._etag = None
            return False
        self._etag = download.etag if download.etag and not download.etag.startswith("W/") else None
        self._total = download.total
        await run_uncancellable(self._note_version)
        if download.total is not None:
            self._check_room(download.total)
        return True

    async def _receive(self, download: DownloadStream, descriptor: int) -> None:
        gathered = bytearray()
        try:
            async for chunk in download:
                gathered += chunk
                if len(gathered) >= WRITE_BYTES:
                    data = bytes(gathered)
                    gathered.clear()
                    await run_uncancellable(self._write, descriptor, data)
        finally:
            if gathered:  # Keep the bytes received before an interruption.
                await run_uncancellable(self._write, descriptor, bytes(gathered))

    def _check_end(self, before: int) -> None:
        """Check whether the file is complete; ``before`` was its size when this answer was requested.

        A file that ends within a line may be longer than its stated length: its end is requested again.
        """
        ends_a_line = self._last in {b"", b"\n"}
        if self._total is not None and (ends_a_line or self._size == before):
            self._whole = self._size == self._total
            return
        end = (self._size, self._hash.hexdigest())
        if end in self._ends:
            if self._total is None and not ends_a_line:
                raise ExportFailed(
                    "the file ends within a line, and the service does not report its size",
                    hint="The connection keeps dropping. No file was written.",
                )
            self._whole = True
            return
        self._ends.append(end)
        if len(self._ends) > MOST_CONFIRMATIONS:
            raise ExportFailed(
                "the service does not report the size of the file, and it ends at another place each time",
                hint="Try again on a better connection. No file was written.",
            )

    def _write(self, descriptor: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            done = os.pwrite(descriptor, view, self._size)
            self._hash.update(view[:done])
            self._size += done
            self._last = bytes(view[done - 1 : done])
            view = view[done:]
        self._on_bytes(self._size, self._total)

    def _start_over(self, descriptor: int) -> None:
        os.ftruncate(descriptor, 0)
        self._size = 0
        self._hash = hashlib.sha256()

    def _resume(self, descriptor: int) -> None:
        """Resume a part file of this export and a known version; start any other over."""
        known = self._known_version()
        if not known or known.get("export") != self._export.id or not isinstance(known.get("etag"), str):
            self._start_over(descriptor)
            return
        self._etag = known["etag"]
        os.lseek(descriptor, 0, os.SEEK_SET)
        while data := os.read(descriptor, WRITE_BYTES):
            self._hash.update(data)
            self._size += len(data)
            self._last = data[-1:]

    def _known_version(self) -> dict[str, Any]:
        try:
            known = json.loads(self._part.version_file.read_text())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _note_version(self) -> None:
        if not self._etag:
            self._part.version_file.unlink(missing_ok=True)
            return
        text = json.dumps({"export": self._export.id, "etag": self._etag})
        with atomic_write_text(self._part.version_file, overwrite=True, durable=False) as file:
            file.write(text)

    def _check_room(self, total: int) -> None:
        free = shutil.disk_usage(self._part.path.parent).free
        if total - self._size > free:
            raise ExportRefused(
                f"the file has {total:,} bytes, the disk has room for {free:,}; {self._target} is unchanged",
                hint="Free some disk space and try again: the download continues from here.",
            )


def _unsteady() -> ExportFailed:
    return ExportFailed(
        "the service repeatedly sends another part of the file than requested",
        hint="No file was written. Try again later.",
    )
