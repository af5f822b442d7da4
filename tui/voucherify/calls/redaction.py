"""Redaction of queries, bodies and headers before they are recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from tui.terminal.redaction import LINK_PARAMETER, redacted

BODY_BYTES = 512 * 1024
"""Bytes of a body that are kept: a page of 100 orders takes about 120,000."""

HIDDEN = "***"

_OPEN_PARAMETERS = frozenset({"limit", "page", "order", "end_date"})
_MARGIN = 8 * 1024
"""Bytes read past the limit, so that a secret cut in two is still recognised."""


class RedactedBody(NamedTuple):
    """A body as text, and whether that is all of it: nothing cut off, nothing taken out."""

    text: str = ""
    whole: bool = True


def redact_query(query: str) -> str:
    """The query with all values as ``***`` except harmless parameters of the API."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(
        f"{quote(name, safe='')}={quote(value, safe=':') if name in _OPEN_PARAMETERS else HIDDEN}"
        for name, value in pairs
    )


def redact_body(body: bytes) -> RedactedBody:
    """The first ``BODY_BYTES`` of a body as text; URL parameters and secrets in it as ``***``."""
    text = body[: BODY_BYTES + _MARGIN].decode("utf-8", "replace")
    shown = redacted(text)
    if "=" in shown or "3d" in shown.lower():
        shown = LINK_PARAMETER.sub(rf"\1{HIDDEN}", shown)
    is_cut = len(body) > BODY_BYTES
    return RedactedBody(shown[:BODY_BYTES] if is_cut else shown, not is_cut and shown == text)


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


def safe_request_headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The raw headers of a request that may be stored."""
    return _kept(raw, _REQUEST)


def safe_response_headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The raw headers of a response that may be stored."""
    return _kept(raw, _RESPONSE)


def _kept(raw: Iterable[tuple[bytes, bytes]], names: dict[bytes, str]) -> Headers:
    return tuple(
        (name, redacted(value.decode("latin-1"))[:LONGEST])
        for key, value in raw
        if (name := names.get(key.lower())) is not None
    )
