"""So many requests at once, in order, and nobody is pulled out again."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tui.voucherify.errors import CutOff, TimedOut
from tui.voucherify.request_context import RequestContext, set_current_request
from tui.voucherify.transports.concurrency_limit import ConcurrencyLimit

REQUEST = httpx.Request("GET", "https://h/")


class Gate(httpx.AsyncBaseTransport):
    """A network whose answers wait until they are let go, and which knows whether it was cancelled."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.inside = 0
        self.most = 0
        self.cancelled = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait at the gate."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.inside -= 1
        return httpx.Response(200, content=b"x")


async def _go(concurrency_limit: ConcurrencyLimit, request_context: RequestContext) -> int:
    set_current_request(request_context)
    response = await concurrency_limit.handle_async_request(REQUEST)
    await response.aread()
    await response.aclose()
    return response.status_code


def _start(concurrency_limit: ConcurrencyLimit, request_context: RequestContext) -> asyncio.Task[int]:
    request_context.task = task = asyncio.create_task(_go(concurrency_limit, request_context))
    return task


async def _settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_no_more_are_inside_than_there_are_places() -> None:
    """The others wait outside and come in as places become free."""
    gate = Gate()
    concurrency_limit = ConcurrencyLimit(gate, 2)
    tasks = [_start(concurrency_limit, RequestContext()) for _ in range(9)]
    await _settled()
    assert gate.inside == 2
    gate.open.set()
    assert await asyncio.gather(*tasks) == [200] * 9
    assert gate.most == 2


async def test_who_waits_outside_is_withdrawn_at_once() -> None:
    """And never reaches the network."""
    gate = Gate()
    concurrency_limit = ConcurrencyLimit(gate, 1)
    in_flight = [RequestContext(), RequestContext()]
    tasks = [_start(concurrency_limit, request_context) for request_context in in_flight]
    await _settled()
    for request_context in in_flight:
        request_context.abandon()
    await _settled()
    assert (tasks[0].done(), tasks[1].cancelled(), gate.cancelled) == (False, True, 0)
    gate.open.set()
    assert await tasks[0] == 200
    assert gate.most == 1


async def test_an_abandoned_reader_makes_room_for_the_next() -> None:
    """Its line is hung up; a change in the same place is left to finish."""
    gate = Gate()
    concurrency_limit = ConcurrencyLimit(gate, 2)
    change, reader, later = RequestContext(), RequestContext(safe=True), RequestContext()
    tasks = [_start(concurrency_limit, request_context) for request_context in (change, reader, later)]
    await _settled()
    hung_up: list[str] = []
    change.hang_up = lambda: hung_up.append("change")
    reader.hang_up = lambda: hung_up.append("reader")
    change.abandon()
    reader.abandon()
    assert hung_up == ["reader"]
    gate.open.set()
    await asyncio.gather(*tasks)


async def test_nobody_is_hung_up_while_there_is_room() -> None:
    """The connection is worth keeping."""
    gate = Gate()
    concurrency_limit = ConcurrencyLimit(gate, 2)
    reader = RequestContext(safe=True)
    task = _start(concurrency_limit, reader)
    await _settled()
    hung_up: list[str] = []
    reader.hang_up = lambda: hung_up.append("reader")
    reader.abandon()
    gate.open.set()
    await task
    assert hung_up == []


async def test_no_place_by_the_deadline_means_that_nothing_was_sent() -> None:
    """So a change may be sent again."""
    gate = Gate()
    concurrency_limit = ConcurrencyLimit(gate, 1)
    first = _start(concurrency_limit, RequestContext())
    await _settled()
    with pytest.raises(TimedOut) as caught:
        await _start(concurrency_limit, RequestContext(0.01))
    assert caught.value.sent is False
    gate.open.set()
    await first


async def test_failures_of_httpx_end_here_without_their_chain() -> None:
    """The frames of httpx hold the request with its keys."""

    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("secret")

    concurrency_limit = ConcurrencyLimit(httpx.MockTransport(handler), 1)
    for _ in range(3):
        with pytest.raises(CutOff) as caught:
            await concurrency_limit.handle_async_request(REQUEST)
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None
    await concurrency_limit.aclose()
