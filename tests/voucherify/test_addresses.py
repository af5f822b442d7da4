"""Where keys may go, and identifiers as one segment of a path."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import mocked
from tests.support.documents import ORDER
from tui.voucherify.addresses import Address, download_host, segment
from tui.voucherify.errors import BadAddress, Unsendable


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://api.voucherify.io", ("https", "api.voucherify.io", 443)),
        ("https://API.voucherify.io/", ("https", "api.voucherify.io", 443)),
        ("https://acme.example:8443/shop", ("https", "acme.example", 8443)),
        ("http://127.0.0.1:8000", ("http", "127.0.0.1", 8000)),
        ("http://127.8.9.1", ("http", "127.8.9.1", 80)),
        ("http://localhost:9/", ("http", "localhost", 9)),
        ("http://[::1]:9", ("http", "::1", 9)),
    ],
)
def test_a_sound_base_url_gives_its_origin(base_url: str, origin: tuple[str, str, int]) -> None:
    """Https anywhere and http on this machine are taken."""
    assert Address.read(base_url).origin == origin


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "api.voucherify.io",
        "https://",
        "http://api.voucherify.io",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://10.0.0.1",
        "ftp://api.voucherify.io",
        "https://user:secret@api.voucherify.io",
        "https://user@api.voucherify.io",
        "https://api.voucherify.io?x=1",
        "https://api.voucherify.io#x",
        "https://api.voucherify.io/v1",
        "https://api.voucherify.io:99999",
        "https://api.voucherify.io\\@evil.example",
        "https://api.vouch erify.io",
        "https://api.voucherify.io\n.evil.example",
        "https://аpi.voucherify.io",
    ],
)
def test_an_unsound_base_url_is_refused_with_a_hint(base_url: str) -> None:
    """Anything that keys must not be sent to is refused, without repeating a password."""
    with pytest.raises(BadAddress) as caught:
        Address.read(base_url)
    assert caught.value.hint
    assert "secret" not in str(caught.value)


def test_each_region_has_its_download_twin() -> None:
    """The keys may also go to the host of the region's files."""
    hosts = ["api.voucherify.io", "us1.api.voucherify.io", "as1.api.voucherify.io"]
    assert [download_host(host) for host in hosts] == [
        "download.voucherify.io",
        "us1.download.voucherify.io",
        "as1.download.voucherify.io",
    ]


@pytest.mark.parametrize(
    "host", ["api.voucherify.io.evil.example", "127.0.0.1", "xapi.voucherify.io", "acme.io"]
)
def test_other_hosts_have_no_twin(host: str) -> None:
    """Only Voucherify's own API hosts have one."""
    assert download_host(host) is None


@given(st.text(min_size=1, max_size=200).filter(lambda text: not {".", ".."} & set(re.split(r"[/\\]", text))))
def test_any_identifier_is_one_segment_and_comes_back(identifier: str) -> None:
    """Encoding loses nothing and leaves nothing that would end the segment."""
    encoded = segment(identifier, "order id")
    assert unquote(encoded, errors="strict") == identifier
    assert not set(encoded) & set("/?#\\ ")
    assert httpx.URL(f"https://h/v1/orders/{encoded}").raw_path == f"/v1/orders/{encoded}".encode()


@pytest.mark.parametrize(
    ("identifier", "word"),
    [("", "empty"), (".", "URL"), ("..", "URL"), ("a\ud800b", "position 2"), ("x" * 5000, "5,000")],
)
def test_an_identifier_that_cannot_be_sent_says_why(identifier: str, word: str) -> None:
    """Nothing is sent for it."""
    with pytest.raises(Unsendable, match=word) as caught:
        segment(identifier, "order id")
    assert caught.value.sent is False


@pytest.mark.parametrize(
    "identifier",
    [
        "import",
        "export",
        "IMPORT",
        "Export",
        "import/",
        "/export",
        " import",
        ".",
        "..",
        "x/../import",
        "a\\..\\b",
        "",
    ],
)
async def test_no_other_endpoint_is_hit(identifier: str) -> None:
    """An order whose source_id is a word of the API's own paths is read by its id only; nothing is sent."""

    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    async with mocked(handler) as voucherify:
        for call in (voucherify.get_order(identifier), voucherify.update_order(identifier, {"amount": 1})):
            with pytest.raises(Unsendable) as refused:
                await call
            assert refused.value.sent is False
            assert "id" in refused.value.hint


@pytest.mark.parametrize("identifier", ["a/b", "?", "#", "%2F", "заказ", "a b", "\x00", "..%2f", "👜"])
async def test_identifiers_reach_the_service_whole(identifier: str) -> None:
    """What the service decodes is what was meant, never another path."""
    seen: list[bytes] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(200, json={**ORDER, "source_id": identifier})

    async with mocked(handler) as voucherify:
        await voucherify.get_order(identifier)
    assert [unquote(path.decode()) for path in seen] == [f"/v1/orders/{identifier}"]
    assert seen[0].count(b"/") == 3
