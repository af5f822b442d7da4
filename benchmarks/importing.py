"""Processor time of importing a file, beside reading it and encoding its orders as JSON again.

    python -m benchmarks.importing [--orders N] [--rounds N]

The service takes everything at once and keeps nothing, but each request is encoded as the adapter does it.
Both sides take turns, and look for garbage as seldom as the program does; the medians and their ratio are
printed. An order has about 1,000 bytes, three items and two sets of metadata.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.adapter import an_order
from tests.support.importing_process import Nothing, NoTime
from tui.__main__ import GC_THRESHOLD
from tui.jobs.importing.import_engine import ImportEngine

GOAL = 2.0
CHUNK = 2000


class Encoding(Nothing):
    """Encodes what it takes."""

    async def import_orders(self, orders: Sequence[dict[str, Any]]) -> str:
        """Encode the orders, then count them."""
        json.dumps(orders, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        return await super().import_orders(orders)


def _order(number: int) -> dict[str, Any]:
    """What can be imported of the order that the adapter's benchmark reads."""
    read = an_order(number)
    return {name: read[name] for name in ("source_id", "status", "amount", "items", "metadata", "customer")}


def _bare(file: Path) -> None:
    waiting: list[Any] = []
    with file.open("rb") as lines:
        for line in lines:
            waiting.append(json.loads(line))
            if len(waiting) == CHUNK:
                json.dumps(waiting, ensure_ascii=False, separators=(",", ":")).encode()
                waiting.clear()
    json.dumps(waiting, ensure_ascii=False, separators=(",", ":")).encode()


def _ours(file: Path) -> None:
    async def run(folder: Path) -> None:
        engine = ImportEngine(Encoding(), folder, profile="p", clock=NoTime())
        result = await engine.start(await engine.plan(file))
        assert result.state == "done"

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


def _taken(do: Callable[[Path], None], file: Path) -> float:
    begun = time.process_time()
    do(file)
    return time.process_time() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    gc.set_threshold(GC_THRESHOLD)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orders.jsonl"
        file.write_text("".join(json.dumps(_order(n)) + "\n" for n in range(given.orders)))
        _ours(file)
        taken = [(_taken(_bare, file), _taken(_ours, file)) for _ in range(given.rounds)]
        size = file.stat().st_size
    bare, ours = (statistics.median(times) for times in zip(*taken, strict=True))
    print(f"{given.orders:,} orders, {size:,} bytes, {given.rounds} rounds, medians of processor time")
    print(f"  read and encode  {bare * 1000:8.0f} ms")
    print(f"  import           {ours * 1000:8.0f} ms")
    print(f"  ratio            {ours / bare:8.2f}   (goal {GOAL} at most)")


if __name__ == "__main__":
    main()
