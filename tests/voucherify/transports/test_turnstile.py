"""So many requests at once, in order, and nobody is pulled out again."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tui.voucherify.errand import Errand, enter
from tui.voucherify.errors import CutOff, TimedOut
from tui.voucherify.transports.turnstile import Turnstile

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


async def _go(turnstile: Turnstile, errand: Errand) -> int:
    enter(errand)
    response = await turnstile.handle_async_request(REQUEST)
    await response.aread()
    await response.aclose()
    return response.status_code


def _start(turnstile: Turnstile, errand: Errand) -> asyncio.Task[int]:
    errand.task = task = asyncio.create_task(_go(turnstile, errand))
    return task


async def _settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_no_more_are_inside_than_there_are_places() -> None:
    """The others wait outside and come in as places become free."""
    gate = Gate()
    turnstile = Turnstile(gate, 2)
    tasks = [_start(turnstile, Errand()) for _ in range(9)]
    await _settled()
    assert gate.inside == 2
    gate.open.set()
    assert await asyncio.gather(*tasks) == [200] * 9
    assert gate.most == 2


async def test_who_waits_outside_is_withdrawn_at_once() -> None:
    """And never reaches the network."""
    gate = Gate()
    turnstile = Turnstile(gate, 1)
    errands = [Errand(), Errand()]
    tasks = [_start(turnstile, errand) for errand in errands]
    await _settled()
    for errand in errands:
        errand.abandon()
    await _settled()
    assert (tasks[0].done(), tasks[1].cancelled(), gate.cancelled) == (False, True, 0)
    gate.open.set()
    assert await tasks[0] == 200
    assert gate.most == 1


async def test_an_abandoned_reader_makes_room_for_the_next() -> None:
    """Its line is hung up; a change in the same place is left to finish."""
    gate = Gate()
    turnstile = Turnstile(gate, 2)
    change, reader, later = Errand(), Errand(safe=True), Errand()
    tasks = [_start(turnstile, errand) for errand in (change, reader, later)]
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
    turnstile = Turnstile(gate, 2)
    reader = Errand(safe=True)
    task = _start(turnstile, reader)
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
    turnstile = Turnstile(gate, 1)
    first = _start(turnstile, Errand())
    await _settled()
    with pytest.raises(TimedOut) as caught:
        await _start(turnstile, Errand(0.01))
    assert caught.value.sent is False
    gate.open.set()
    await first


async def test_failures_of_httpx_end_here_without_their_chain() -> None:
    """The frames of httpx hold the request with its keys."""

    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("secret")

    turnstile = Turnstile(httpx.MockTransport(handler), 1)
    for _ in range(3):
        with pytest.raises(CutOff) as caught:
            await turnstile.handle_async_request(REQUEST)
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None
    await turnstile.aclose()
