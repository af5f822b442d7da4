"""Clients for the tests of the adapter, over a mock transport or a real loopback server."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import httpx

from tui.voucherify.client import VoucherifyClient
from tui.voucherify.connection import connect
from tui.voucherify.limits import Limits
from tui.voucherify.write_lock import WriteLock

CANARY = "canary-5f1e7a90c3"
KEYS = {"X-App-Id": "app-id", "X-App-Token": CANARY}
BASE_URL = "https://api.voucherify.io"


class NoJitter(random.Random):
    """Retries that do not wait, so that tests need no clock."""

    def uniform(self, a: float, b: float) -> float:
        """The least of the range."""
        return a


def client(base_url: str, **options: Any) -> VoucherifyClient:
    """A client of a real server; ``options`` are ``connect``'s, ``read_only``, or fields of ``Limits``."""
    options.setdefault("write_lock", WriteLock(read_only=options.pop("read_only", False)))
    limits = Limits(**{name: options.pop(name) for name in list(options) if name in Limits.__slots__})
    options.setdefault("credentials", lambda: KEYS)
    return connect(base_url=base_url, limits=limits, rng=NoJitter(), **options)


def mocked(handler: Callable[[httpx.Request], httpx.Response], **options: Any) -> VoucherifyClient:
    """A client whose network is a function."""
    base_url = options.pop("base_url", BASE_URL)
    return client(base_url, network=httpx.MockTransport(handler), **options)


class Scripted(httpx.AsyncBaseTransport):
    """A network that gives outcomes in order: answers are returned, errors raised; the last one repeats."""

    def __init__(self, *outcomes: httpx.Response | Exception) -> None:
        self.outcomes = list(outcomes)
        self.seen: list[httpx.Request] = []
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give the next outcome."""
        self.seen.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True
