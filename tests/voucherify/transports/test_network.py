"""httpx's own transport, as the adapter sets it up."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.clients import client
from tests.support.documents import PAGE
from tests.support.loopback import Exchange, loopback
from tui.voucherify.addresses import Address
from tui.voucherify.errors import BadAddress
from tui.voucherify.limits import Limits
from tui.voucherify.transports.network import BoundedBackend, network

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def test_the_bounded_backend_is_in_httpxs_pool() -> None:
    """It has no public way in; an httpx that does not take it any more must fail here."""
    transport = network(Address.read("http://127.0.0.1"), Limits())
    assert isinstance(transport._pool._network_backend, BoundedBackend)
    assert transport._pool._retries == 0
    await transport.aclose()


async def test_a_proxy_of_the_environment_is_not_used_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sandbox is asked directly."""
    for name in PROXIES[:3]:
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(200, PAGE)

    async with loopback(handler) as server, client(server.url) as voucherify:
        assert (await voucherify.list_orders()).total == 1


@pytest.mark.parametrize(("no_proxy", "used"), [("", True), ("voucherify.io", False)])
async def test_a_proxy_of_the_environment_is_used_unless_excepted(
    monkeypatch: pytest.MonkeyPatch, no_proxy: str, used: bool
) -> None:
    """As other programs do."""
    asked: list[str] = []

    async def handler(exchange: Exchange) -> None:
        asked.append(f"{exchange.method} {exchange.target}")
        await exchange.answer(407)

    async with loopback(handler) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        monkeypatch.setenv("NO_PROXY", no_proxy)
        transport = network(Address.read("https://api.voucherify.io"), Limits())
        assert (type(transport._pool).__name__ == "AsyncHTTPProxy") is used
        await transport.aclose()
    assert asked == []


@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:9", "http://127.0.0.1:port"])
def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """By its variable, not by its value, which may hold a password."""
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(BadAddress) as caught:
        network(Address.read("https://api.voucherify.io"), Limits())
    assert "HTTPS_PROXY" in caught.value.hint
    assert proxy not in f"{caught.value} {caught.value.hint}"


async def test_no_connection_is_left_open() -> None:
    """Closing the client closes its connections; the server sees their end."""
    ended = asyncio.Event()

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(200, PAGE)

    async with loopback(handler) as server:
        async with client(server.url) as voucherify:
            await voucherify.list_orders()
            assert len(server._tasks) == 1
        while server._tasks:
            await asyncio.wait(set(server._tasks))
        ended.set()
    assert ended.is_set()
