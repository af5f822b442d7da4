"""The adapter over a sandbox, and the sandbox's clock as the engines' clock."""

from __future__ import annotations

import asyncio

import httpx

from tests.support.sandbox import InProcessSandbox, MovableClock, RunningSandbox
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.connection import connect
from tui.voucherify.write_lock import WriteLock


class SandboxClock:
    """Sleeping moves the sandbox's time on, so that its jobs run without anybody waiting."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock

    def now(self) -> float:
        """Epoch seconds in the sandbox."""
        return self._clock.moment.timestamp()

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self._clock.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Let the sandbox's time pass."""
        self._clock.advance(seconds)
        await asyncio.sleep(0)


def client_of(
    sandbox: InProcessSandbox | RunningSandbox,
    *,
    network: httpx.AsyncBaseTransport | None = None,
    write_lock: WriteLock | None = None,
) -> VoucherifyClient:
    """A client of the sandbox; close it. ``network`` may wrap the transport of one in process."""
    if network is None and isinstance(sandbox, InProcessSandbox):
        network = sandbox.transport
    keys = sandbox.headers
    base_url = sandbox.url.replace("http://sandbox.test", "https://sandbox.test")
    return connect(base_url=base_url, credentials=lambda: keys, network=network, write_lock=write_lock)
