"""The parts of a call's time: what happened has a length, what did not happen has none."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import astuple
from typing import Any

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import client, mocked
from tests.support.documents import ORDER
from tests.support.loopback import Exchange, loopback
from tui.voucherify.calls.timing import Timing, TimingRecorder
from tui.voucherify.errors import TimedOut
from tui.voucherify.request_context import RequestContext, set_current_request
from tui.voucherify.transports.network import BoundedBackend, _BoundedStream

STEPS = ("entered", "connecting", "connected", "securing", "secured", "written", "answered")


def _at(*moments: float | None) -> TimingRecorder:
    """Marks that begin at 0 and have the given moments."""
    marks = TimingRecorder(clock=lambda: 0.0)
    for name, moment in zip(STEPS, moments, strict=False):
        setattr(marks, name, moment)
    return marks


def test_each_part_follows_the_one_before() -> None:
    """A new connection has all six."""
    assert _at(1, 1, 3, 3, 6, 10, 15).timing(21) == Timing(1, 2, 3, 4, 5, 6)


def test_a_kept_connection_is_not_made_anew() -> None:
    """Nor is it encrypted anew."""
    assert _at(1, None, None, None, None, 2, 5).timing(9) == Timing(1, None, None, 1, 3, 4)


def test_a_call_that_got_no_place_waited_for_one() -> None:
    """And did nothing else."""
    assert _at().timing(4) == Timing(waited=4)


def test_a_failure_ends_the_part_it_was_in() -> None:
    """What comes after it is absent."""
    assert _at(1, 1).timing(6) == Timing(1, 5)
    assert _at(1, 1, 2, 2).timing(6) == Timing(1, 1, 4)
    assert _at(1, 1, 2, None, None, 3).timing(6) == Timing(1, 1, None, 1, 3)


def test_the_tunnel_through_a_proxy_belongs_to_connecting() -> None:
    """What the proxy is told before the connection is encrypted is not the request."""
    failed = _at(0, 0, 1, 3, None, 2, 2.5)
    assert failed.timing(5) == Timing(0, 3, 2)


@given(st.lists(st.floats(0, 1000), min_size=9, max_size=9), st.integers(0, 7), st.booleans(), st.booleans())
def test_the_parts_are_never_more_than_the_whole(
    moments: list[float], reached: int, new: bool, secure: bool
) -> None:
    """Wherever it ended, each part is at least nothing, and together they are at most all."""
    begun, *between, ended = sorted(moments)
    marks = TimingRecorder(clock=lambda: begun)
    skipped = (set() if new else {"connecting", "connected", "securing", "secured"}) | (
        set() if secure else {"securing", "secured"}
    )
    for name, moment in list(zip(STEPS, between, strict=True))[:reached]:
        if name not in skipped:
            setattr(marks, name, moment)
    parts = [part for part in astuple(marks.timing(ended)) if part is not None]
    assert all(part >= 0 for part in parts)
    assert sum(parts) <= ended - begun + 1e-6


async def test_over_a_socket_the_parts_are_there() -> None:
    """The first call connects, the second keeps the connection; neither has TLS."""

    async def slowly(exchange: Exchange) -> None:
        await asyncio.sleep(0.05)
        await exchange.answer(200, ORDER)

    async with loopback(slowly) as server, client(server.url) as voucherify:
        await voucherify.get_order(ORDER["id"])
        await voucherify.get_order(ORDER["id"])
        first, second = (call.timing for call in voucherify.calls.snapshot())
    assert None not in (first.waited, first.connect, first.send, first.answer, first.receive)
    assert (first.tls, second.connect, second.tls) == (None, None, None)
    assert (second.answer or 0) >= 0.05


async def test_a_call_that_times_out_waited_for_its_answer() -> None:
    """The part it was in tells how long."""

    async def never(exchange: Exchange) -> None:
        await asyncio.sleep(60)

    async with loopback(never) as server, client(server.url, total=0.2, tries=1) as voucherify:
        with pytest.raises(TimedOut):
            await voucherify.get_order(ORDER["id"])
        (call,) = voucherify.calls.snapshot()
    assert (call.timing.answer or 0) > 0.1
    assert call.timing.receive is None


async def test_without_a_network_its_parts_are_absent() -> None:
    """A sandbox in this process connects to nothing."""
    async with mocked(lambda request: httpx.Response(200, json=ORDER)) as voucherify:
        await voucherify.get_order(ORDER["id"])
        (call,) = voucherify.calls.snapshot()
    assert call.timing.waited is not None
    assert astuple(call.timing)[1:] == (None,) * 5


async def test_encrypting_is_noted() -> None:
    """It begins where the connection stands."""

    class Plain(httpcore.AsyncNetworkStream):
        async def start_tls(self, *args: Any, **options: Any) -> httpcore.AsyncNetworkStream:
            return self

    set_current_request(request_context := RequestContext())
    await _BoundedStream(Plain()).start_tls(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "h")
    assert request_context.marks.securing is not None
    assert request_context.marks.secured is not None


async def test_a_connection_that_fails_has_begun() -> None:
    """The time until it failed is the time it took to connect."""
    set_current_request(request_context := RequestContext())
    with pytest.raises(httpcore.ConnectError):
        await BoundedBackend().connect_tcp("127.0.0.1", 1)
    assert request_context.marks.connecting is not None
    assert request_context.marks.connected is None
