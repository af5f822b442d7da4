"""What was checked is what is sent, whatever happens to the file meanwhile."""

from __future__ import annotations

import gzip
import json
import os
import random
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tui.files.state_errors import StateFileError
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import ImportOptions


def copies(bench: Bench) -> list[Path]:
    """The private copies that there are."""
    return sorted(bench.folder.glob("*.copy"))


def overwrite_in_place(path: Path) -> None:
    """Put other amounts into the same file, of the same length, so that only its content differs."""
    before = path.read_bytes()
    path.write_bytes(before.replace(b'"amount": 1', b'"amount": 9'))


@pytest.mark.parametrize("change", [overwrite_in_place, Path.unlink, lambda path: path.write_text("[]")])
async def test_a_file_that_changes_during_the_import_does_not_matter(
    bench: Bench, tmp_path: Path, change: Any
) -> None:
    """The amounts that were checked arrive, also those of batches that were read after the change."""
    orders = numbered(1500)
    path = jsonl(tmp_path / "in.jsonl", orders)
    plan = await bench.engine.plan(path, ImportOptions(chunk=100))
    after = bench.service.faults.after
    calls = iter(range(10_000))

    def change_once() -> None:
        if next(calls) == 2:
            change(path)
        after()

    bench.service.faults.after = change_once  # type: ignore[method-assign]
    result = await bench.engine.start(plan)
    assert result.imported == 1500
    sent = {order["source_id"]: order["amount"] for order in bench.service.orders.values()}
    assert sent == {order["source_id"]: order["amount"] for order in orders}


async def test_the_copy_is_private_and_removed_at_the_end(bench: Bench, tmp_path: Path) -> None:
    """Nobody else can read it, and nothing of it is left when the import is over or discarded."""
    path = jsonl(tmp_path / "in.jsonl", numbered(3))
    path.chmod(0o644)
    plan = await bench.engine.plan(path)
    (copy,) = copies(bench)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert any("private copy" in remark for remark in plan.remarks())
    await bench.engine.start(plan)
    assert copies(bench) == []
    discarded = await bench.engine.plan(path)
    await bench.engine.discard(discarded.run)
    assert copies(bench) == []


async def test_a_file_that_cannot_be_read_leaves_no_copy(bench: Bench, tmp_path: Path) -> None:
    """Nor does one that is empty, or a folder."""
    (tmp_path / "empty").touch()
    for path in (tmp_path / "empty", tmp_path, tmp_path / "missing"):
        with pytest.raises(ImportRefused):
            await bench.engine.plan(path)
    assert copies(bench) == []


async def test_a_device_without_an_end_is_refused(bench: Bench) -> None:
    """It would fill the disk."""
    with pytest.raises(ImportRefused, match="it is a device"):
        await bench.engine.plan(Path("/dev/zero"))


async def test_a_disk_without_room_is_said_before_anything_is_sent(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the copy, and what to do."""
    path = jsonl(tmp_path / "in.jsonl", numbered(3))
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1})())
    with pytest.raises(StateFileError, match="No space left") as full:
        await bench.engine.plan(path)
    assert "Free some disk space" in full.value.hint
    assert bench.service.calls == []


async def test_rejects_of_a_pipe_come_from_the_copy(bench: Bench, tmp_path: Path) -> None:
    """It cannot be read again, so the copy stays as long as there are rejects."""
    orders: list[dict[str, Any]] = [*numbered(2), {"source_id": "bad", "amount": "x"}]
    read = jsonl(tmp_path / "read", orders)
    plan = await bench.engine.plan(read, source=Path("/dev/stdin"))
    read.unlink()
    result = await bench.engine.start(plan)
    target = tmp_path / "rejects.jsonl"
    assert (result.imported, result.rejected) == (2, 1)
    assert await bench.engine.write_rejects(plan.run, target) == 1
    assert json.loads(target.read_text())["source_id"] == "bad"
    await bench.engine.discard(plan.run)
    assert copies(bench) == []


async def test_a_file_that_was_deleted_is_resumed_from_the_copy(bench: Bench, tmp_path: Path) -> None:
    """What was agreed to is there, so the import need not stop."""
    path = jsonl(tmp_path / "in.jsonl", numbered(3))
    plan = await bench.engine.plan(path)
    await bench.engine.hand_over(plan)
    path.unlink()
    assert (await bench.engine.resume(plan.run)).imported == 3


async def test_a_file_that_was_changed_is_resumed_from_the_copy(bench: Bench, tmp_path: Path) -> None:
    """What was checked and agreed to is sent, and it can be said that the file is another one by now."""
    path = jsonl(tmp_path / "in.jsonl", numbered(3))
    plan = await bench.engine.plan(path)
    await bench.engine.hand_over(plan)
    assert await bench.engine.changed_file(plan.run) is None
    os.utime(path)
    assert await bench.engine.changed_file(plan.run) is None
    jsonl(path, [{"source_id": "other", "amount": 7}])
    assert await bench.engine.changed_file(plan.run) == path
    assert (await bench.engine.resume(plan.run)).imported == 3
    assert set(bench.service.orders) == {"s-1", "s-2", "s-3"}
    assert await bench.engine.changed_file(plan.run) is None


async def test_a_copy_whose_process_died_is_swept(bench: Bench, tmp_path: Path) -> None:
    """As journals are that were never begun."""
    bench.folder.mkdir()
    lost = bench.folder / "20200101-000000-abcdef.copy"
    lost.touch()
    os.utime(lost, (0, 0))
    await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(1)))
    assert not lost.exists()


@pytest.mark.parametrize("cut", [b"", b"\x00" * 40])
async def test_a_corrupt_gzip_file_is_refused_with_its_reason(
    bench: Bench, tmp_path: Path, cut: bytes
) -> None:
    """Whether it is cut off or damaged in the middle, and whichever part of the decoder notices."""
    orders = [{"source_id": f"s-{n}", "metadata": {"x": random.Random(n).random()}} for n in range(20_000)]
    packed = bytearray(gzip.compress("".join(json.dumps(order) + "\n" for order in orders).encode()))
    middle = len(packed) // 2
    damaged = packed[:middle] + cut + (packed[middle + len(cut) :] if cut else b"")
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(bytes(damaged))
    plan = await bench.engine.plan(path)
    assert "the gzip file is broken" in str(plan.obstacle)
    path.write_bytes(bytes(packed[:12]) + b"\xff" * 50)
    with pytest.raises(ImportRefused, match="the gzip file is broken"):
        await bench.engine.plan(path)
