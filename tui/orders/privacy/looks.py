"""What looks like an e-mail address or a phone number, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Where a find begins and ends, in characters."""

LONGEST_LOCAL = 64
"""Characters before the ``@`` (RFC 5321)."""

_AT = re.compile("@|%40")
_LOCAL = re.compile(r"[\w.+'~&$#!-]+\Z")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[\w-]{2,24}")
_PHONE = re.compile(
    r"(?<![\d+])\+\d{1,3}(?:[ .()/-]{0,2}\d){6,13}(?!\d)"
    r"|(?<![\w.,:/-])(?:"
    r"\(\d{2,5}\)[ -]?\d{3,4}(?:[ -]?\d{2,4}){1,2}"
    r"|\d{3}[ -]\d{3}[ -]\d{3,4}"
    r"|0\d{1,4}[ /-]\d{3,4}[ -]\d{3,4}"
    r")(?![\w,:])"
)
_PHONE_SIGN = re.compile(r"\+\d|\(\d{2}|\d[ /-]\d{3}")


def finds(text: str) -> Iterator[Span]:
    """Each that is found. Whole numbers, times and amounts are none: a phone number has a sign or groups."""
    if "@" in text or "%40" in text:
        yield from _addresses(text)
    if _PHONE_SIGN.search(text):
        for found in _PHONE.finditer(text):
            yield found.span()


def _addresses(text: str) -> Iterator[Span]:
    for sign in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, sign.start() - LONGEST_LOCAL), sign.start())
        domain = _DOMAIN.match(text, sign.end())
        if local and domain:
            yield local.start(), domain.end()
