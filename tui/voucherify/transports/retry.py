"""The retry policy of the client.

    GET            no connection, cut, read timeout, 408, 429, 5xx
    anything else  no connection (not a byte was sent), 429

At most ``Limits.tries`` tries, never past the deadline. A 429 waits until the service takes calls again,
if that is within ``Limits.patience``; the others wait a random part of a doubling time.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable

import httpx

from tui.voucherify.errors import CutOff, NoAnswer, TimedOut, Unreachable
from tui.voucherify.limits import Limits
from tui.voucherify.rate_limit import CYCLE, RateHeaders, Reason, Wait
from tui.voucherify.request_context import current_request
from tui.voucherify.transports.wrapping import WrappingTransport

FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 8.0

_LOG = logging.getLogger(__name__)


def reason_to_retry(method: str, response: httpx.Response | None, failure: NoAnswer | None) -> Reason | None:
    """Why the request may be sent again; ``None`` when it must not be."""
    if isinstance(failure, Unreachable) and not failure.sent:
        return "no connection"
    if response is not None and response.status_code == 429:
        return None if response.headers.get("X-Rate-Limit-Type") == CYCLE else "rate limit"
    if method != "GET":
        return None
    if isinstance(failure, CutOff):
        return "connection cut"
    if isinstance(failure, TimedOut) or (response is not None and response.status_code == 408):
        return "too slow"
    return "service failed" if response is not None and response.status_code >= 500 else None


class Retry(WrappingTransport):
    """Sends a request again if that is safe; returns or raises the last outcome.

    ``on_wait`` is called when a wait begins. ``now`` returns epoch seconds.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        limits: Limits,
        *,
        on_wait: Callable[[Wait], None] | None = None,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(inner)
        self._limits = limits
        self._on_wait = on_wait
        self._rng = rng or random.Random()  # noqa: S311 - jitter is no secret
        self._sleep = sleep
        self._now = now

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, with retries as the policy allows."""
        request_context = current_request()
        for attempt in range(1, self._limits.tries + 1):
            request_context.attempt = attempt
            response, failure = await self._try(request)
            wait = self._wait(request.method, response, failure, attempt)
            if wait is None:
                break
            if response is not None:
                await response.aclose()
            await self._pause(wait)
        if failure is not None:
            raise failure
        assert response is not None  # noqa: S101 - one of the two is there
        return response

    async def _try(self, request: httpx.Request) -> tuple[httpx.Response | None, NoAnswer | None]:
        try:
            return await self._inner.handle_async_request(request), None
        except NoAnswer as error:
            return None, error

    def _wait(
        self, method: str, response: httpx.Response | None, failure: NoAnswer | None, attempt: int
    ) -> Wait | None:
        reason = reason_to_retry(method, response, failure)
        if reason is None or attempt == self._limits.tries:
            return None
        seconds = self._backoff(attempt)
        if reason == "rate limit" and response is not None:
            retry_at = RateHeaders.read(response.headers, self._now()).retry_at
            if retry_at is not None:
                seconds = max(retry_at - self._now(), 0) + self._rng.uniform(0, FIRST_BACKOFF)
            if seconds > self._limits.patience:
                return None
        else:
            left = current_request().left()
            if left is not None and seconds >= left:
                return None
        return Wait(seconds=seconds, until=self._now() + seconds, reason=reason, attempt=attempt + 1)

    def _backoff(self, attempt: int) -> float:
        return self._rng.uniform(0, min(FIRST_BACKOFF * 2**attempt, LONGEST_BACKOFF))

    async def _pause(self, wait: Wait) -> None:
        current_request().wait = wait
        if self._on_wait is not None:
            try:
                self._on_wait(wait)
            except Exception:  # noqa: BLE001 - a listener's error must not fail the request
                _LOG.warning("A listener of waits failed")
        if wait.reason == "rate limit":
            current_request().extend(wait.seconds)
        await self._sleep(wait.seconds)
