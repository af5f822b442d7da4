"""Every call is in the log, without its secrets."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.clients import Scripted
from tests.support.documents import NOT_FOUND
from tui.voucherify.calls import CallLog
from tui.voucherify.errand import Errand, enter
from tui.voucherify.errors import CutOff, ForeignOrigin
from tui.voucherify.limits import STREAM
from tui.voucherify.transports.recorder import Recorder


class _Broken(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"abc"
        raise CutOff


async def test_an_answer_is_recorded() -> None:
    """With sizes, the try, the request id and both bodies."""
    calls = CallLog()
    recorder = Recorder(
        Scripted(httpx.Response(404, json=NOT_FOUND)), calls, now=lambda: 5.0, clock=lambda: 1.0
    )
    enter(errand := Errand())
    errand.attempt = 3
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
    assert call.request_body == "{}"
    assert "Resource not found" in call.response_body
    assert call.response_bytes == len(call.response_body)


async def test_a_failure_is_recorded_by_name() -> None:
    """It came to no status."""
    calls = CallLog()
    with pytest.raises(CutOff):
        await Recorder(Scripted(CutOff()), calls).handle_async_request(httpx.Request("GET", "https://h/"))
    assert [(call.status, call.error) for call in calls.snapshot()] == [(None, "CutOff")]


async def test_what_was_refused_here_is_no_call() -> None:
    """Nothing left."""
    calls = CallLog()
    with pytest.raises(ForeignOrigin):
        await Recorder(Scripted(ForeignOrigin()), calls).handle_async_request(
            httpx.Request("GET", "https://h/")
        )
    assert len(calls) == 0


async def test_a_file_is_recorded_when_it_was_read() -> None:
    """With what came of it, and the failure that ended it."""
    calls = CallLog()
    recorder = Recorder(Scripted(httpx.Response(200, stream=_Broken())), calls)
    response = await recorder.handle_async_request(
        httpx.Request("GET", "https://h/", extensions={STREAM: True})
    )
    assert len(calls) == 0
    with pytest.raises(CutOff):
        await response.aread()
    await response.aclose()
    assert [(call.response_bytes, call.error, call.response_body) for call in calls.snapshot()] == [
        (3, "CutOff", "")
    ]
