"""Removes the secrets of this process from texts, documents and environments.

Code that reads a secret registers it with ``keep_secret``. Messages, errors, logs and tracebacks pass through
``redacted``. It is the second line of defence: no secret should be put into a text in the first place.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Mapping
from typing import Any

SHORTEST = 8
"""The minimum length of a secret: a shorter one would match words of ordinary text."""

STAND_IN = "***"

_TOKEN_VARIABLE = re.compile(r"VOUCHERIFY_APP_TOKEN|ORDEX_[A-Z0-9_]+_APP_TOKEN")

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")

_BEFORE_NAME = r"(?=[?&;\\%])(?:[?&;]|&amp;|&#0*38;|\\+u00(?:26|3f)|\\+x(?:26|3f)|%(?:25)*(?:26|3f))"
_EQUALS = r"(?:=|\\+u003d|\\+x3d|%(?:25)*3d|&#0*61;)"
_VALUE = (
    r"(?:\\+u00(?!26|22|27|3c|3e|20)[0-9a-f]{2}|\\+x(?!26|22|27|3c|3e|20)[0-9a-f]{2}|\\+/"
    r"|%(?!(?:25)*(?:26|22|27|3c|3e|20))[0-9a-f]{2}|%(?![0-9a-f]{2})|[^&\s\"'<>\\%])+"
)
_LINK_NAME = r"[\w.-]{0,40}(?:token|secret|signature|credentials?|password|passwd|authorization|key)|sig"
_SURE_NAME = (
    r"[\w.-]{0,40}(?:token|secret|password|passwd|credentials?|authorization|cookie)"
    r"|[\w.-]{0,40}(?:api|app|access|private|secret|client)[_.-]?key|[\w.-]{0,40}signature"
)
"""Names whose values are always secret; others, such as ``key``, are secret only in links."""

LINK_PARAMETER = re.compile(rf"(?i)({_BEFORE_NAME}[\w.-]+{_EQUALS}){_VALUE}")
"""A parameter of a link in any encoding; the first group is everything before the value."""

_PARAMETER = re.compile(rf"(?i)({_BEFORE_NAME}(?:{_LINK_NAME}){_EQUALS}){_VALUE}")
_ASSIGNMENT = re.compile(rf"(?i)((?<![\w.$-])(?:{_SURE_NAME})=)(?![$*<]){_VALUE}")
_MEMBER = re.compile(
    rf"""(?ix) ((?P<quote>\\*["']) (?:{_SURE_NAME}) (?P=quote) \s*[:=]\s* (?P=quote))
    (?: (?!(?P=quote)) (?:\\.|[^\\\n]) )+"""
)
_HEADER = re.compile(
    r"""(?i)(\b(?:x-[\w-]*(?:token|key|secret|oauth)|(?:proxy-)?authorization|(?:set-)?cookie)["']?\s*:\s*)"""
    r"""(?!(?:bearer|basic)\b|[\s$*<"'])[^\r\n"']+"""
)
_MEMBER_NAME = re.compile(rf"(?i)(?:{_SURE_NAME})")
_ENDINGS = (
    "token", "secret", "password", "passwd", "credential", "credentials", "authorization", "cookie", "key",
    "signature", "sig", "oauth",
)  # fmt: skip
_BEFORE_VALUE = {"link": ("=", "\\", "%", "&#"), "member": ('"', "'", "\\"), "header": (":", '"', "'")}
_SIGNS = {
    kind: tuple(f"{ending}{sign}" for ending in _ENDINGS for sign in signs)
    for kind, signs in _BEFORE_VALUE.items()
}
"""A substring that each pattern requires: searching for it first is much faster."""

_BEARER = re.compile(r"(?i)\b(bearer)\s+[A-Za-z0-9+/=._~-]{8,}")
_BASIC = re.compile(r"(?i)\b(basic)\s+([A-Za-z0-9+/]{8,}={0,2})")

_secrets: set[str] = set()
_patterns: dict[str, re.Pattern[str]] = {}


def keep_secret(text: str) -> None:
    """Redact this text from now on, also encoded as JSON, HTML, URL or base64."""
    if len(text) < SHORTEST or text in _secrets:
        return
    _secrets.update(each for each in spellings(text) if len(each) >= SHORTEST)
    if not _PLAIN.fullmatch(text):
        _patterns[text] = re.compile("".join(map(_spelled, text)))


def forget_secrets() -> None:
    """Forget all secrets; for tests."""
    _secrets.clear()
    _patterns.clear()


def spellings(text: str) -> set[str]:
    """A pattern of the text in all encodings: plain, JSON, URL and base64."""
    found = {text, *_in_base64(text.encode("utf-8", "surrogatepass"))}
    if not _PLAIN.fullmatch(text):
        import json
        from urllib.parse import quote

        found |= {json.dumps(text)[1:-1], quote(text.encode("utf-8", "surrogatepass"), safe="")}
    return found


def _spelled(character: str) -> str:
    """A pattern of all encodings of one character."""
    if _PLAIN.fullmatch(character):
        return re.escape(character)
    import json

    raw = character.encode("utf-8", "surrogatepass")
    units = character.encode("utf-16-be", "surrogatepass")
    unicode = "".join(
        rf"\\+u{int.from_bytes(units[at : at + 2], 'big'):04x}" for at in range(0, len(units), 2)
    )
    number = ord(character)
    ways = [
        rf"(?i:{unicode})",
        "(?i:" + "".join(rf"%(?:25)*{byte:02x}" for byte in raw) + ")",
        rf"(?i:&#0*{number};|&#x0*{number:x};)",
    ]
    short = json.dumps(character)[1:-1]
    if len(short) == 2:
        ways.append(rf"\\+{re.escape(short[1])}")
    if number < 256:
        ways.append(rf"(?i:\\+x{number:02x})")
    ways += [re.escape(name) for name in _NAMED.get(character, ())]
    ways.append(rf"\\*{re.escape(character)}")  # the last: "&" begins "&amp;" too
    return f"(?:{'|'.join(ways)})"


_NAMED = {"&": ("&amp;",), "<": ("&lt;",), ">": ("&gt;",), '"': ("&quot;",), "'": ("&apos;",), " ": ("+",)}
"""HTML entities, and the plus sign of a form-encoded space."""


def _in_base64(raw: bytes) -> Iterator[str]:
    """The base64 encodings of the bytes at each of the three offsets, without shared characters."""
    for before in range(3):
        coded = b2a_base64(b"\0" * before + raw, newline=False).decode("ascii")
        coded = coded[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        yield coded
        yield coded.replace("+", "-").replace("/", "_")


def redacted(text: str) -> str:
    """Replace known secrets, and values that a URL, header or JSON marks as secret, by ``***``."""
    # The longest first: one may be a part of another.
    for _, pattern in sorted(_patterns.copy().items(), key=lambda known: len(known[0]), reverse=True):
        text = pattern.sub(STAND_IN, text)
    for secret in sorted(_secrets.copy(), key=len, reverse=True):
        text = text.replace(secret, STAND_IN)
    lowered = text.lower()
    if any(sign in lowered for sign in _SIGNS["link"]):
        text = _PARAMETER.sub(rf"\1{STAND_IN}", text)
        text = _ASSIGNMENT.sub(rf"\1{STAND_IN}", text)
    if any(sign in lowered for sign in _SIGNS["member"]):
        text = _MEMBER.sub(rf"\1{STAND_IN}", text)
    if any(sign in lowered for sign in _SIGNS["header"]):
        text = _HEADER.sub(rf"\1{STAND_IN}", text)
    if "bearer" in lowered:
        text = _BEARER.sub(rf"\1 {STAND_IN}", text)
    return _BASIC.sub(_without_credentials, text) if "basic" in lowered else text


def _without_credentials(found: re.Match[str]) -> str:
    """Redact a Basic header; “basic” before other words stays."""
    coded = found[2].rstrip("=")
    whole = a2b_base64(coded[: len(coded) // 4 * 4])
    rest = a2b_base64(f"{coded[len(coded) // 4 * 4 :]}==") if len(coded) % 4 > 1 else b""
    return f"{found[1]} {STAND_IN}" if b":" in whole + rest else found[0]


def redacted_document(document: Any) -> Any:
    """Replace secrets in the texts of a JSON document, and members with secret names, by ``***``."""
    if isinstance(document, str):
        return redacted(document)
    if isinstance(document, list):
        return [redacted_document(each) for each in document]
    if not isinstance(document, dict):
        return document
    return {
        redacted(name): STAND_IN
        if isinstance(value, str) and value and _MEMBER_NAME.fullmatch(name)
        else redacted_document(value)
        for name, value in document.items()
    }


def environment_for_programs(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for child processes: all variables except tokens and those with a known secret."""
    return {
        name: value
        for name, value in environ.items()
        if not _TOKEN_VARIABLE.fullmatch(name) and not any(secret in value for secret in _secrets.copy())
    }
