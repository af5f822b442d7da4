"""The rate limit and its headers (``docs/voucherify-api.md#rate-limits``)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tui.sandbox.clock import Clock
from tui.sandbox.http.error_responses import too_many_requests
from tui.sandbox.http.resource import error_answer


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many calls in a period of so many seconds."""

    limit: int
    seconds: float


GENEROUS = RateLimit(2000, 60)
"""What the larger plans have; a real sandbox project has 100 calls an hour."""


def parse_rate_limit(text: str) -> RateLimit:
    """Read ``N/SECONDS``, such as ``100/3600``.

    Raises:
        ValueError: it is not that; the message gives the valid form.
    """
    parts = re.fullmatch(r"(\d{1,9})/(\d{1,9}(?:\.\d+)?)", text.strip(), re.ASCII)
    if not parts or float(parts[2]) <= 0:
        raise ValueError(f"“{text}” is not a rate limit; write calls and seconds, like 100/3600")
    return RateLimit(int(parts[1]), float(parts[2]))


class RateLimiter:
    """Counts calls in fixed periods; each answer reports what is left, a call too many is 429.

    Args:
        app: what is limited.
        limit: how much.
        clock: the current time.
        retry: what ``X-Rate-Limit-Retry`` is while calls are left.
    """

    def __init__(
        self, app: ASGIApp, *, limit: RateLimit, clock: Clock, retry: Literal["window_end", "now_while_any"]
    ) -> None:
        self._app = app
        self._limit = limit
        self._clock = clock
        self._retry = retry
        self._ends = 0.0
        self._left = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one call."""
        now = self._clock().timestamp()
        if now >= self._ends:
            self._ends, self._left = now + self._limit.seconds, self._limit.limit
        if self._left <= 0:
            await self._too_many(now)(scope, receive, send)
            return
        self._left -= 1
        headers = self._headers(now)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, with_headers)

    def _headers(self, now: float) -> dict[str, str]:
        free_now = self._left > 0 and self._retry == "now_while_any"
        return {
            "X-Rate-Limit-Limit": str(self._limit.limit),
            "X-Rate-Limit-Remaining": str(self._left),
            "X-Rate-Limit-Retry": str(math.ceil(now if free_now else self._ends)),
        }

    def _too_many(self, now: float) -> ASGIApp:
        refusal = too_many_requests()
        refusal.headers = {
            **self._headers(now),
            "Retry-After": str(max(1, math.ceil(self._ends - now))),
            "X-Rate-Limit-Type": "api_calls",
        }
        return error_answer(refusal, "")
