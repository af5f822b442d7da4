"""Answers are read whole, up to the cap."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator, Iterable

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import Scripted
from tui.voucherify.errors import CutOff, NotJson, TooLarge, VoucherifyError
from tui.voucherify.limits import STREAM
from tui.voucherify.transports.max_response_size import MaxResponseSize


class Chunks(httpx.AsyncByteStream):
    """A body in given chunks, which counts what was taken of it."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = list(chunks)
        self.taken = 0
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            self.taken += 1
            yield chunk

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True


async def _read(
    stream: Chunks, headers: dict[str, str], *, cap: int = 1000, streamed: bool = False
) -> httpx.Response:
    network = Scripted(httpx.Response(200, headers=headers, stream=stream))
    request = httpx.Request("GET", "https://h/", extensions={STREAM: True} if streamed else {})
    return await MaxResponseSize(network, cap).handle_async_request(request)


@given(st.lists(st.binary(max_size=40), max_size=9))
async def test_an_answer_below_the_cap_is_whole(chunks: list[bytes]) -> None:
    """Plain and packed alike, in whatever chunks it comes."""
    body = b"".join(chunks)
    plain = await _read(Chunks(chunks), {})
    packed = gzip.compress(body)
    unpacked = await _read(
        Chunks(packed[i : i + 7] for i in range(0, len(packed), 7)), {"Content-Encoding": "gzip"}
    )
    assert plain.content == unpacked.content == body


async def test_a_bomb_is_not_unpacked_past_the_cap() -> None:
    """A few kilobytes of gzip with 50 MB in them stop at the cap, and the rest is not fetched."""
    packed = gzip.compress(bytes(50_000_000))
    stream = Chunks(packed[i : i + 1000] for i in range(0, len(packed), 1000))
    with pytest.raises(TooLarge):
        await _read(stream, {"Content-Encoding": "gzip"})
    assert stream.taken == 1
    assert stream.closed


@pytest.mark.parametrize(
    ("chunks", "headers", "kind"),
    [
        ([b"x" * 600, b"x" * 600], {}, TooLarge),
        ([b"x"], {"Content-Length": "1001"}, TooLarge),
        ([b"x" * 5], {"Content-Length": "9"}, CutOff),
        ([gzip.compress(b"x" * 500)[:-9]], {"Content-Encoding": "gzip"}, CutOff),
        ([b"not gzip at all"], {"Content-Encoding": "gzip"}, NotJson),
        ([zlib.compress(b"x")], {"Content-Encoding": "br"}, NotJson),
    ],
)
async def test_a_broken_body_is_an_error(
    chunks: list[bytes], headers: dict[str, str], kind: type[VoucherifyError]
) -> None:
    """And its connection is given back."""
    stream = Chunks(chunks)
    with pytest.raises(kind):
        await _read(stream, headers)
    assert stream.closed


async def test_a_file_is_passed_on_unread() -> None:
    """It has no cap."""
    stream = Chunks([b"x" * 5000])
    response = await _read(stream, {}, streamed=True)
    assert stream.taken == 0
    assert len(await response.aread()) == 5000
