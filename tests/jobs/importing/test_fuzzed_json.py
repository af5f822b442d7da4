"""Broken JSON files: every one is imported as it reads, or refused with a reason."""

from __future__ import annotations

import asyncio
import json
import random
import string
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench
from tui.errors import OrdexError
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.runs import import_journal

CI_FILES, NIGHTLY_FILES, BATCHES = 300, 10_000, 10
BITS = (
    *(b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\n", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"1e999", b"NaN", b"-", b".5", b"99999999999999999999", b"null", b"[[[["),
    *(b'"amount":7,', b'"source_id":"x",', b"\\u0000", b"\\ud800"),
)


def an_order(rng: random.Random, number: int) -> dict[str, Any]:
    """An order such as a shop writes."""
    order: dict[str, Any] = {"source_id": f"o-{number}", "amount": rng.randrange(10**6)}
    if rng.random() < 0.5:
        order["metadata"] = {"note": "".join(rng.choices(string.printable + "é€東", k=8)), "n": rng.random()}
    if rng.random() < 0.3:
        order["items"] = [{"product_id": "p", "quantity": 1, "price": rng.randrange(999)}]
    return order


def a_file(rng: random.Random) -> bytes:
    """A sound file with up to three changes to its bytes."""
    orders = [an_order(rng, number) for number in range(rng.randrange(1, 12))]
    as_lines = rng.random() < 0.6
    text = (
        "\n".join(json.dumps(o) for o in orders)
        if as_lines
        else json.dumps(orders, indent=rng.choice([None, 1]))
    )
    data = bytearray(text.encode())
    for _ in range(rng.randrange(4)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0:
                data[at:at] = rng.choice(BITS)
            case 1:
                del data[at : at + rng.randrange(1, 9)]
            case 2:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case _:
                end = at + rng.randrange(1, 60)
                data[at:at] = data[at:end]
        if not data:
            break
    return bytes(data)


def independent_orders(data: bytes) -> Iterator[dict[str, Any]]:
    """Every object that starts anywhere in the file, read by another reader, numbers exact."""
    decoder = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal)
    text = data.decode("utf-8", "replace")
    at = text.find("{")
    while at >= 0:
        try:
            value, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError, ArithmeticError):
            pass
        else:
            yield value
        at = text.find("{", at + 1)


async def check(bench: Bench, path: Path, data: bytes) -> str:
    """Import a file; what arrived must be in it. Returns how it ended."""
    await asyncio.to_thread(path.write_bytes, data)
    bench.service.orders.clear()
    try:
        plan = await bench.engine.plan(path, ImportOptions(missing_source_id="refuse"))
        if plan.obstacle is not None:
            await bench.engine.discard(plan.run)
            assert str(plan.obstacle)
            return "refused"
        await bench.engine.start(plan)
        await bench.engine.discard(plan.run)
    except OrdexError:
        return "refused"
    written = {(o.get("source_id"), str(o.get("amount"))) for o in independent_orders(data)}
    for order in bench.service.orders.values():
        assert (order.get("source_id"), str(order.get("amount"))) in written, data
    return "imported"


async def run_files(tmp_path: Path, first: int, count: int) -> None:
    """So many files, some of which arrive and some of which do not."""
    endings = set()
    for seed in range(first, first + count):
        bench = Bench(tmp_path / str(seed))
        bench.folder.parent.mkdir()
        endings.add(await check(bench, bench.folder.parent / "in.json", a_file(random.Random(seed))))
    assert endings == {"refused", "imported"}


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_broken_files_never_bring_what_is_not_in_them(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file fails in another way, hangs, or changes an amount."""
    monkeypatch.setattr(import_journal, "SYNCHRONOUS", "OFF")
    count = CI_FILES // BATCHES
    await run_files(tmp_path, batch * count, count)


@pytest.mark.nightly
@pytest.mark.timeout(0)
@pytest.mark.parametrize("batch", range(BATCHES))
async def test_many_broken_files(batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with other files, many more."""
    monkeypatch.setattr(import_journal, "SYNCHRONOUS", "OFF")
    count = NIGHTLY_FILES // BATCHES
    await run_files(tmp_path, 100_000 + batch * count, count)
