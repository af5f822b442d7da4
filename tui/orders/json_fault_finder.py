"""Finds the position and reason of a fault in JSON, by a slower reader than ``strict_json``."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from .json_rules import JsonError, read_number, text_fault

SHOWN = 40
"""Characters of a key that a message repeats. Values are never repeated: they may be personal or secret."""

_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\Z", re.ASCII)
_WORDS = frozenset({"true", "false", "null"})
_CONSTANTS = frozenset({"NaN", "Infinity", "-Infinity"})


def find_fault(text: str, max_depth: int) -> JsonError:
    """The first fault of a text that ``read_json`` refuses."""
    try:
        _FaultFinder(text, max_depth).read_text()
    except JsonError as error:
        return error
    return JsonError("it cannot be read", 1, 1)


class _FaultFinder:
    def __init__(self, text: str, max_depth: int) -> None:
        self._text = text
        self._max_depth = max_depth
        self._at = 0

    def read_text(self) -> None:
        self._value(0)
        if self._next():
            self._fail("something follows the end of the JSON")

    def _value(self, depth: int) -> None:
        sign = self._next()
        if sign and sign in "{[":
            if depth == self._max_depth:
                self._fail(f"there are more than {self._max_depth} levels", is_well_formed=True)
            self._object(depth + 1) if sign == "{" else self._list(depth + 1)
        elif sign == '"':
            self._string()
        else:
            self._word(depth)

    def _object(self, depth: int) -> None:
        self._at += 1
        keys: set[str] = set()
        while self._next() != "}" or keys:
            if self._next() != '"':
                self._fail("a key in double quotes is missing")
            start = self._at
            key = self._string()
            if key in keys:
                shown = json.dumps(key[:SHOWN])
                text = f"the key {shown} occurs twice, and one of its values would be lost"
                self._fail(text, start, is_well_formed=True)
            keys.add(key)
            self._take(":", "a colon after the key is missing")
            self._value(depth)
            if self._next() == "}":
                break
            self._take(",", "a comma or } is missing")
        self._at += 1

    def _list(self, depth: int) -> None:
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            self._value(depth)
            if self._next() == "]":
                break
            self._take(",", "a comma or ] is missing")
        self._at += 1

    def _string(self) -> str:
        start = self._at
        self._at += 1
        while (sign := self._skip(_PLAIN)) != '"':
            if not sign:
                self._fail("a closing quote is missing for the text that begins here", start)
            if sign != "\\":
                self._fail(f"the character U+{ord(sign):04X} in a text must be written as an escape")
            if not _ESCAPE.match(self._text, self._at):
                self._fail("JSON has no such escape; a backslash is written \\\\")
            self._skip(_ESCAPE)
        self._at += 1
        value = str(json.loads(self._text[start : self._at]))
        if fault := text_fault(value):
            self._fail(f"the text {fault}", start, is_well_formed=True)
        return value

    def _word(self, depth: int) -> None:
        found = _WORD.match(self._text, self._at)
        if found is None:
            self._fail("a value is missing")
        word = found.group()
        if word in _CONSTANTS:
            # Alone it is a word like any other; within a list or an object other programs read a number.
            self._fail(f"{word} is not a JSON value", is_well_formed=depth > 0)
        if _NUMBER.match(word):
            try:
                read_number(word)
            except ValueError as error:
                self._fail(f"the number {error}", is_well_formed=True)
        elif word not in _WORDS:
            self._fail("this is not a JSON value; a text needs double quotes")
        self._at = found.end()

    def _take(self, sign: str, message: str) -> None:
        if self._next() != sign:
            self._fail(message)
        self._at += 1

    def _next(self) -> str:
        """The next character that is not white space; empty at the end."""
        return self._skip(_SPACE)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        if found := pattern.match(self._text, self._at):
            self._at = found.end()
        return self._text[self._at : self._at + 1]

    def _fail(self, message: str, at: int | None = None, *, is_well_formed: bool = False) -> NoReturn:
        at = self._at if at is None else at
        line = self._text.count("\n", 0, at) + 1
        raise JsonError(message, line, at - self._text.rfind("\n", 0, at), is_well_formed=is_well_formed)
