"""Redirects and foreign links, at random: no key ever goes to another origin.

1,000 chains: most over a network that answers from a list, some over real servers on loopback.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress

import httpx
import pytest

from tests.support.clients import BASE_URL, CANARY, client
from tests.support.documents import export_at
from tests.support.loopback import Exchange, Loopback, loopback
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.errors import VoucherifyError
from tui.voucherify.responses import Export

CHAINS, REAL = 1000, 60
STATUSES = (300, 301, 302, 303, 305, 307, 308)
KEYS = {"x-app-id", "x-app-token", "authorization", "cookie"}
HOME = "api.voucherify.io"
ALLOWED = {HOME, "download.voucherify.io"}
HOSTS = (
    "evil.example",
    "api.voucherify.io.evil.example",
    "voucherify.io",
    "us1.api.voucherify.io",
    "127.0.0.1",
    "[::1]",
    "api.voucherify.io@evil.example",
    "API.VOUCHERIFY.IO:8443",
    "xn--voucherify-9za.io",
)

Ask = Callable[[VoucherifyClient, str], Awaitable[object]]


async def _download(voucherify: VoucherifyClient, link: str) -> object:
    async with voucherify.download_export(Export.read(export_at(link))) as file:
        return [chunk async for chunk in file]


ASKS: tuple[Ask, ...] = (
    lambda voucherify, _: voucherify.list_orders(),
    lambda voucherify, _: voucherify.get_order("x"),
    lambda voucherify, _: voucherify.create_order({"source_id": "x"}),
    lambda voucherify, _: voucherify.update_order("x", {"status": "PAID"}),
    lambda voucherify, _: voucherify.import_orders([{"source_id": "x"}]),
    lambda voucherify, _: voucherify.get_export("e"),
    lambda voucherify, _: voucherify.delete_export("e"),
    _download,
)


def place(rng: random.Random) -> str:
    """An address that a redirect or a link may lead to."""
    scheme = rng.choice(("https", "http", "HTTPS", "ftp", ""))
    host = rng.choice((*HOSTS, HOME, "download.voucherify.io"))
    path = rng.choice(("/v1/orders", "/steal", "/v1/exports/e?token=t", "//evil.example/", "/\\evil.example"))
    return f"{scheme}://{host}{path}" if scheme else f"//{host}{path}"


class Chain(httpx.AsyncBaseTransport):
    """A network that redirects so many times, then answers; it keeps whom it saw with which keys."""

    def __init__(self, rng: random.Random, length: int) -> None:
        self._rng = rng
        self._left = length
        self.asked: list[tuple[str, str, set[str]]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Redirect, or answer at the end of the chain."""
        keys = KEYS & {name.lower() for name in request.headers}
        self.asked.append((request.url.scheme, request.url.host, keys))
        self._left -= 1
        if self._left < 0:
            return httpx.Response(200, json={"id": "x", "orders": [], "total": 0, "async_action_id": "a"})
        return httpx.Response(self._rng.choice(STATUSES), headers={"Location": place(self._rng)})


async def test_no_chain_gets_a_key_to_another_origin() -> None:
    """Whatever status, target and operation: with keys only home is asked, and over https."""
    rng = random.Random(7)
    with_keys = 0
    for _ in range(CHAINS - REAL):
        chain = Chain(rng, rng.randint(0, 5))
        async with client(BASE_URL, network=chain) as voucherify:
            with suppress(VoucherifyError):
                await rng.choice(ASKS)(voucherify, place(rng))
        for scheme, host, keys in chain.asked:
            with_keys += bool(keys)
            assert (scheme, host in ALLOWED) == ("https", True)
    assert with_keys > CHAINS / 4


async def test_real_servers_get_no_key_that_is_not_theirs() -> None:
    """A server that redirects to another one over real sockets: the other one hears nothing at all."""
    rng = random.Random(8)
    servers: list[Loopback] = []

    async def redirect(exchange: Exchange) -> None:
        target = rng.choice(servers[1:]).url
        await exchange.answer(rng.choice(STATUSES), {}, Location=f"{target}/v1/orders")

    async def listen(exchange: Exchange) -> None:
        await exchange.answer(200, {"orders": [], "total": 0})

    async with loopback(redirect) as home, loopback(listen) as one, loopback(listen) as other:
        servers += [home, one, other]
        for _ in range(REAL):
            async with client(home.url) as voucherify:
                with pytest.raises(VoucherifyError):
                    await rng.choice(ASKS)(voucherify, f"{rng.choice(servers[1:]).url}/v1/exports/e?token=t")
        assert {exchange.headers.get("x-app-token") for exchange in home.seen} == {CANARY}
        assert one.seen + other.seen == []
