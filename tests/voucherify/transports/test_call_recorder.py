"""Every call is in the log, without its secrets."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.clients import Scripted, client, mocked
from tests.support.documents import NOT_FOUND
from tui.voucherify.calls.call_log import CallLog
from tui.voucherify.errors import CutOff, ForeignOrigin
from tui.voucherify.limits import STREAM
from tui.voucherify.request_context import RequestContext, set_current_request
from tui.voucherify.transports.call_recorder import CallRecorder


class _Broken(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"abc"
        raise CutOff


async def test_an_answer_is_recorded() -> None:
    """With sizes, the try, the request id and both bodies."""
    calls = CallLog()
    recorder = CallRecorder(
        Scripted(httpx.Response(404, json=NOT_FOUND)), calls, now=lambda: 5.0, clock=lambda: 1.0
    )
    set_current_request(request_context := RequestContext())
    request_context.attempt = 3
    await recorder.handle_async_request(
        httpx.Request("PUT", "https://h/v1/orders/a%2Fb?limit=1&token=s", content=b"{}")
    )
    (call,) = calls.snapshot()
    assert (call.number, call.method, call.path, call.query) == (
        1,
        "PUT",
        "/v1/orders/a%2Fb",
        "limit=1&token=***",
    )
    assert (call.status, call.attempt, call.request_id) == (404, 3, "v-0baa1ad023d0656a84")
    assert (call.started_at, call.seconds, call.request_bytes, call.error) == (5.0, 0.0, 2, None)
    assert call.request_body == ("{}", True)
    assert "Resource not found" in call.response_body.text
    assert call.response_bytes == len(call.response_body.text)


async def test_a_failure_is_recorded_by_name() -> None:
    """It came to no status."""
    calls = CallLog()
    with pytest.raises(CutOff):
        await CallRecorder(Scripted(CutOff()), calls).handle_async_request(httpx.Request("GET", "https://h/"))
    assert [(call.status, call.error) for call in calls.snapshot()] == [(None, "CutOff")]


async def test_what_was_refused_here_is_no_call() -> None:
    """Nothing left."""
    calls = CallLog()
    with pytest.raises(ForeignOrigin):
        await CallRecorder(Scripted(ForeignOrigin()), calls).handle_async_request(
            httpx.Request("GET", "https://h/")
        )
    assert len(calls) == 0


async def test_a_file_is_recorded_when_it_was_read() -> None:
    """With what came of it, and the failure that ended it."""
    calls = CallLog()
    recorder = CallRecorder(Scripted(httpx.Response(200, stream=_Broken())), calls)
    response = await recorder.handle_async_request(
        httpx.Request("GET", "https://h/", extensions={STREAM: True})
    )
    assert len(calls) == 0
    with pytest.raises(CutOff):
        await response.aread()
    await response.aclose()
    assert [(call.response_bytes, call.error, call.response_body.text) for call in calls.snapshot()] == [
        (3, "CutOff", "")
    ]


async def test_only_headers_that_are_named_are_kept() -> None:
    """A key, a cookie or anything new is not among them; the rate headers are."""
    calls = CallLog()
    answer = httpx.Response(
        200,
        json={},
        headers={
            "x-rate-limit-remaining": "41",
            "X-Rate-Limit-Limit": "100",
            "Set-Cookie": "session=s3cret",
            "X-App-Token": "s3cret",
            "Location": "https://h/?token=s3cret",
        },
    )
    request = httpx.Request(
        "GET",
        "https://h:8470/",
        headers={"Authorization": "Bearer s3cret", "Cookie": "a=s3cret", "Accept": "application/json"},
    )
    await CallRecorder(Scripted(answer), calls).handle_async_request(request)
    (call,) = calls.snapshot()
    assert call.request_headers == (("Accept", "application/json"),)
    assert ("X-Rate-Limit-Remaining", "41") in call.response_headers
    assert (call.rate.remaining, call.rate.limit) == (41, 100)
    assert "s3cret" not in repr(call)
    assert call.origin == "https://h:8470"


async def test_the_attempts_of_a_request_are_linked() -> None:
    """Each knows the first, and what was waited for before it."""
    async with client(
        "https://h", network=Scripted(httpx.Response(500), httpx.Response(200, json={"id": "x"}))
    ) as voucherify:
        await voucherify.get_order("x")
        await voucherify.get_order("x")
        first, second, third = voucherify.calls.snapshot()
    assert [(call.attempt, call.first) for call in (first, second, third)] == [(1, 1), (2, 1), (1, 3)]
    assert first.wait is None
    assert second.wait is not None
    assert (second.wait.reason, second.wait.attempt) == ("service failed", 2)


async def test_a_packed_answer_has_two_sizes() -> None:
    """As it came, and unpacked."""
    body = json.dumps({"id": "x", "note": "a" * 5000}).encode()
    packed = httpx.Response(200, content=gzip.compress(body), headers={"Content-Encoding": "gzip"})
    async with mocked(
        lambda request: httpx.Response(200, headers=packed.headers, stream=packed.stream)
    ) as one:
        await one.get_order("x")
        (call,) = one.calls.snapshot()
    assert call.response_bytes == len(body)
    assert call.received_bytes == len(gzip.compress(body))
