"""Reads responses whole, up to a maximum size."""

from __future__ import annotations

import zlib

import httpx

from tui.voucherify.errors import CutOff, NotJson, TooLarge
from tui.voucherify.limits import RECEIVED, STREAM
from tui.voucherify.transports.wrapping import WrappingTransport

_GZIP = 16 + zlib.MAX_WBITS
_DROPPED = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


class MaxResponseSize(WrappingTransport):
    """Reads an answer into memory, decompressed, up to ``cap`` bytes; passes files on as streams.

    Decompresses in bounded steps, since a few kilobytes of gzip can hold gigabytes.

    Raises:
        TooLarge: the answer is larger than ``cap``.
        CutOff: the answer is shorter than its Content-Length.
        NotJson: the compression is broken or was not requested.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, cap: int) -> None:
        super().__init__(inner)
        self._cap = cap

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and read the answer."""
        response = await self._inner.handle_async_request(request)
        if request.extensions.get(STREAM) and response.status_code in {200, 206}:
            return response
        try:
            body, came = await self._read(response)
        finally:
            await response.aclose()
        headers = [(name, value) for name, value in response.headers.raw if name.lower() not in _DROPPED]
        return httpx.Response(
            response.status_code, headers=headers, content=body, extensions={RECEIVED: came}
        )

    async def _read(self, response: httpx.Response) -> tuple[bytes, int]:
        promised = _content_length(response)
        unpack = _decoder(response, self._cap)
        if promised is not None and promised > self._cap:
            raise TooLarge
        came, size = 0, 0
        parts: list[bytes] = []
        async for chunk in response.aiter_raw():
            came += len(chunk)
            part = unpack.feed(chunk)
            size += len(part)
            if size > self._cap:
                raise TooLarge
            parts.append(part)
        if unpack.unfinished or (promised is not None and came != promised):
            raise CutOff
        return b"".join(parts), came


class _Plain:
    unfinished = False

    def feed(self, chunk: bytes) -> bytes:
        return chunk


class _Gzip:
    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._made = 0
        self._inflate = zlib.decompressobj(_GZIP)

    @property
    def unfinished(self) -> bool:
        return not self._inflate.eof

    def feed(self, chunk: bytes) -> bytes:
        """Decompress a chunk, up to one byte past the cap in total: enough to know that it is too large."""
        try:
            part = self._inflate.decompress(chunk, self._cap - self._made + 1)
        except zlib.error:
            part = None
        if part is None:
            raise NotJson("The answer's compression is broken")
        self._made += len(part)
        return part


def _decoder(response: httpx.Response, cap: int) -> _Plain | _Gzip:
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in {"", "identity"}:
        return _Plain()
    if coding in {"gzip", "x-gzip"}:
        return _Gzip(cap)
    raise NotJson("The response has an unexpected compression")


def _content_length(response: httpx.Response) -> int | None:
    text = response.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
