"""Texts and environments without the secrets that this process holds.

Whoever reads a secret says so here (``keep_secret``). Everything that is told but is no data asked for then
passes ``redacted``: sentences, errors, logs, tracebacks. It is the net behind the rule that no secret is put
into a text in the first place.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Mapping
from typing import Any

SHORTEST = 8
"""Characters from which on a secret is looked for: a shorter one would take words out of every text."""

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
"""Names that are secrets wherever they stand; others, such as ``key``, only as parameters of a link."""

LINK_PARAMETER = re.compile(rf"(?i)({_BEFORE_NAME}[\w.-]+{_EQUALS}){_VALUE}")
"""Any parameter of a link, however the link is encoded; its first group is all but the value."""

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
"""What a text holds at least where an expression may find something: looking for it is much faster."""

_BEARER = re.compile(r"(?i)\b(bearer)\s+[A-Za-z0-9+/=._~-]{8,}")
_BASIC = re.compile(r"(?i)\b(basic)\s+([A-Za-z0-9+/]{8,}={0,2})")

_secrets: set[str] = set()
_patterns: dict[str, re.Pattern[str]] = {}


def keep_secret(text: str) -> None:
    """Never tell this text from now on, nor as JSON, HTML, a URL or base64 spell it."""
    if len(text) < SHORTEST or text in _secrets:
        return
    _secrets.update(each for each in spellings(text) if len(each) >= SHORTEST)
    if not _PLAIN.fullmatch(text):
        _patterns[text] = re.compile("".join(map(_spelled, text)))


def forget_secrets() -> None:
    """Know no secret any more; for tests."""
    _secrets.clear()
    _patterns.clear()


def spellings(text: str) -> set[str]:
    """The text, and how it is spelled where it is a part of JSON, of a URL or of something in base64."""
    found = {text, *_in_base64(text.encode("utf-8", "surrogatepass"))}
    if not _PLAIN.fullmatch(text):
        import json
        from urllib.parse import quote

        found |= {json.dumps(text)[1:-1], quote(text.encode("utf-8", "surrogatepass"), safe="")}
    return found


def _spelled(character: str) -> str:
    """An expression for every way in which one character of a secret may be spelled."""
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
"""Characters with a name in HTML, and the sign that a form writes for a space."""


def _in_base64(raw: bytes) -> Iterator[str]:
    """What base64 makes of the bytes wherever they begin in a group of three, without what others share."""
    for before in range(3):
        coded = b2a_base64(b"\0" * before + raw, newline=False).decode("ascii")
        coded = coded[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        yield coded
        yield coded.replace("+", "-").replace("/", "_")


def redacted(text: str) -> str:
    """The text with ``***`` for every known secret, and for what a URL, a header or JSON says is one."""
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
    """A Basic header without its name and password; “basic” before other words is one itself."""
    coded = found[2].rstrip("=")
    whole = a2b_base64(coded[: len(coded) // 4 * 4])
    rest = a2b_base64(f"{coded[len(coded) // 4 * 4 :]}==") if len(coded) % 4 > 1 else b""
    return f"{found[1]} {STAND_IN}" if b":" in whole + rest else found[0]


def redacted_document(document: Any) -> Any:
    """A JSON document with ``***`` for the secrets in its texts and for members that are named as secrets."""
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
    """What a program that we start is given: all variables but tokens and those with a known secret."""
    return {
        name: value
        for name, value in environ.items()
        if not _TOKEN_VARIABLE.fullmatch(name) and not any(secret in value for secret in _secrets.copy())
    }
