"""Requests that nobody waits for any more, over real connections: the pool survives any number."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.documents import ORDER, PAGE, export_at
from tests.support.loopback import Exchange, loopback
from tests.support.waiting import until
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.errors import CutOff, Unreachable
from tui.voucherify.responses import Export


def _pool(voucherify: VoucherifyClient) -> Any:
    transport: Any = voucherify._transport
    while not hasattr(transport, "_pool"):
        transport = transport._inner
    return transport._pool


async def _abandon(voucherify: VoucherifyClient, rng: random.Random) -> None:
    """Start a request and cancel it somewhere on its way."""
    task = asyncio.create_task(voucherify.list_orders())
    for _ in range(rng.randrange(40)):
        await asyncio.sleep(0)
    if rng.random() < 0.1:
        await asyncio.sleep(rng.random() * 0.004)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_three_thousand_abandoned_requests_the_next_one_answers(seed: int) -> None:
    """And no place in the pool is lost."""
    rng = random.Random(seed)

    async def handler(exchange: Exchange) -> None:
        if rng.random() < 0.2:
            await asyncio.sleep(rng.random() * 0.003)
        await exchange.answer(200, PAGE)

    async with loopback(handler) as server, client(server.url) as voucherify:
        for _ in range(3000):
            await _abandon(voucherify, rng)
        assert (await voucherify.list_orders()).total == 1
        await asyncio.gather(*(voucherify.list_orders() for _ in range(16)))
        await until(lambda: "0 active, 0 queued" in repr(_pool(voucherify)))
        assert "Connections: 0 active" in repr(_pool(voucherify))


async def test_three_thousand_at_once_do_not_flood_the_service() -> None:
    """Those that had not been sent are withdrawn, and cost no call."""

    async def handler(exchange: Exchange) -> None:
        await asyncio.sleep(0.01)
        await exchange.answer(200, PAGE)

    async with loopback(handler) as server, client(server.url) as voucherify:
        tasks = [asyncio.create_task(voucherify.list_orders()) for _ in range(3000)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert (await voucherify.list_orders()).total == 1
        assert len(server.seen) < 300
        assert server.connections <= 16


async def test_abandoned_reads_of_a_stalled_service_make_room_for_the_next() -> None:
    """The newest question does not wait for the answers that nobody wants."""
    stalled = True

    async def handler(exchange: Exchange) -> None:
        if stalled:
            await asyncio.Event().wait()
        await exchange.answer(200, PAGE)

    async with loopback(handler) as server, client(server.url) as voucherify:
        tasks = [asyncio.create_task(voucherify.list_orders()) for _ in range(8)]
        await until(lambda: len(server.seen) == 8)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        stalled = False
        async with asyncio.timeout(10):
            assert (await voucherify.list_orders()).total == 1


async def test_an_abandoned_change_is_carried_out() -> None:
    """Once it was sent it is not cut in the middle, and its answer is in the log."""
    arrived, go = asyncio.Event(), asyncio.Event()

    async def handler(exchange: Exchange) -> None:
        arrived.set()
        await go.wait()
        await exchange.answer(200, ORDER)

    async with loopback(handler) as server, client(server.url) as voucherify:
        task = asyncio.create_task(voucherify.update_order("x", {"status": "PAID"}))
        await arrived.wait()
        task.cancel()
        await asyncio.wait({task})
        go.set()
        await until(lambda: voucherify.calls.made > 0)
        assert [(call.method, call.status) for call in voucherify.calls.snapshot()] == [("PUT", 200)]
        assert len(server.seen) == 1


async def test_an_abandoned_wait_for_the_rate_limit_ends() -> None:
    """No further try is made for nobody."""
    waiting = asyncio.Event()

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(429, {}, Retry_After="15")

    async with (
        loopback(handler) as server,
        client(server.url, on_wait=lambda wait: waiting.set()) as voucherify,
    ):
        task = asyncio.create_task(voucherify.list_orders())
        await waiting.wait()
        task.cancel()
        await asyncio.wait({task})
        await voucherify.aclose()
        assert len(server.seen) == 1


async def test_abandoned_downloads_give_their_connections_back() -> None:
    """Wherever in the file their reader stopped."""
    rng = random.Random(3)

    async def handler(exchange: Exchange) -> None:
        if exchange.target.startswith("/v1/orders"):
            await exchange.answer(200, PAGE)
            return
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        while True:
            await exchange.send(bytes(50_000))

    async def read(voucherify: VoucherifyClient, export: Export) -> None:
        async with voucherify.download_export(export) as file:
            async for _ in file:
                pass

    async with loopback(handler) as server, client(server.url) as voucherify:
        export = Export.read(export_at(f"{server.url}/v1/exports/e?token=t"))
        for _ in range(100):
            task = asyncio.create_task(read(voucherify, export))
            await asyncio.sleep(rng.random() * 0.006)
            task.cancel()
            await asyncio.wait({task})
        assert (await voucherify.list_orders()).total == 1
        await until(lambda: "0 active, 0 queued" in repr(_pool(voucherify)))
        assert "Connections: 0 active" in repr(_pool(voucherify))


async def test_closing_ends_all_that_is_under_way() -> None:
    """Those who wait are told; nothing is left running."""
    arrived = asyncio.Event()

    async def handler(exchange: Exchange) -> None:
        arrived.set()
        await asyncio.Event().wait()

    async with loopback(handler) as server:
        voucherify = client(server.url, closing=0.05)
        asked = [asyncio.create_task(voucherify.list_orders()) for _ in range(20)]
        asked += [asyncio.create_task(voucherify.update_order("x", {}))]  # type: ignore[list-item]
        await arrived.wait()
        await voucherify.aclose()
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} <= {CutOff}
        with pytest.raises(Unreachable):
            await voucherify.list_orders()
        await voucherify.aclose()
