"""Where everything stands in a TOML text: its tables, its keys, their values. For changing one of them only.

Python's own reader tells what a text says, not where; what is told here is of texts that it can read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

Path = tuple[str, ...]
"""A key's parts, from the top of the text."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_KEY = re.compile(_DOTTED)
_HEADER = re.compile(rf"(?P<open>\[\[?)[ \t]*(?P<key>{_DOTTED})[ \t]*\]\]?")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*")
_STRING = r'"""(?:\\.|[^\\])*?""""{0,2}' + r"|'''.*?''''{0,2}" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'"
_TEXT = re.compile(_STRING, re.S)
_SCALAR = re.compile(r"[^,\]}#\r\n]+")
_COMMENT = re.compile(rf"{_STRING}|(?P<comment>#[^\r\n]*)", re.S)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its value. ``start`` is where the key begins, ``value`` to ``end`` is its value.

    ``table`` is the path of the table that it stands in, ``inline`` whether that is within braces. ``braces``
    is whether the value is a table within braces itself.
    """

    path: Path
    table: Path
    start: int
    value: int
    end: int
    inline: bool
    braces: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table, from ``start`` to ``end``; ``array`` where it is one of several, or in one."""

    path: Path
    start: int
    end: int
    array: bool


@dataclass(slots=True)
class Layout:
    """Entries and headers, each in the order of the text."""

    entries: list[Entry] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)


def layout_of(text: str) -> Layout:
    """Where everything stands.

    Args:
        text: a TOML text that can be read.
    """
    return _Walk(text).walked()


def comments_of(text: str) -> list[str]:
    """The comments of a TOML text, in their order."""
    return [match["comment"] for match in _COMMENT.finditer(text) if match["comment"] is not None]


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._layout = Layout()

    def walked(self) -> Layout:
        table: Path | None = ()
        arrays: set[Path] = set()
        while self._next():
            header = _HEADER.match(self._text, self._at)
            if header is None:
                self._pair(table, inline=False)
                continue
            path = parts_of(header["key"])
            if header["open"] == "[[":
                arrays.add(path)
            several = any(path[:n] in arrays for n in range(1, len(path) + 1))
            self._layout.headers.append(Header(path, header.start(), header.end(), several))
            self._at = header.end()
            table = None if several else path
        return self._layout

    def _next(self) -> str:
        """The sign at which something begins, past blanks, commas and comments; empty at the end."""
        self._past(_BLANK)
        return self._text[self._at : self._at + 1]

    def _past(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"no TOML at {self._at}")
        self._at = found.end()
        return found[0]

    def _pair(self, table: Path | None, *, inline: bool) -> None:
        """Pass a key and its value. Within a list no key can be named: ``table`` is ``None`` there."""
        start = self._at
        parts = parts_of(self._past(_KEY))
        self._past(_EQUALS)
        value = self._at
        # An outer entry comes before those within it.
        place = len(self._layout.entries)
        path = None if table is None else (*table, *parts)
        self._value(path)
        if table is not None and path is not None:
            braces = self._text[value] == "{"
            entry = Entry(path, table, start, value, self._at, inline, braces)
            self._layout.entries.insert(place, entry)

    def _value(self, path: Path | None) -> None:
        sign = self._text[self._at]
        if sign in "\"'":
            self._past(_TEXT)
        elif sign == "[":
            self._at += 1
            while self._next() != "]":
                self._value(None)
            self._at += 1
        elif sign == "{":
            self._at += 1
            while self._next() != "}":
                self._pair(path, inline=True)
            self._at += 1
        else:
            scalar = self._past(_SCALAR)
            self._at -= len(scalar) - len(scalar.rstrip())


def parts_of(key: str) -> Path:
    """The parts of a key as it is written: ``a."b.c"`` has two."""
    found: list[str] = []
    read: object = tomllib.loads(f"{key} = 0")
    while isinstance(read, dict):
        ((part, read),) = read.items()
        found.append(part)
    return tuple(found)
