"""Nothing but GET leaves a profile that only reads."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import Scripted
from tui.voucherify.errors import ReadOnly
from tui.voucherify.transports.read_only import ReadOnlyGuard
from tui.voucherify.write_lock import WriteLock

CLOSED = WriteLock(read_only=True)
METHODS = st.sampled_from(
    ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "post", "QUERY"]
)
PATHS = st.sampled_from(
    [
        "/v1/orders",
        "/v1/orders/x",
        "/v1/orders/import",
        "/v1/orders/export",
        "/v1/exports/e",
        "/v1/async-actions",
        "/",
    ]
)


@given(METHODS | st.from_regex(r"[A-Z]{1,12}", fullmatch=True).filter(lambda method: method != "GET"), PATHS)
async def test_no_other_method_leaves_on_any_path(method: str, path: str) -> None:
    """The network never sees it, and the error says what to do."""
    network = Scripted(httpx.Response(200))
    with pytest.raises(ReadOnly) as caught:
        await ReadOnlyGuard(network, CLOSED).handle_async_request(httpx.Request(method, f"https://h{path}"))
    assert network.seen == []
    assert caught.value.hint
    assert caught.value.sent is False


async def test_a_get_passes() -> None:
    """In whatever case it was written."""
    network = Scripted(httpx.Response(200))
    guard = ReadOnlyGuard(network, CLOSED)
    await guard.handle_async_request(httpx.Request("get", "https://h/"))
    await guard.aclose()
    assert [request.method for request in network.seen] == ["GET"]
    assert network.closed


async def test_an_open_lock_is_asked_at_each_request() -> None:
    """What was unlocked for a time is refused again when the time is over, in the same session."""
    now = [0.0]
    lock = WriteLock(read_only=True, clock=lambda: now[0])
    network = Scripted(httpx.Response(200))
    guard = ReadOnlyGuard(network, lock)
    lock.open_for(60)
    await guard.handle_async_request(httpx.Request("PUT", "https://h/v1/orders/x"))
    now[0] = 60.0
    with pytest.raises(ReadOnly):
        await guard.handle_async_request(httpx.Request("PUT", "https://h/v1/orders/x"))
    assert [request.method for request in network.seen] == ["PUT"]
