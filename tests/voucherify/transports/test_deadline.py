"""Each request in its own task, with a deadline for the whole answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tui.voucherify.errors import CutOff, TimedOut, Unreachable
from tui.voucherify.limits import STREAM, TOTAL, Limits
from tui.voucherify.request_context import current_request
from tui.voucherify.transports.deadline import Deadline


class Slow(httpx.AsyncBaseTransport):
    """A network that answers when it is told to."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.go = asyncio.Event()
        self.ended = asyncio.Event()
        self.left: float | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait, as httpx would: held, and so never cancelled."""
        request_context = current_request()
        self.left = request_context.left()
        request_context.inside = True
        self.entered.set()
        try:
            await self.go.wait()
        finally:
            request_context.inside = False
            self.ended.set()
        return httpx.Response(200, content=b"late")


async def test_a_cancelled_caller_leaves_the_request_running() -> None:
    """Its answer is dropped."""
    slow = Slow()
    deadline = Deadline(slow, Limits())
    caller = asyncio.create_task(deadline.handle_async_request(httpx.Request("GET", "https://h/")))
    await slow.entered.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert not slow.ended.is_set()
    assert len(deadline.in_flight) == 1
    slow.go.set()
    await slow.ended.wait()
    await deadline.aclose()
    assert len(deadline.in_flight) == 0


async def test_a_late_failure_is_dropped_too() -> None:
    """Without a word from the event loop."""
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))

    class Failing(Slow):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await super().handle_async_request(request)
            raise CutOff

    slow = Failing()
    deadline = Deadline(slow, Limits())
    caller = asyncio.create_task(deadline.handle_async_request(httpx.Request("GET", "https://h/")))
    await slow.entered.wait()
    caller.cancel()
    await asyncio.wait({caller})
    slow.go.set()
    await slow.ended.wait()
    await deadline.aclose()
    del caller
    assert told == []


async def test_what_hangs_past_the_deadline_is_given_up() -> None:
    """Even a handler that heeds no deadline."""
    slow = Slow()
    deadline = Deadline(slow, Limits(total=0.01, closing=0.01), grace=0.0)
    with pytest.raises(TimedOut):
        await deadline.handle_async_request(httpx.Request("GET", "https://h/"))
    await deadline.aclose()
    assert slow.ended.is_set()


async def test_an_import_has_a_deadline_of_its_own() -> None:
    """It is told to the layers below."""
    slow = Slow()
    slow.go.set()
    deadline = Deadline(slow, Limits(), clock=lambda: 0.0)
    await deadline.handle_async_request(httpx.Request("POST", "https://h/", extensions={TOTAL: 120.0}))
    assert slow.left == 120.0
    await deadline.handle_async_request(httpx.Request("GET", "https://h/"))
    assert slow.left == 30.0
    await deadline.aclose()


async def test_after_closing_nothing_starts() -> None:
    """And says so."""
    deadline = Deadline(Slow(), Limits())
    await deadline.aclose()
    with pytest.raises(Unreachable, match="closed"):
        await deadline.handle_async_request(httpx.Request("GET", "https://h/"))


async def test_closing_lets_a_change_finish() -> None:
    """Within its bound, and its caller gets the answer."""
    slow = Slow()
    deadline = Deadline(slow, Limits())
    caller = asyncio.create_task(deadline.handle_async_request(httpx.Request("PUT", "https://h/")))
    await slow.entered.wait()
    closing = asyncio.create_task(deadline.aclose())
    await asyncio.sleep(0)
    slow.go.set()
    await closing
    assert (await caller).content == b"late"


async def test_closing_ends_a_reader_at_once() -> None:
    """Its caller is told, and not cancelled."""
    slow = Slow()
    deadline = Deadline(slow, Limits(closing=60))
    caller = asyncio.create_task(deadline.handle_async_request(httpx.Request("GET", "https://h/")))
    await slow.entered.wait()
    await deadline.aclose()
    with pytest.raises(CutOff, match="Ordex closed"):
        await caller


class _Endless(httpx.AsyncByteStream):
    def __init__(self) -> None:
        self.closed = asyncio.Event()
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.given += 1
            yield b"x"

    async def aclose(self) -> None:
        self.closed.set()


async def test_a_file_is_fetched_a_little_ahead_and_stops_with_its_reader() -> None:
    """Memory stays flat, and the connection is given back."""
    endless = _Endless()
    deadline = Deadline(httpx.MockTransport(lambda request: httpx.Response(200, stream=endless)), Limits())
    response = await deadline.handle_async_request(
        httpx.Request("GET", "https://h/", extensions={STREAM: True})
    )
    assert await anext(response.aiter_raw()) == b"x"
    await response.aclose()
    await endless.closed.wait()
    assert endless.given < 20
    await deadline.aclose()
