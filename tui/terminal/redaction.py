"""Texts and environments without the secrets that this process holds.

Whoever reads a secret says so here (``keep_secret``). Everything that is told but is no data asked for then
passes ``redacted``: sentences, errors, logs, tracebacks. It is the net behind the rule that no secret is put
into a text in the first place.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterator, Mapping

SHORTEST = 8
"""Characters from which on a secret is looked for: a shorter one would take words out of every text."""

STAND_IN = "***"

_TOKEN_VARIABLE = re.compile(r"VOUCHERIFY_APP_TOKEN|ORDEX_[A-Z0-9_]+_APP_TOKEN")

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")

_PARAMETER = re.compile(
    r"(?i)([?&;](?:amp;)?(?:[\w.-]*(?:token|secret|signature|credential|key)|sig)=)[^&\s\"'<>\\]+"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}")

_secrets: set[str] = set()


def keep_secret(text: str) -> None:
    """Never tell this text from now on, nor as JSON, a URL or base64 spell it."""
    if len(text) >= SHORTEST and text not in _secrets:
        _secrets.update(each for each in spellings(text) if len(each) >= SHORTEST)


def spellings(text: str) -> set[str]:
    """The text, and how it is spelled where it is a part of JSON, of a URL or of something in base64."""
    found = {text, *_in_base64(text.encode("utf-8", "surrogatepass"))}
    if not _PLAIN.fullmatch(text):
        import json
        from urllib.parse import quote

        found |= {json.dumps(text)[1:-1], quote(text.encode("utf-8", "surrogatepass"), safe="")}
    return found


def _in_base64(raw: bytes) -> Iterator[str]:
    """What base64 makes of the bytes wherever they begin in a group of three, without what others share."""
    for before in range(3):
        coded = b2a_base64(b"\0" * before + raw, newline=False).decode("ascii")
        coded = coded[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        yield coded
        yield coded.replace("+", "-").replace("/", "_")


def redacted(text: str) -> str:
    """The text with ``***`` for every known secret, and for what a URL or a header says is one."""
    # The longest first: one may be a part of another.
    for secret in sorted(_secrets.copy(), key=len, reverse=True):
        text = text.replace(secret, STAND_IN)
    if "=" in text:
        text = _PARAMETER.sub(rf"\1{STAND_IN}", text)
    # A look for plain words first: the expression takes fifty times as long on a page of orders.
    lowered = text.lower()
    if "bearer" in lowered or "basic" in lowered:
        text = _BEARER.sub(rf"\1 {STAND_IN}", text)
    return text


def environment_for_programs(environ: Mapping[str, str]) -> dict[str, str]:
    """What a program that we start is given: all variables but tokens and those with a known secret."""
    return {
        name: value
        for name, value in environ.items()
        if not _TOKEN_VARIABLE.fullmatch(name) and not any(secret in value for secret in _secrets.copy())
    }
