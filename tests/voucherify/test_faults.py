"""What a broken network does, over real connections: always an error of the tree, never a hang or a crash."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.documents import ORDER, PAGE, export_at
from tests.support.loopback import Exchange, Handler, answer, loopback, unused_port
from tui.voucherify import errors
from tui.voucherify.responses import Export

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


async def _abort(exchange: Exchange) -> None:
    exchange.finish()


async def _reset(exchange: Exchange) -> None:
    exchange.reset()


async def _reset_in_the_body(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 1000\r\n\r\n" + b'{"orders":')
    await asyncio.sleep(0.01)
    exchange.reset()


async def _end_in_the_body(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 1000\r\n\r\n" + b'{"orders":')
    exchange.finish()


async def _end_without_a_length(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Connection: close\r\n\r\n" + b'{"orders":[')
    exchange.finish()


async def _garbage(exchange: Exchange) -> None:
    await exchange.send(b"\x00\xffSSH-2.0-OpenSSH\r\n\r\n")
    exchange.finish()


async def _two_lengths(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")


async def _endless_head(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"X-Filler: " + b"x" * 8192)


async def _html(exchange: Exchange) -> None:
    await exchange.answer(200, b"<html>Sign in</html>")


async def _broken_gzip(exchange: Exchange) -> None:
    await exchange.answer(200, b"\x1f\x8b\x08\x00" + b"\xff" * 64, Content_Encoding="gzip")


async def _unasked_brotli(exchange: Exchange) -> None:
    await exchange.answer(200, b"xxxx", Content_Encoding="br")


async def _redirect(exchange: Exchange) -> None:
    await exchange.answer(307, b"", Location="http://evil.example/?token=t")


FAULTS: list[tuple[Handler, type[errors.VoucherifyError], int]] = [
    (_abort, errors.CutOff, 4),
    (_reset, errors.CutOff, 4),
    (_reset_in_the_body, errors.CutOff, 4),
    (_end_in_the_body, errors.CutOff, 4),
    (_end_without_a_length, errors.CutOff, 1),
    (_garbage, errors.CutOff, 4),
    (_two_lengths, errors.CutOff, 4),
    (_endless_head, errors.CutOff, 4),
    (_html, errors.NotJson, 1),
    (_broken_gzip, errors.NotJson, 1),
    (_unasked_brotli, errors.NotJson, 1),
    (_redirect, errors.Redirected, 1),
]


@pytest.mark.parametrize(("fault", "kind", "tries"), FAULTS)
async def test_a_fault_is_a_typed_error(
    fault: Handler, kind: type[errors.VoucherifyError], tries: int
) -> None:
    """A read is tried again where that may help, a change never, and the client works afterwards."""
    faulty = True

    async def handler(exchange: Exchange) -> None:
        await (fault(exchange) if faulty else exchange.answer(200, PAGE))

    async with loopback(handler) as server, client(server.url) as voucherify:
        with pytest.raises(kind) as caught:
            await voucherify.list_orders()
        assert len(server.seen) == tries
        assert caught.value.hint
        assert "token" not in str(caught.value)
        with pytest.raises(kind):
            await voucherify.update_order("x", {"status": "PAID"})
        assert len(server.seen) == tries + 1
        faulty = False
        assert (await voucherify.list_orders()).total == 1


async def test_nobody_listening_is_unreachable() -> None:
    """A change is tried again too: nothing was sent."""
    async with client(f"http://127.0.0.1:{unused_port()}") as voucherify:
        with pytest.raises(errors.Unreachable, match="refused") as caught:
            await voucherify.create_order({})
        assert caught.value.sent is False
        assert [call.attempt for call in voucherify.calls.snapshot()] == [1, 2, 3, 4]


async def test_a_fault_that_passes_is_not_noticed() -> None:
    """The retry hides it, and the log shows it."""
    outcomes: list[Handler] = [_reset, _end_in_the_body, _reset_in_the_body]

    async def handler(exchange: Exchange) -> None:
        if outcomes:
            await outcomes.pop(0)(exchange)
        else:
            await exchange.answer(200, PAGE)

    async with loopback(handler) as server, client(server.url) as voucherify:
        assert (await voucherify.list_orders()).total == 1
        assert [(call.attempt, call.error) for call in voucherify.calls.snapshot()] == [
            (1, "CutOff"),
            (2, "CutOff"),
            (3, "CutOff"),
            (4, None),
        ]


async def _stall(exchange: Exchange) -> None:
    await asyncio.Event().wait()


async def _drip_the_head(exchange: Exchange) -> None:
    await exchange.send(HEAD)
    while True:
        await exchange.send(b"X-Drip: 1\r\n")
        await asyncio.sleep(0.01)


async def _drip_the_body(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 1000000\r\n\r\n")
    while True:
        await exchange.send(b" ")
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("fault", [_stall, _drip_the_head, _drip_the_body])
async def test_slowness_ends_at_the_deadline(fault: Handler) -> None:
    """However the bytes come; the connection is closed by httpx itself, so that its place is free again."""
    slow = True

    async def handler(exchange: Exchange) -> None:
        await (fault(exchange) if slow else exchange.answer(200, PAGE))

    async with loopback(handler) as server, client(server.url, total=0.2, connections=2) as voucherify:
        outcomes = await asyncio.gather(*(voucherify.list_orders() for _ in range(2)), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [errors.TimedOut] * 2
        slow = False
        assert (await voucherify.list_orders()).total == 1
        assert _pool_is_free(voucherify)


async def test_a_stall_is_noticed_by_the_read_timeout() -> None:
    """Long before the deadline, and a read is tried again."""
    async with loopback(_stall) as server, client(server.url, read=0.05) as voucherify:
        with pytest.raises(errors.TimedOut):
            await voucherify.list_orders()
        assert len(server.seen) == 4


async def test_a_gzip_bomb_does_not_fill_the_memory() -> None:
    """300 MB in 300 KB: TooLarge, at less than the cap and a little."""
    bomb = gzip.compress(bytes(300_000_000), compresslevel=9)

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(200, bomb, Content_Encoding="gzip")

    async with loopback(handler) as server, client(server.url, answer_bytes=4_000_000) as voucherify:
        tracemalloc.start()
        with pytest.raises(errors.TooLarge):
            await voucherify.list_orders()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 16_000_000


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    """Without a length, in chunks."""

    async def handler(exchange: Exchange) -> None:
        await exchange.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            await exchange.send(b"ffff\r\n" + b" " * 65535 + b"\r\n")

    async with loopback(handler) as server, client(server.url, answer_bytes=1_000_000) as voucherify:
        with pytest.raises(errors.TooLarge):
            await voucherify.list_orders()


async def test_gzip_is_understood() -> None:
    """It is asked for."""

    async def handler(exchange: Exchange) -> None:
        assert exchange.headers["accept-encoding"] == "gzip"
        body = gzip.compress(b'{"orders": [], "total": 0}')
        await exchange.answer(200, body, Content_Encoding="gzip")

    async with loopback(handler) as server, client(server.url) as voucherify:
        assert (await voucherify.list_orders()).orders == ()


async def test_an_early_refusal_of_a_large_body_is_read() -> None:
    """The service may refuse and close before it has taken all."""

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(413, {"code": 413, "message": "Payload too large"})

    async with loopback(handler) as server, client(server.url) as voucherify:
        with pytest.raises(errors.ApiError) as caught:
            await voucherify.import_orders([{"source_id": "x" * 1000}] * 500)
    assert caught.value.status == 413


FILE = bytes(range(256)) * 4000


async def _file(exchange: Exchange) -> None:
    start = int(exchange.headers.get("range", "bytes=0-")[6:-1])
    told: dict[str, Any] = {"ETag": '"v1"'}
    if start:
        told["Content-Range"] = f"bytes {start}-{len(FILE) - 1}/{len(FILE)}"
    whole = answer(206 if start else 200, FILE[start:], **told)
    if start > 700_000:
        await exchange.send(whole)
    else:
        await exchange.send(whole[:400_000])
        exchange.finish()


async def test_a_download_that_is_cut_goes_on_where_it_ended() -> None:
    """And the file is the same, bit for bit."""
    got, tries = b"", 0
    async with loopback(_file) as server, client(server.url) as voucherify:
        export = Export.read(export_at(f"{server.url}/v1/exports/e?token=t"))
        while len(got) < len(FILE):
            tries += 1
            async with voucherify.download_export(export, offset=len(got), etag='"v1"') as file:
                assert (file.offset, file.total, file.etag) == (len(got), len(FILE), '"v1"')
                try:
                    async for chunk in file:
                        got += chunk
                except errors.CutOff:
                    pass
    assert got == FILE
    assert tries == 3


async def test_a_download_may_take_longer_than_the_deadline() -> None:
    """Only the silence between two chunks is bounded."""

    async def handler(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            await asyncio.sleep(0.05)
            await exchange.send(b"x")

    async with loopback(handler) as server, client(server.url, total=0.1) as voucherify:
        export = Export.read(export_at(f"{server.url}/v1/exports/e?token=t"))
        async with voucherify.download_export(export) as file:
            assert b"".join([chunk async for chunk in file]) == b"x" * 8


async def test_a_download_that_falls_silent_times_out() -> None:
    """After what came before."""

    async def handler(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nxx")
        await asyncio.Event().wait()

    async with loopback(handler) as server, client(server.url, read=0.1) as voucherify:
        export = Export.read(export_at(f"{server.url}/v1/exports/e?token=t"))
        async with voucherify.download_export(export) as file:
            chunks = aiter(file)
            assert await anext(chunks) == b"xx"
            with pytest.raises(errors.TimedOut):
                await anext(chunks)


async def test_connections_are_used_again() -> None:
    """One after the other needs one connection; many at once no more than there are places."""

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(200, ORDER)

    async with loopback(handler) as server, client(server.url) as voucherify:
        for _ in range(20):
            await voucherify.get_order(ORDER["id"])
        assert server.connections == 1
        await asyncio.gather(*(voucherify.get_order(ORDER["id"]) for _ in range(100)))
        assert server.connections <= 8
        assert len(server.seen) == 120


def _pool_is_free(voucherify: Any) -> bool:
    """Whether httpx's pool holds no request and no busy connection."""
    transport = voucherify._transport
    while not hasattr(transport, "_pool"):
        transport = transport._inner
    return "0 active, 0 queued" in repr(transport._pool) and "Connections: 0 active" in repr(transport._pool)
