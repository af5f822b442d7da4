"""Splits the text of a filter into tokens. Never fails: errors are reported by the parser.

Parser, completion and highlighting read the same tokens, so they cannot disagree on what a text means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class TokenKind(Enum):
    """What a token is."""

    NAME = auto()
    OPERATOR = auto()
    VALUE = auto()
    COMMA = auto()
    WORD = auto()
    KEYWORD = auto()
    MINUS = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``text[start:end]`` of the filter, ``value`` without quotes and escapes."""

    kind: TokenKind
    start: int
    end: int
    value: str
    quoted: bool = False
    closed: bool = True


_OPERATOR = re.compile(r">=|<=|!=|!~|\^=|\$=|==|=>|=<|[:=<>~]")
_WORD = re.compile(r'(?:(?![:=<>~]|[!^$]=|!~)[^\s()"])+')
_NAME = re.compile(r'(?:metadata|meta)\.(?:(?![:=<>~]|[!^$]=|!~)[^\s()",]|"(?:[^"\\]|\\.)*")+', re.I | re.S)
_VALUE = re.compile(r'[^\s(),"]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)("|\\?\Z)', re.S)
_SPACE = re.compile(r"\s*")
_ESCAPE = re.compile(r"\\(.)", re.S)
_KEYWORD = re.compile(r"(?:and|or|not)\Z", re.I)


def tokens(text: str) -> list[Token]:
    """Cut the text into tokens; every character except white space is in one of them."""
    lexer = _Lexer(text)
    while lexer.step():
        pass
    return lexer.found


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: list[Token] = []
        self.awaits_value = False

    def step(self) -> bool:
        """Read one token; false at the end of the text."""
        self.at = self._after_space(self.at)
        if self.at >= len(self.text):
            return False
        if self.awaits_value:
            self._value()
        else:
            self._term()
        return True

    def _after_space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _add(self, kind: TokenKind, end: int, value: str | None = None) -> None:
        self.found.append(Token(kind, self.at, end, self.text[self.at : end] if value is None else value))
        self.at = end

    def _quoted(self, kind: TokenKind) -> None:
        match = _QUOTED.match(self.text, self.at)
        end = match.end() if match else len(self.text)
        closed = match is not None and match.group(2) == '"'
        value = _ESCAPE.sub(r"\1", match.group(1) if match else self.text[self.at + 1 :])
        self.found.append(Token(kind, self.at, end, value, quoted=True, closed=closed))
        self.at = end

    def _value(self) -> None:
        self.awaits_value = False
        if self.text[self.at] == '"':
            self._quoted(TokenKind.VALUE)
        elif match := _VALUE.match(self.text, self.at):
            self._add(TokenKind.VALUE, match.end())
        elif self.text[self.at] != ",":
            return
        comma = self._after_space(self.at)
        if self.text[comma : comma + 1] == ",":
            self.at = comma
            self._add(TokenKind.COMMA, comma + 1)
            self.awaits_value = True

    def _term(self) -> None:
        character = self.text[self.at]
        if character == '"':
            self._quoted(TokenKind.WORD)
        elif character == "(":
            self._add(TokenKind.OPEN, self.at + 1)
        elif character == ")":
            self._add(TokenKind.CLOSE, self.at + 1)
        elif character == "-":
            self._add(TokenKind.MINUS, self.at + 1)
        elif match := _OPERATOR.match(self.text, self.at):
            self._add(TokenKind.OPERATOR, match.end())
            self.awaits_value = True
        else:
            self._name_or_word()

    def _name_or_word(self) -> None:
        named = _NAME.match(self.text, self.at)
        if named and _OPERATOR.match(self.text, self._after_space(named.end())):
            parts = re.split(r'("(?:[^"\\]|\\.)*")', named.group(), flags=re.S)
            plain = [_ESCAPE.sub(r"\1", part[1:-1]) if part.startswith('"') else part for part in parts]
            self._add(TokenKind.NAME, named.end(), "".join(plain))
            return
        match = _WORD.match(self.text, self.at)
        end = match.end() if match else self.at + 1
        if _OPERATOR.match(self.text, self._after_space(end)):
            self._add(TokenKind.NAME, end)
        elif _KEYWORD.match(self.text[self.at : end]):
            self._add(TokenKind.KEYWORD, end, self.text[self.at : end].lower())
        else:
            self._add(TokenKind.WORD, end)
