"""Makes text from any source safe to show: escapes characters that act on the terminal or are invisible.

Control characters, bidi controls, zero-width and other invisible characters are escaped; line ends and tabs
become symbols in single-line text; the length is limited. A redactor, if one is set, is applied first: this
is how a session masks personal data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

LIMIT = 4096
"""Characters of a value to show at most; the number of others is shown."""

MARGIN = 1024
"""Characters beyond the limit that a redactor receives, so that it recognises a value that is cut."""

MARKS_A_CHARACTER = 8
"""Combining marks on one base character at most; more would be drawn over neighbouring lines."""

# Everything that may act or hide. ZWNJ (200C), ZWJ (200D) and the variation selectors stay: Persian and
# emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff"
    "\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)
_UNSAFE_BUT_PRINTABLE = re.compile("[\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0\U000e0000-\U000e0fff]")
"""Characters that Python considers printable, now or in a later version. A short class is faster."""

_HONEST = dict.fromkeys(map(ord, "\n\t"))
_LINE_SIGNS = {"\n": "⏎", "\t": "⇥"}
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe20-\ufe2f"
)
_MARK_RUN = re.compile(f"[{_MARKS}]{{{MARKS_A_CHARACTER + 1},}}")

Redactor = Callable[[str], str]
_redactors: list[Redactor] = []
"""The redactor that is set, if any."""


def set_redactor(redactor: Redactor | None) -> None:
    """Pass every text through this redactor before anything else; ``None`` removes it."""
    _redactors[:] = [] if redactor is None else [redactor]


def visible(text: object, *, multiline: bool = False, limit: int | None = LIMIT) -> str:
    """Make any text safe to show as plain characters.

    C0 and C1 controls and DEL become caret or hex notation (``^[``, ``x9b`` after a backslash), bidi
    controls, zero-width characters, tags, noncharacters and lone surrogates become ``<U+202E>``. In one line,
    line ends and tabs become ``⏎`` and ``⇥``; with ``multiline`` a line feed stays. Past ``limit`` characters
    the text is cut, with the number of characters left out.
    """
    plain = text if isinstance(text, str) else str(text)
    left_out = 0
    if limit is not None and len(plain) > limit:
        left_out = len(plain) - limit
        plain = _redacted(plain[: limit + MARGIN])[:limit] if _redactors else plain[:limit]
    elif _redactors:
        plain = _redacted(plain)
    if not plain.isascii() or not plain.isprintable():
        if multiline:
            plain = "\n".join(_shown(line) for line in plain.replace("\r\n", "\n").split("\n"))
        else:
            plain = _shown(plain)
    return f"{plain} … +{left_out:,} characters" if left_out else plain


def beginning(text: str, length: int) -> str:
    """The first ``length`` characters of a text as visible text; a redactor is applied to more of it."""
    if not _redactors:
        return visible(text[:length])
    return visible(text[: length + MARGIN], limit=None)[:length]


def written_out(text: str) -> str:
    """Escape a single-line text, without a redactor or limit."""
    return text if text.isascii() and text.isprintable() else _shown(text)


def hidden_characters(text: str) -> int:
    """The number of characters in a line that act on a terminal or are invisible."""
    return 0 if text.isascii() and text.isprintable() else len(_UNSAFE.findall(text))


def hides_nothing(text: str) -> bool:
    """Whether ``hidden_characters`` would return 0, but faster."""
    if text.isprintable():
        return text.isascii() or _UNSAFE_BUT_PRINTABLE.search(text) is None
    return _UNSAFE.search(text) is None


def without_hidden(text: str, sign: Callable[[str], str]) -> str:
    """Replace characters that act or are invisible, except line feeds, by the result of ``sign``."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(lambda match: "\n" if match.group() == "\n" else sign(match.group()), text)


def hidden_in_lines(text: str) -> int:
    """The number of characters in several lines that act or are invisible, except line ends and tabs.

    Combining marks beyond ``MARKS_A_CHARACTER`` count: they are drawn over neighbouring lines.
    """
    if text.isascii() and text.isprintable():
        return 0
    text = text.replace("\r\n", "\n").translate(_HONEST)
    towers = 0 if text.isascii() else sum(len(run) - MARKS_A_CHARACTER for run in _MARK_RUN.findall(text))
    return hidden_characters(text) + towers


def _redacted(text: str) -> str:
    for redactor in _redactors:
        text = redactor(text)
    return text


def _shown(line: str) -> str:
    line = _UNSAFE.sub(lambda match: _sign(match.group()), line)
    return line if line.isascii() else _MARK_RUN.sub(_fewer_marks, line)


def _fewer_marks(match: re.Match[str]) -> str:
    run = match.group()
    return f"{run[:MARKS_A_CHARACTER]}<+{len(run) - MARKS_A_CHARACTER} marks>"


@lru_cache(maxsize=4096)
def _sign(character: str) -> str:
    if character in _LINE_SIGNS:
        return _LINE_SIGNS[character]
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    if 0x80 <= code <= 0x9F:
        return f"\\x{code:02x}"
    return f"<U+{code:04X}>"


@dataclass(frozen=True, slots=True)
class HiddenPlace:
    """A key or value of a document with characters that act on a terminal or are invisible.

    ``path`` leads to the value, or to the value of the key. ``count`` is the number of such characters.
    """

    path: tuple[str | int, ...]
    count: int
    in_key: bool = False


def hidden_places(document: object) -> Iterator[HiddenPlace]:
    """Yield all such keys and values in document order; line ends and tabs do not count."""
    stack: list[Iterator[tuple[tuple[str | int, ...], object]]] = [iter([((), document)])]
    while stack:
        for path, value in stack[-1]:
            if path and isinstance(path[-1], str) and (count := hidden_in_lines(path[-1])):
                yield HiddenPlace(path, count, in_key=True)
            if isinstance(value, str):
                if count := hidden_in_lines(value):
                    yield HiddenPlace(path, count)
            elif isinstance(value, dict | list) and value:
                stack.append(_children(path, value))
                break
        else:
            stack.pop()


def holds_hidden(document: object) -> bool:
    """Whether a document has such a key or value; fast, since it runs for each row drawn."""
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            if hidden_in_lines(value):
                return True
        elif isinstance(value, dict):
            stack.extend(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return False


def _children(
    path: tuple[str | int, ...], value: dict[str, object] | list[object]
) -> Iterator[tuple[tuple[str | int, ...], object]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return (((*path, key), child) for key, child in entries)
