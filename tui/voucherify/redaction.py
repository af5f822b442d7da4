"""What is taken out of queries and bodies before they are kept: values of parameters that may be secret."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from tui.terminal.redaction import redacted

BODY_BYTES = 512 * 1024
"""Bytes of a body that are kept: a page of 100 orders takes about 120,000."""

HIDDEN = "***"

_OPEN_PARAMETERS = frozenset({"limit", "page", "order", "end_date"})
_SECRET_PARAMETER = re.compile(rb"(?i)([?&;](?:amp;)?[\w.-]+=)[^&\s\"'<>\\]+")
_SECRET_MEMBER = re.compile(rb'(?i)("(?:access|refresh)_token"\s*:\s*")[^"\\]*')


class KeptBody(NamedTuple):
    """A body as text, and whether that is all of it: nothing cut off, nothing taken out."""

    text: str = ""
    whole: bool = True


def redacted_query(query: str) -> str:
    """The query with the values of all but the API's own harmless parameters as ``***``."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(
        f"{quote(name, safe='')}={quote(value, safe=':') if name in _OPEN_PARAMETERS else HIDDEN}"
        for name, value in pairs
    )


def redacted_body(body: bytes) -> KeptBody:
    """The first ``BODY_BYTES`` of a body as text; URL parameters and secrets in it as ``***``."""
    kept = body[:BODY_BYTES]
    cut, hidden = len(kept) < len(body), 0
    if b"=" in kept:
        kept, hidden = _SECRET_PARAMETER.subn(rb"\1***", kept)
    if b"_token" in kept:
        kept, tokens = _SECRET_MEMBER.subn(rb"\1***", kept)
        hidden += tokens
    text = kept.decode("utf-8", "replace")
    told = redacted(text)
    return KeptBody(told, not (cut or hidden or told != text))
