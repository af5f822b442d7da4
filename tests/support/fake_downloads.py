"""An export service in memory whose downloads are cut, expire and end silently, by a seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.support.clocks import FakeClock
from tui.orders.times import format_api_time
from tui.voucherify.errors import CutOff, NotFound, ServerError, Unauthorized, VoucherifyError
from tui.voucherify.responses import Export, ExportsPage, OrdersPage


@dataclass
class Wire:
    """How the service sends a file. ``cuts`` is the chance that a download breaks on its way."""

    tells_length: bool = True
    etag: str | None = '"v1"'
    ranges: bool = True
    cuts: float = 0.0
    failures: float = 0.0
    link_lives: int = 1_000_000
    chunk: int = 16 * 1024


class FakeDownload:
    """The bytes of one answer; ``breaks_at`` is where in the file it is cut."""

    def __init__(self, body: bytes, offset: int, wire: Wire, breaks_at: int | None) -> None:
        self.offset = offset
        self.total = len(body) if wire.tells_length or offset else None
        self.etag = wire.etag
        self._body = body
        self._wire = wire
        self._breaks_at = breaks_at

    async def __aiter__(self) -> AsyncIterator[bytes]:
        end = len(self._body) if self._breaks_at is None else self._breaks_at
        for at in range(self.offset, end, self._wire.chunk):
            yield self._body[at : min(at + self._wire.chunk, end)]
        if self._breaks_at is not None and self.total is not None:
            raise CutOff


class FakeExports:
    """Exports that are done after a while; every link lives for some downloads only."""

    def __init__(
        self, clock: FakeClock, body: bytes, *, wire: Wire | None = None, seed: int = 0, seconds: float = 5
    ) -> None:
        self.clock = clock
        self.body = body
        self.wire = wire or Wire()
        self.rng = random.Random(seed)
        self.seconds = seconds
        self.made: list[dict[str, Any]] = []
        self.create_errors: list[tuple[VoucherifyError, bool]] = []
        self.calls: list[str] = []
        self.asked: list[int] = []
        self.fails = False
        self.total = body.count(b"\n") - 1
        self._link = 0
        self._used = 0

    async def create_order_export(self, parameters: Mapping[str, Any] | None = None) -> Export:
        """Schedule an export."""
        self.calls.append("create")
        error, processed = self.create_errors.pop(0) if self.create_errors else (None, True)
        if processed:
            self.made.append(
                {
                    "id": f"exp_{len(self.made) + 1}",
                    "object": "export",
                    "exported_object": "order",
                    "created_at": format_api_time(datetime.fromtimestamp(self.clock.now(), UTC)),
                    "began": self.clock.now(),
                    "parameters": dict(parameters or {}),
                }
            )
        if error is not None:
            raise error
        return self._shown(self.made[-1], "SCHEDULED")

    async def get_export(self, export_id: str) -> Export:
        """One export, with a fresh link once it is done."""
        self.calls.append("get")
        for made in self.made:
            if made["id"] == export_id:
                over = self.clock.now() >= made["began"] + self.seconds
                if over:
                    self._link += 1
                    self._used = 0
                return self._shown(made, ("ERROR" if self.fails else "DONE") if over else "IN_PROGRESS")
        raise NotFound(404)

    async def list_exports(self, *, limit: int = 100) -> ExportsPage:
        """The newest exports."""
        self.calls.append("list")
        exports = [self._shown(made, "DONE") for made in reversed(self.made)][:limit]
        return ExportsPage(tuple(exports), len(self.made))

    async def list_orders(self, *, limit: int = 100) -> OrdersPage:
        """No orders, but their number."""
        self.calls.append("count")
        return OrdersPage((), self.total, 1, limit, "-created_at", datetime.fromtimestamp(0, UTC))

    @asynccontextmanager
    async def download_export(
        self, export: Export, *, offset: int = 0, etag: str | None = None
    ) -> AsyncIterator[FakeDownload]:
        """The file from byte ``offset`` on, or whole where ranges are not served or it is another version."""
        self.calls.append("download")
        self.asked.append(offset)
        self._used += 1
        if export.url != f"link-{self._link}" or self._used > self.wire.link_lives:
            raise Unauthorized(401)
        if self.rng.random() < self.wire.failures:
            raise ServerError(503)
        begins = offset if self.wire.ranges and (etag is None or etag == self.wire.etag) else 0
        breaks_at = None
        if self.rng.random() < self.wire.cuts:
            breaks_at = self.rng.randrange(begins, len(self.body) + 1)
        yield FakeDownload(self.body, begins, self.wire, breaks_at)

    def _shown(self, made: dict[str, Any], status: str) -> Export:
        shown = {name: value for name, value in made.items() if name != "began"}
        result = {"url": f"link-{self._link}"} if status == "DONE" else None
        return Export.read({**shown, "status": status, "result": result})


def sha256(body: bytes) -> str:
    """The hash that a result should name."""
    return hashlib.sha256(body).hexdigest()
