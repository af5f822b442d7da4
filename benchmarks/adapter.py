"""A page of 100 orders to typed models, beside bare httpx and json on the same loopback server.

    python -m benchmarks.adapter [--rounds N]

The server is the standard library's, in a process of its own. Both sides take turns in blocks, so that a busy
machine is busy for both; the medians and their ratio are printed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Awaitable, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Any

import httpx

from tui.voucherify.connection import connect

GOAL = 1.3
BLOCK = 20


def an_order(number: int) -> dict[str, Any]:
    """An order as the API answers it."""
    item = {
        "object": "order_item",
        "product_id": f"prod_{number:018x}",
        "quantity": 2,
        "price": 1500,
        "amount": 3000,
        "subtotal_amount": 3000,
        "product": {
            "id": f"prod_{number:018x}",
            "name": "Mug, blue",
            "price": 1500,
            "metadata": {"size": "L"},
        },
    }
    return {
        "id": f"ord_{number:018x}",
        "source_id": f"shop-{number}",
        "created_at": "2026-01-31T14:05:09.123Z",
        "updated_at": None,
        "status": "PAID",
        "amount": 9000,
        "total_discount_amount": 1000,
        "total_amount": 8000,
        "items": [item] * 3,
        "metadata": {"channel": "web", "gift": False, "tags": ["a", "b"]},
        "customer": {"id": f"cust_{number:024d}", "object": "customer"},
        "customer_id": f"cust_{number:024d}",
        "referrer_id": None,
        "object": "order",
    }


PAGE = json.dumps(
    {"object": "list", "data_ref": "orders", "orders": [an_order(n) for n in range(100)], "total": 100}
).encode()


class _Orders(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


def _serve(parent: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Orders)
    parent.send(server.server_port)
    server.serve_forever()


async def _block(ask: Callable[[], Awaitable[None]]) -> list[float]:
    taken = []
    for _ in range(BLOCK):
        begun = time.perf_counter()
        await ask()
        taken.append(time.perf_counter() - begun)
    return taken


async def _measure(url: str, rounds: int) -> tuple[list[float], list[float]]:
    bare_times: list[float] = []
    our_times: list[float] = []
    async with (
        httpx.AsyncClient(trust_env=False) as bare,
        connect(base_url=url, credentials=lambda: {"X-App-Id": "a", "X-App-Token": "t"}) as ours,
    ):

        async def ask_bare() -> None:
            answer = await bare.get(
                f"{url}/v1/orders", params={"limit": 100, "page": 1, "order": "-created_at"}
            )
            assert len(json.loads(answer.content)["orders"]) == 100

        async def ask_ours() -> None:
            assert len((await ours.list_orders()).orders) == 100

        await _block(ask_bare)
        await _block(ask_ours)
        for _ in range(rounds):
            bare_times += await _block(ask_bare)
            our_times += await _block(ask_ours)
    return bare_times, our_times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20, help=f"blocks of {BLOCK} pages for each side")
    rounds = parser.parse_args().rounds
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    try:
        bare, ours = asyncio.run(_measure(f"http://127.0.0.1:{here.recv()}", rounds))
    finally:
        server.terminate()
        server.join()
    first, second = statistics.median(bare), statistics.median(ours)
    print(f"page of 100 orders, {len(PAGE):,} bytes, {len(bare)} each, medians")
    print(f"  bare httpx and json   {first * 1000:7.2f} ms")
    print(f"  adapter, typed models {second * 1000:7.2f} ms")
    print(f"  ratio                 {second / first:7.2f}   (goal {GOAL} at most)")


if __name__ == "__main__":
    main()
