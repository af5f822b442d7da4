"""The file of an export as an answer: whole, or from where an earlier download was cut."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z", re.ASCII)


def download(content: bytes, headers: Mapping[str, str], *, ranges: bool) -> Response:
    """Answer with the file, or with the part that ``Range`` asks for if ``ranges`` are served.

    ``If-Range`` with another file's ETag gets the whole; a range outside the file gets 416.
    """
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if not ranges:
        return Response(content, media_type="text/plain")
    described = {"ETag": etag, "Accept-Ranges": "bytes"}
    asked = _RANGE.match(headers.get("range", "")) if headers.get("if-range", etag) == etag else None
    if asked is None or asked.groups() == ("", ""):
        return Response(content, media_type="text/plain", headers=described)
    start, end = _bounds(asked[1], asked[2], len(content))
    if start >= end:
        described["Content-Range"] = f"bytes */{len(content)}"
        return Response(status_code=416, headers=described)
    described["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return Response(content[start:end], status_code=206, media_type="text/plain", headers=described)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The part as a half-open interval."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size
