"""The headers that may be kept and shown: named one by one, so that a new secret is not among them."""

from __future__ import annotations

from collections.abc import Iterable

from tui.terminal.redaction import redacted

Headers = tuple[tuple[str, str], ...]
"""Names, spelled as the lists below do, and values."""

LONGEST = 300
"""Characters of a value that are kept."""

REQUEST = (
    "Accept", "Accept-Encoding", "Content-Length", "Content-Type", "If-Range", "Range", "User-Agent",
    "X-Voucherify-Channel",
)  # fmt: skip

RESPONSE = (
    "Accept-Ranges", "Age", "Cache-Control", "Content-Range", "Content-Type", "Date", "ETag",
    "Last-Modified", "Retry-After", "Server", "Vary", "Via", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining",
    "X-Rate-Limit-Retry", "X-Rate-Limit-Type", "Request-Id", "X-Request-Id", "X-Voucherify-Request-Id",
)  # fmt: skip

_REQUEST = {name.lower().encode("ascii"): name for name in REQUEST}
_RESPONSE = {name.lower().encode("ascii"): name for name in RESPONSE}


def of_request(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Those of a request's raw headers that may be kept."""
    return _kept(raw, _REQUEST)


def of_response(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Those of an answer's raw headers that may be kept."""
    return _kept(raw, _RESPONSE)


def _kept(raw: Iterable[tuple[bytes, bytes]], names: dict[bytes, str]) -> Headers:
    return tuple(
        (name, redacted(value.decode("latin-1"))[:LONGEST])
        for key, value in raw
        if (name := names.get(key.lower())) is not None
    )
