"""Keys go to the profile's origin, and nowhere else."""

from __future__ import annotations

import random

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import CANARY, KEYS, Scripted, mocked
from tests.support.documents import PAGE, export_at
from tui.voucherify.addresses import Address
from tui.voucherify.errors import ForeignOrigin, Redirected, Unsendable, VoucherifyError
from tui.voucherify.responses import Export
from tui.voucherify.transports.credentials import OriginBoundCredentials

ADDRESS = Address.read("https://us1.api.voucherify.io")
FOREIGN = [
    "http://us1.api.voucherify.io/v1/orders",
    "https://us1.api.voucherify.io:8443/v1/orders",
    "https://api.voucherify.io/v1/orders",
    "https://download.voucherify.io/v1/exports/e",
    "https://as1.download.voucherify.io/v1/exports/e",
    "https://us1.download.voucherify.io.evil.example/v1/exports/e",
    "https://us1.api.voucherify.io@evil.example/",
    "https://evil.example/us1.api.voucherify.io",
    "https://evil.example\\@us1.api.voucherify.io/",
    "http://127.0.0.1/",
    "https://xus1.api.voucherify.io/",
]


def _bound(network: httpx.AsyncBaseTransport, keys: dict[str, str] | None = None) -> OriginBoundCredentials:
    return OriginBoundCredentials(network, ADDRESS, lambda: KEYS if keys is None else keys)


@pytest.mark.parametrize(
    "url", ["https://us1.api.voucherify.io/v1/orders", "https://us1.download.voucherify.io/v1/e"]
)
async def test_the_profiles_hosts_get_the_keys(url: str) -> None:
    """On a request of its own: the one that came in has none."""
    network = Scripted(httpx.Response(200))
    request = httpx.Request("GET", url, headers={"X-App-Token": "stale", "Cookie": "c", "Accept": "a"})
    await _bound(network).handle_async_request(request)
    (sent,) = network.seen
    assert sent.headers["X-App-Token"] == CANARY
    assert sent.headers["Accept"] == "a"
    assert "Cookie" not in sent.headers
    assert CANARY not in repr(request.headers.raw)


@pytest.mark.parametrize("url", FOREIGN)
async def test_no_other_origin_is_even_asked(url: str) -> None:
    """Another scheme, host, port or region is refused."""
    network = Scripted(httpx.Response(200))
    with pytest.raises((ForeignOrigin, httpx.InvalidURL)):
        await _bound(network).handle_async_request(httpx.Request("GET", url))
    assert network.seen == []


@given(st.text(max_size=30))
async def test_a_key_that_no_header_holds_is_not_told(value: str) -> None:
    """It is refused by the header's name alone, or sent as it is."""
    network = Scripted(httpx.Response(200))
    try:
        await _bound(network, {"X-App-Token": f"{CANARY}{value}"}).handle_async_request(
            httpx.Request("GET", "https://us1.api.voucherify.io/")
        )
    except Unsendable as error:
        told = f"{error!r} {error.hint}"
    else:
        told = ""
    assert CANARY not in told
    assert [request.headers["X-App-Token"] for request in network.seen] == (
        [] if told else [f"{CANARY}{value}"]
    )


async def test_keys_are_asked_for_at_each_sending() -> None:
    """A key that was changed is used at once."""
    keys = iter([{"X-App-Token": "one"}, {"X-App-Token": "two"}])
    network = Scripted(httpx.Response(200))
    bound = OriginBoundCredentials(network, ADDRESS, lambda: next(keys))
    for _ in range(2):
        await bound.handle_async_request(httpx.Request("GET", "https://us1.api.voucherify.io/"))
    await bound.aclose()
    assert [request.headers["X-App-Token"] for request in network.seen] == ["one", "two"]
    assert network.closed


async def test_a_thousand_chains_of_redirects_and_links_leak_nothing() -> None:
    """No redirect is followed, no foreign link opened: what leaves is for the profile's hosts."""
    rng = random.Random(20260131)
    hosts = ["evil.example", "api.voucherify.io.evil.example", "127.0.0.1:9", "as1.download.voucherify.io"]
    hosts += ["api.voucherify.io", "download.voucherify.io", "api.voucherify.io:444", "API.VOUCHERIFY.IO"]
    asked: list[httpx.URL] = []

    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["X-App-Token"] == CANARY
        asked.append(request.url)
        if rng.random() < 0.5:
            target = f"{rng.choice(['http', 'https'])}://{rng.choice(hosts)}/v1/orders?token=t"
            return httpx.Response(rng.choice([301, 302, 303, 307, 308]), headers={"Location": target})
        if request.url.path.startswith("/v1/exports"):
            return httpx.Response(200, text="ID\nord_1\n")
        return httpx.Response(200, json=PAGE)

    refused: list[VoucherifyError] = []
    async with mocked(handler) as voucherify:
        for _ in range(1000):
            url = f"{rng.choice(['http', 'https'])}://{rng.choice(hosts)}/v1/exports/e?token=t"
            try:
                if rng.random() < 0.5:
                    await voucherify.list_orders()
                else:
                    async with voucherify.download_export(Export.read(export_at(url))) as file:
                        assert [chunk async for chunk in file]
            except (Redirected, ForeignOrigin) as error:
                refused.append(error)
    assert {(url.scheme, url.host, url.port) for url in asked} == {
        ("https", "api.voucherify.io", None),
        ("https", "download.voucherify.io", None),
    }
    assert len(refused) > 500
    assert not [error for error in refused if "token" in str(error)]
