"""Records every call in the call log, without secrets."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable

import httpx

from tui.voucherify.calls.call_log import ApiCall, CallLog
from tui.voucherify.calls.redaction import (
    redact_body,
    redact_query,
    safe_request_headers,
    safe_response_headers,
)
from tui.voucherify.calls.timing import TimingRecorder
from tui.voucherify.errors import Refused, VoucherifyError
from tui.voucherify.limits import RECEIVED, REPLAY_OF, STREAM
from tui.voucherify.request_context import current_request
from tui.voucherify.response_parsing import request_id
from tui.voucherify.transports.wrapping import WrappingTransport


class CallRecorder(WrappingTransport):
    """Records each attempt when it ends: an answer when it is whole, a file when its last byte was read.

    A request that was refused or withdrawn before it was sent is not a call. ``now`` gives epoch seconds.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        calls: CallLog,
        *,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(inner)
        self._calls = calls
        self._now = now
        self._clock = clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and record its outcome."""
        entry = _CallEntry(self._calls, request, self._now(), self._clock)
        try:
            response = await self._inner.handle_async_request(request)
        except VoucherifyError as error:
            if not isinstance(error, Refused):
                entry.end(error=error)
            raise
        if request.extensions.get(STREAM) and not response.is_closed:
            return httpx.Response(
                response.status_code, headers=response.headers, stream=_CountedStream(response, entry)
            )
        body = response.content
        received = response.extensions.get(RECEIVED)
        entry.end(response, size=len(body), body=body, received=received)
        return response


class _CallEntry:
    def __init__(
        self, calls: CallLog, request: httpx.Request, started_at: float, clock: Callable[[], float]
    ) -> None:
        self._calls = calls
        self._request = request
        self._started_at = started_at
        self._context = current_request()
        self._attempt = self._context.attempt
        self._marks = self._context.marks = TimingRecorder(clock)
        self._ended = False

    def end(
        self,
        response: httpx.Response | None = None,
        *,
        size: int = 0,
        body: bytes = b"",
        received: int | None = None,
        error: Exception | None = None,
    ) -> None:
        """Record the call; only the first time counts."""
        if self._ended:
            return
        self._ended = True
        request, url, request_context, marks = self._request, self._request.url, self._context, self._marks
        ended = marks.clock()
        sent = request.content

        path = url.raw_path.partition(b"?")[0].decode("ascii")

        def make(number: int) -> ApiCall:
            return ApiCall(
                number=number,
                method=request.method,
                path=path,
                query=redact_query(url.query.decode("ascii")),
                status=None if response is None else response.status_code,
                started_at=self._started_at,
                seconds=ended - marks.begun,
                request_bytes=len(sent),
                response_bytes=size,
                attempt=self._attempt,
                request_id=None if response is None else _request_id(response, body),
                error=None if error is None else type(error).__name__,
                request_body=redact_body(sent),
                response_body=redact_body(body),
                origin=f"{url.scheme}://{url.netloc.decode('ascii')}",
                first=request_context.first_calls.setdefault((request.method, path), number),
                wait=request_context.wait,
                timing=marks.timing(ended),
                request_headers=safe_request_headers(request.headers.raw),
                response_headers=() if response is None else safe_response_headers(response.headers.raw),
                received_bytes=received,
                replay_of=request.extensions.get(REPLAY_OF) if request.method == "GET" else None,
            )

        self._calls.add(make)


class _CountedStream(httpx.AsyncByteStream):
    def __init__(self, response: httpx.Response, entry: _CallEntry) -> None:
        self._response = response
        self._entry = entry
        self._size = 0
        self._error: Exception | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._response.aiter_raw():
                self._size += len(chunk)
                yield chunk
        except VoucherifyError as error:
            self._error = error
            raise

    async def aclose(self) -> None:
        try:
            await self._response.aclose()
        finally:
            self._entry.end(self._response, size=self._size, received=self._size, error=self._error)


def _request_id(response: httpx.Response, body: bytes) -> str | None:
    """The body's request id is in error answers only, so that others need not be parsed for it."""
    document = None
    if response.status_code >= 400:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            document = None
    return request_id(response, document if isinstance(document, dict) else None)
