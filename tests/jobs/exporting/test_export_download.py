"""Downloads that are cut, expire, end silently or meet a full disk: whole, or an error, and never in between.

``ORDEX_NIGHTLY`` makes the body 50 MB; ``ORDEX_DOWNLOAD_BYTES`` sets another size.
"""

from __future__ import annotations

import asyncio
import csv
import errno
import io
import json
import os
import random
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.clocks import FakeClock
from tests.support.fake_downloads import FakeDownload, FakeExports, Wire, sha256
from tui.jobs.exporting import export_download, export_engine
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import ExportRefused, ExportRequest
from tui.jobs.exporting.progress import ExportResult
from tui.jobs.exporting.target_file import hold_part
from tui.voucherify.errors import (
    CutOff,
    Forbidden,
    NotFound,
    NotJson,
    ServerError,
    TooLarge,
    Unauthorized,
    VoucherifyError,
)
from tui.voucherify.responses import Export

NIGHTLY = bool(os.environ.get("ORDEX_NIGHTLY"))
BYTES = int(os.environ.get("ORDEX_DOWNLOAD_BYTES", "50000000" if NIGHTLY else "60000"))
SCHEDULES, BATCHES = 500, 5
REQUEST = ExportRequest(fields=("id", "source_id", "amount"))


def body_of(size: int, seed: int = 0) -> bytes:
    """A CSV of about so many bytes, with quotes, line ends and text of many scripts in it."""
    rng = random.Random(seed)
    words = ["Łódź", "東京", 'a "b"', "x,y", "two\nlines", "=1+1", "", "plain"]
    block = []
    for number in range(1, 500):
        name = rng.choice(words).replace('"', '""')
        block.append(f'ord_{number:06},"{name}",{rng.randrange(10**6)}\n')
    text = "".join(block).encode()
    return b"ID,Source ID,Amount\n" + text * max(size // len(text), 1)


def assert_holds(target: Path, body: bytes) -> None:
    """The target has the records of the service's file, under API paths."""
    header, *records = csv.reader(io.StringIO(target.read_text("utf-8"), newline=""))
    assert header == ["id", "source_id", "amount"]
    assert records == records_of(body)


@lru_cache(maxsize=1)
def records_of(body: bytes) -> list[list[str]]:
    """The records of a service's file, without its header; the last ones are kept, as 50 MB take seconds."""
    return list(csv.reader(io.StringIO(body.decode(), newline="")))[1:]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def clear(folder: Path) -> None:
    """Remove the files of a folder."""
    for path in folder.iterdir():
        path.unlink()


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.timeout(0 if NIGHTLY else 120)
async def test_the_file_is_whole_or_there_is_an_error(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cuts, failures, expired links, silent ends, with and without ranges, versions and lengths."""
    body = body_of(BYTES, batch)
    monkeypatch.setattr(
        export_download, "WRITE_BYTES", 20_000 if BYTES < 10**6 else export_download.WRITE_BYTES
    )
    whole = errors = resumed = 0
    for seed in range(SCHEDULES // BATCHES):
        rng = random.Random(batch * 1000 + seed)
        wire = Wire(
            tells_length=rng.random() < 0.7,
            etag=rng.choice(['"v1"', '"v1"', 'W/"v1"', None]),
            ranges=rng.random() < 0.8,
            cuts=rng.choice([0.3, 0.6, 0.9]),
            failures=rng.choice([0.0, 0.2]),
            link_lives=rng.choice([1, 3, 100]),
            chunk=max(BYTES // 50, 1000),
        )
        clock = FakeClock()
        service = FakeExports(clock, body, wire=wire, seed=seed)
        target = tmp_path / f"{seed}.csv"
        old = rng.random() < 0.5
        if old:
            target.write_text("old")
        try:
            result = await ExportEngine(service, clock=clock).export(REQUEST, target, overwrite=old)
        except (ExportRefused, VoucherifyError):
            errors += 1
            assert target.read_text() == "old" if old else not target.exists()
        else:
            whole += 1
            assert_holds(target, body)
            assert result.sha256 == sha256(body)
            assert stat.S_IMODE(target.stat().st_mode) == 0o600
            assert names(tmp_path) == [target.name]
        resumed += sum(1 for offset in service.asked if offset)
        clear(tmp_path)
    assert whole > errors
    assert resumed > 0


def leave_part(target: Path, export_id: str, content: bytes, *, export: str, etag: str) -> None:
    """What an earlier process received of an export, and of which export and version it says that it is."""
    part = target.with_name(f".{target.name}.{export_id}.part")
    part.write_bytes(content)
    part.with_name(part.name + ".json").write_text(json.dumps({"export": export, "etag": etag}))


async def test_a_download_goes_on_after_the_death_of_the_program(tmp_path: Path) -> None:
    """What an earlier process received of the same version is not asked for again."""
    body = body_of(100_000)
    clock = FakeClock()
    service = FakeExports(clock, body)
    engine = ExportEngine(service, clock=clock)
    export = await engine.create(REQUEST)
    target = tmp_path / "orders.csv"
    leave_part(target, export.id, body[:40_000], export=export.id, etag='"v1"')
    result = await engine.download(export.id, target)
    assert service.asked == [40_000]
    assert_holds(target, body)
    assert result.sha256 == sha256(body)


async def test_a_part_of_another_export_is_not_gone_on_with(tmp_path: Path) -> None:
    """A part whose export or version is another one begins anew."""
    body = body_of(50_000)
    clock = FakeClock()
    service = FakeExports(clock, body)
    engine = ExportEngine(service, clock=clock)
    export = await engine.create(REQUEST)
    target = tmp_path / "orders.csv"
    leave_part(target, export.id, b"something else entirely", export="exp_other", etag='"v1"')
    await engine.download(export.id, target)
    assert service.asked == [0]
    assert_holds(target, body)
    leave_part(target, export.id, b"an older version of it", export=export.id, etag='"v0"')
    await engine.download(export.id, target, overwrite=True)
    assert_holds(target, body)


@pytest.mark.parametrize("step", range(0, 200_000, 20_000))
async def test_a_full_disk_leaves_the_old_file(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the room ends, the old file stays, the error says so, and later the download goes on."""
    body = body_of(200_000)
    clock = FakeClock()
    service = FakeExports(clock, body)
    engine = ExportEngine(service, clock=clock)
    export = await engine.create(REQUEST)
    target = tmp_path / "orders.csv"
    target.write_text("old")
    real = os.pwrite

    def full(descriptor: int, data: bytes, offset: int) -> int:
        if offset + len(data) > step:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data, offset)

    monkeypatch.setattr(export_download, "WRITE_BYTES", 10_000)
    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(ExportRefused, match="disk is full"):
        await engine.download(export.id, target, overwrite=True)
    assert target.read_text() == "old"
    monkeypatch.setattr(os, "pwrite", real)
    await engine.download(export.id, target, overwrite=True)
    assert_holds(target, body)
    assert (service.asked[-1] > 0) == (step >= 20_000)


async def test_a_disk_without_room_is_said_before_anything_is_received(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the size is told it is compared with what is free."""
    clock = FakeClock()
    service = FakeExports(clock, body_of(50_000))
    engine = ExportEngine(service, clock=clock)
    export = await engine.create(REQUEST)
    monkeypatch.setattr(export_download.shutil, "disk_usage", lambda path: type("U", (), {"free": 10})())
    with pytest.raises(ExportRefused, match="has room for 10"):
        await engine.download(export.id, tmp_path / "orders.csv")
    assert not (tmp_path / "orders.csv").exists()


class Unsound(FakeExports):
    """Every download ends in the same error after ``arrives`` bytes, whatever else is answered well."""

    error: VoucherifyError = ServerError(502)
    arrives = 0

    @asynccontextmanager
    async def download_export(
        self, export: Export, *, offset: int = 0, etag: str | None = None
    ) -> AsyncIterator[FakeDownload]:
        """Some bytes, then the error."""
        self.calls.append("download")
        self.asked.append(offset)
        if not self.arrives:
            raise self.error
        yield _Breaking(self.body, self.wire, self.arrives, self.error)


class _Breaking(FakeDownload):
    def __init__(self, body: bytes, wire: Wire, arrives: int, error: VoucherifyError) -> None:
        super().__init__(body, 0, wire, arrives)
        self._arrives, self._error = arrives, error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body[: self._arrives]
        raise self._error


@pytest.mark.parametrize(
    ("error", "arrives"),
    [
        (ServerError(502), 0),
        (CutOff(), 500),
        (NotJson("The file is compressed, but was requested uncompressed"), 0),
        (Unauthorized(401), 0),
        (Forbidden(403), 0),
        (NotFound(404), 0),
        (TooLarge(), 0),
    ],
)
async def test_a_download_that_always_fails_ends(
    error: VoucherifyError, arrives: int, tmp_path: Path
) -> None:
    """It went on for ever, since reading the export for a fresh link succeeds each time."""
    clock = FakeClock()
    service = Unsound(clock, body_of(5_000))
    service.error, service.arrives = error, arrives
    with pytest.raises(type(error)):
        await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert service.calls.count("download") <= 10
    assert len(service.calls) <= 25
    assert not (tmp_path / "orders.csv").exists()


async def test_a_drip_of_new_bytes_ends_too(tmp_path: Path) -> None:
    """Each attempt brings one byte more: the file would not be whole before the attempts are used up."""
    clock = FakeClock()

    class Dripping(Unsound):
        """One byte more each time."""

        arrives = property(lambda self: len(self.asked))  # type: ignore[assignment] # it grows

    service = Dripping(clock, body_of(5_000))
    service.error = CutOff()
    with pytest.raises(CutOff):
        await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert service.calls.count("download") == export_download.MOST_FRUITLESS_ATTEMPTS


class ShortLength(FakeExports):
    """Tells a length that is too small, and sends no more than that, until it is asked for what follows."""

    @asynccontextmanager
    async def download_export(
        self, export: Export, *, offset: int = 0, etag: str | None = None
    ) -> AsyncIterator[FakeDownload]:
        """The file, or a part of it called whole."""
        self.asked.append(offset)
        download = FakeDownload(self.body if offset else self.body[:-7], offset, self.wire, None)
        download.total = len(download._body)
        yield download


async def test_a_length_that_cuts_a_line_is_not_believed(tmp_path: Path) -> None:
    """The last amount lost its last digits."""
    clock = FakeClock()
    service = ShortLength(clock, body_of(5_000))
    await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert service.asked == [0, len(service.body) - 7]
    assert_holds(tmp_path / "orders.csv", service.body)


async def test_a_file_that_looks_like_a_part_is_never_touched(tmp_path: Path) -> None:
    """Neither what lies beside the target under a likely name, nor a link where the part would be."""
    clock = FakeClock()
    engine = ExportEngine(FakeExports(clock, body_of(20_000)), clock=clock)
    export = await engine.create(REQUEST)
    target, mine, elsewhere = tmp_path / "x", tmp_path / "x.part", tmp_path / "elsewhere"
    mine.write_text("mine")
    elsewhere.write_text("elsewhere")
    await engine.download(export.id, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for make in (os.symlink, os.link):
        part = tmp_path / f".x.{export.id}.part"
        make(elsewhere, part)
        with pytest.raises(ExportRefused, match="cannot be written"):
            await engine.download(export.id, target, overwrite=True)
        part.unlink()
    assert mine.read_text() == "mine"
    assert elsewhere.read_text() == "elsewhere"


async def test_two_processes_never_download_into_one_part(tmp_path: Path) -> None:
    """The second is told to wait; it does not touch what the first holds."""
    clock = FakeClock()
    engine = ExportEngine(FakeExports(clock, body_of(20_000)), clock=clock)
    export = await engine.create(REQUEST)
    with hold_part(tmp_path / "x", export.id), pytest.raises(ExportRefused, match="another process"):
        await engine.download(export.id, tmp_path / "x")
    assert names(tmp_path) == []


@pytest.mark.parametrize("seed", range(10))
async def test_two_exports_to_one_file_never_mix(seed: int, tmp_path: Path) -> None:
    """Under any interleaving the file is one export as a whole, and nothing else is left."""
    bodies = [body_of(30_000, seed), body_of(40_000, seed + 1)]
    target = tmp_path / "x.csv"
    for schedule in range(20):
        wire = Wire(cuts=0.5, chunk=500 + 700 * schedule)
        engines = [
            ExportEngine(FakeExports(clock, body, wire=wire, seed=seed * 100 + schedule + at), clock=clock)
            for at, body in enumerate(bodies)
            for clock in [FakeClock()]
        ]
        results = await asyncio.gather(
            *(engine.export(REQUEST, target, overwrite=True) for engine in engines), return_exceptions=True
        )
        assert all(isinstance(result, ExportResult | ExportRefused | VoucherifyError) for result in results)
        if whole := [at for at, result in enumerate(results) if isinstance(result, ExportResult)]:
            _, *records = csv.reader(io.StringIO(target.read_text("utf-8"), newline=""))
            assert records in [records_of(bodies[at]) for at in whole]
        assert [name for name in names(tmp_path) if not name.startswith(".x.csv.")] in ([], ["x.csv"])
        clear(tmp_path)


async def test_a_file_that_exists_is_replaced_only_when_asked(tmp_path: Path) -> None:
    """Without it no call is made."""
    clock = FakeClock()
    service = FakeExports(clock, body_of(20_000))
    target = tmp_path / "there.csv"
    target.write_text("old")
    with pytest.raises(ExportRefused, match="exists already"):
        await ExportEngine(service, clock=clock).export(REQUEST, target)
    assert target.read_text() == "old"
    assert service.asked == []


async def test_a_cancelled_export_leaves_no_download_beside_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The download has no masks; it stayed when the explorer was left while the file was written."""
    converting, going_on = threading.Event(), threading.Event()
    convert = export_engine.convert

    def slow(*args: Any, **named: Any) -> int:
        converting.set()
        going_on.wait(10)
        return convert(*args, **named)

    monkeypatch.setattr(export_engine, "convert", slow)
    clock = FakeClock()
    engine = ExportEngine(FakeExports(clock, body_of(60_000)), clock=clock)
    export = asyncio.create_task(engine.export(REQUEST, tmp_path / "orders.csv"))
    await asyncio.to_thread(converting.wait, 10)
    export.cancel()
    going_on.set()
    with pytest.raises(asyncio.CancelledError):
        await export
    assert names(tmp_path) == ["orders.csv"]
