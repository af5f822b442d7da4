"""The stack as it is built."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.support.clients import KEYS, client
from tests.support.documents import PAGE
from tui.voucherify.connection import connect
from tui.voucherify.errors import BadAddress, TimedOut

Send = Callable[[dict[str, Any]], Awaitable[None]]


async def _app(scope: dict[str, Any], receive: Any, send: Send) -> None:
    headers = dict(scope["headers"])
    if scope["path"] == "/v1/exports/hang":
        await asyncio.Event().wait()
    assert headers[b"x-app-token"] == KEYS["X-App-Token"].encode()
    body = json.dumps(PAGE).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    )
    await send({"type": "http.response.body", "body": body})


async def test_an_application_in_this_process_can_stand_in_for_the_network() -> None:
    """With every layer around it."""
    async with client("https://api.voucherify.io", network=httpx.ASGITransport(_app)) as voucherify:
        assert (await voucherify.list_orders()).total == 1
        assert [call.status for call in voucherify.calls.snapshot()] == [200]


async def test_answers_say_when_they_were_read_by_the_clock_given() -> None:
    """The time of a page is this machine's, or that of the clock put in its place."""
    moment = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
    voucherify = connect(
        base_url="https://api.voucherify.io",
        credentials=lambda: KEYS,
        network=httpx.ASGITransport(_app),
        now=moment.timestamp,
    )
    assert (await voucherify.list_orders()).read_at == moment
    await voucherify.aclose()


async def test_an_application_that_hangs_is_given_up() -> None:
    """It heeds no deadline, and holds nothing up."""
    options: dict[str, Any] = {"total": 0.05, "closing": 0.01}
    async with client(
        "https://api.voucherify.io", network=httpx.ASGITransport(_app), **options
    ) as voucherify:
        with pytest.raises(TimedOut):
            await voucherify.get_export("hang")
        assert (await voucherify.list_orders()).total == 1


def test_a_base_url_that_keys_may_not_go_to_is_refused() -> None:
    """Before anything is built."""
    with pytest.raises(BadAddress):
        connect(base_url="http://example.com", credentials=lambda: KEYS)


async def test_layers_are_in_their_order() -> None:
    """From the read-only guard outside to the network inside."""
    voucherify = connect(base_url="http://127.0.0.1:9", credentials=lambda: KEYS)
    names, layer = [], voucherify._transport
    while layer is not None:
        names.append(type(layer).__name__)
        layer = getattr(layer, "_inner", None)
    await voucherify.aclose()
    assert names == [
        "ReadOnlyGuard",
        "Deadline",
        "Retry",
        "BudgetReader",
        "CallRecorder",
        "MaxResponseSize",
        "OriginBoundCredentials",
        "ConcurrencyLimit",
        "AsyncHTTPTransport",
    ]
