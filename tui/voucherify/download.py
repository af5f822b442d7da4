"""The download of an export's file."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

import httpx

from .errors import CutOff, NotJson

_OTHER_DOCUMENTS = frozenset({"text/html", "application/xhtml+xml", "application/json"})
"""Content types of login pages, proxies and errors, never of an export's file."""

_RANGE = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)")


class Download:
    """The bytes of an export's file, in chunks. An async context manager; leaving it stops the download.

    ``offset`` is where the bytes begin in the file: what was asked for, or 0 when the service sends the file
    from its start. ``total`` is the size of the whole file in bytes and ``etag`` its version, if known.
    A file that ends before ``total`` raises ``CutOff``; without a ``total`` the end cannot be checked here.
    """

    def __init__(self, response: httpx.Response, asked: int) -> None:
        self._response = response
        self._finished = response.status_code == 416
        self.etag: str | None = response.headers.get("ETag")
        self.offset, self.total = _place(response, asked)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._finished:
            return
        reached = self.offset
        async for chunk in self._response.aiter_raw():
            reached += len(chunk)
            yield chunk
        if self.total is not None and reached != self.total:
            raise CutOff("The file ended early", hint="Start the download again; it continues from here.")

    async def aclose(self) -> None:
        """Stop the download."""
        await self._response.aclose()


def is_past_the_end(response: httpx.Response, asked: int) -> bool:
    """Whether the file ends exactly where the requested bytes begin, by the service."""
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return response.status_code == 416 and found is not None and found[3] == str(asked)


def _place(response: httpx.Response, asked: int) -> tuple[int, int | None]:
    """Where the bytes begin, and the size of the whole file if known."""
    if response.headers.get("Content-Encoding", "identity").lower() not in {"", "identity"}:
        raise NotJson("The file is compressed, but was requested uncompressed")
    if response.status_code == 416:
        return asked, asked
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type in _OTHER_DOCUMENTS or media_type.endswith("+json"):
        raise NotJson(f"The service sent {media_type} in place of the export's file")
    length = response.headers.get("Content-Length", "")
    if response.status_code != 206:
        return 0, int(length) if length.isascii() and length.isdigit() and len(length) < 20 else None
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found is None or found[1] is None or int(found[1]) != asked:
        raise NotJson("The service sent another part of the file than requested")
    return asked, None if found[3] == "*" else int(found[3])
