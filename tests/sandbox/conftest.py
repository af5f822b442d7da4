"""What the tests of the sandbox share: a clock that they move, and a client in process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.sandbox import InProcessSandbox, MovableClock, in_process


class Caller:
    """Calls a sandbox in process.

    Args:
        sandbox: what is called.
        client: an httpx client with its keys.
        clock: the sandbox's time.
    """

    def __init__(self, sandbox: InProcessSandbox, client: httpx.AsyncClient, clock: MovableClock) -> None:
        self.store = sandbox.store
        self.clock = clock
        self._client = client

    async def __call__(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """Send one request; a body goes as ASCII JSON, so that it may hold any text."""
        if body is not None:
            options["content"] = body if isinstance(body, bytes) else json.dumps(body)
            options["headers"] = {"Content-Type": "application/json", **options.get("headers", {})}
        return await self._client.request(method, path, **options)

    async def create(self, **order: Any) -> dict[str, Any]:
        """Create an order that must be taken."""
        answer = await self("POST", "/v1/orders", order)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document


@pytest.fixture
def options() -> dict[str, Any]:
    """Arguments of the application; a test module or a parametrisation overrides them."""
    return {}


@pytest.fixture
async def call(options: dict[str, Any]) -> AsyncIterator[Caller]:
    """A caller of an empty sandbox whose clock stands still."""
    clock = MovableClock()
    with in_process(**{"clock": clock, **options}) as sandbox:
        async with httpx.AsyncClient(
            transport=sandbox.transport, base_url=sandbox.url, headers=sandbox.headers
        ) as client:
            yield Caller(sandbox, client, clock)
