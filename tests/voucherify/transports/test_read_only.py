"""Nothing but GET leaves a profile that only reads."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import Scripted
from tui.voucherify.errors import ReadOnly
from tui.voucherify.transports.read_only import ReadOnlyGuard

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
        await ReadOnlyGuard(network).handle_async_request(httpx.Request(method, f"https://h{path}"))
    assert network.seen == []
    assert caught.value.hint
    assert caught.value.sent is False


async def test_a_get_passes() -> None:
    """In whatever case it was written."""
    network = Scripted(httpx.Response(200))
    guard = ReadOnlyGuard(network)
    await guard.handle_async_request(httpx.Request("get", "https://h/"))
    await guard.aclose()
    assert [request.method for request in network.seen] == ["GET"]
    assert network.closed
