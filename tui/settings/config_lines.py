"""On which line of a TOML file each key stands; Python's own reader does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_HEADER = re.compile(rf"\[\[?[ \t]*(?P<key>{_KEY.pattern})[ \t]*\]\]?")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}' + r"|'''.*?''''{0,2}" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'", re.S
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def find_lines(text: str) -> Mapping[tuple[str, ...], int]:
    """The line, counted from 1, on which each key and each table is first named, by its parts.

    Args:
        text: a TOML text that can be read.
    """
    return _Walk(text).keys()


class _Walk:
    """From the first key to the last; values are passed over, but for the keys of tables within them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[tuple[str, ...], int] = {}

    def keys(self) -> dict[tuple[str, ...], int]:
        table: tuple[str, ...] = ()
        while self._next():
            if header := _HEADER.match(self._text, self._at):
                table = self._note((), header["key"], header.start("key"))
                self._at = header.end()
            else:
                self._pair(table)
        return self._lines

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

    def _pair(self, table: tuple[str, ...]) -> None:
        begins = self._at
        path = self._note(table, self._past(_KEY), begins)
        self._past(_EQUALS)
        self._value(path)

    def _value(self, path: tuple[str, ...]) -> None:
        sign = self._text[self._at]
        if sign in "\"'":
            self._past(_TEXT)
        elif sign == "[":
            self._at += 1
            while self._next() != "]":
                self._value(path)
            self._at += 1
        elif sign == "{":
            self._at += 1
            while self._next() != "}":
                self._pair(path)
            self._at += 1
        else:
            self._past(_SCALAR)

    def _note(self, table: tuple[str, ...], key: str, at: int) -> tuple[str, ...]:
        line = self._text.count("\n", 0, at) + 1
        for part in _parts(key):
            table = (*table, part)
            self._lines.setdefault(table, line)
        return table


def _parts(key: str) -> tuple[str, ...]:
    found: list[str] = []
    read: object = tomllib.loads(f"{key} = 0")
    while isinstance(read, dict):
        ((part, read),) = read.items()
        found.append(part)
    return tuple(found)
