"""What is taken out of queries and bodies before they are kept: values of parameters that may be secret."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from tui.terminal.redaction import LINK_PARAMETER, redacted

BODY_BYTES = 512 * 1024
"""Bytes of a body that are kept: a page of 100 orders takes about 120,000."""

HIDDEN = "***"

_OPEN_PARAMETERS = frozenset({"limit", "page", "order", "end_date"})
_MARGIN = 8 * 1024
"""Bytes behind the end that are read too, so that no secret is cut in two and its first part kept."""


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
    text = body[: BODY_BYTES + _MARGIN].decode("utf-8", "replace")
    told = redacted(text)
    if "=" in told or "3d" in told.lower():
        told = LINK_PARAMETER.sub(rf"\1{HIDDEN}", told)
    is_cut = len(body) > BODY_BYTES
    return KeptBody(told[:BODY_BYTES] if is_cut else told, not is_cut and told == text)
