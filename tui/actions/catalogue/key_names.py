"""Keys as people write them, and as Textual names them."""

from __future__ import annotations

import re
import unicodedata

_WRITTEN = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_NAMED = {
    **{sign: name for name, sign in _WRITTEN.items()},
    "return": "enter",
    "page_up": "pageup",
    "page_down": "pagedown",
}
_FRIENDLY = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's shorter names of characters."""

_SPECIAL = {f"f{number}" for number in range(1, 25)} | {
    *("backspace", "delete", "enter", "escape", "insert", "space", "tab"),
    *("down", "end", "home", "left", "pagedown", "pageup", "right", "up"),
}
_MODIFIED = re.compile(r"((?:ctrl|alt|shift|super)\+)+(.+)\Z")
_SIGNS = {
    unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_"): sign
    for sign in map(chr, range(33, 127))
    if not sign.isalnum()
}
_SIGNS |= {_FRIENDLY[name]: sign for name, sign in _SIGNS.items() if name in _FRIENDLY}

ALIASES = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Keys that a terminal sends as another one."""


def written(key: str) -> str:
    """A key as people write it: ``?`` for ``question_mark``, ``esc`` for ``escape``."""
    return _WRITTEN.get(key) or _SIGNS.get(key, key)


def named(text: str) -> str:
    """Textual's name of a key that a person wrote: ``?``, ``esc``, ``ctrl+r``, ``R``, ``slash``.

    Raises:
        ValueError: there is no such key, or the terminal sends it as another one.
    """
    modified = _MODIFIED.match(text)
    modifiers, key = (text[: modified.start(2)], modified.group(2)) if modified else ("", text)
    found = modifiers + _single(key)
    if found in ALIASES:
        raise ValueError(f"a terminal sends {text} as {written(ALIASES[found])}")
    return found


def _single(text: str) -> str:
    if text in _SPECIAL or text in _SIGNS:
        return text
    if text.lower() in _NAMED:
        return _NAMED[text.lower()]
    if len(text) == 1 and text.isprintable() and not text.isspace():
        if text.isalnum():
            return text
        name = unicodedata.name(text, text).lower().replace("-", "_").replace(" ", "_")
        return _FRIENDLY.get(name, name)
    raise ValueError(f"there is no key “{text}”; write it like r, R, ctrl+r, space or ?")
