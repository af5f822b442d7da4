"""Splitting a line into words.

White space separates words. ``'…'`` is literal; in ``"…"`` and outside quotes a backslash makes the next
character literal. A single quote opens only at the start of a word or a value, so that O'Brien needs no
quotes. Inside brackets and braces white space is part of the word, which makes JSON one word, over as many
lines as it takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tui.repl.line.line_error import LineError

Kind = Literal["plain", "literal", "json"]

_OPENED_BY = "=:,"
_CLOSES = {"{": "}", "[": "]"}
_PLAIN_WORD = re.compile(r"[\w./:=@%+,~^<>*!?-]+\Z")
_SPACE = re.compile(r"(?:\s|\\\n)*")


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part of a word. ``$names`` are replaced in ``plain`` pieces, as JSON in ``json`` ones."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``line[start:end]``, in pieces. ``quoted`` is whether quotes or escapes were used."""

    start: int
    end: int
    pieces: tuple[WordPart, ...]
    quoted: bool

    @property
    def text(self) -> str:
        """The word without its quotes."""
        return "".join(piece.text for piece in self.pieces)

    def behind(self, prefix: int) -> Word:
        """The word without its first characters, which must be in its first piece."""
        first, *rest = self.pieces
        kept = (WordPart(first.text[prefix:], first.kind), *rest)
        return Word(self.start + prefix, self.end, kept, self.quoted)


def after_space(text: str, at: int) -> int:
    """The first position from ``at`` that holds no white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def read_word(text: str, at: int) -> Word:
    """Read the word that begins at ``at``.

    Raises:
        LineError: a quote or a bracket has no end; the error is ``incomplete``.
    """
    reader = _Reader(text, at)
    while reader.step():
        pass
    return reader.word()


def quote_word(text: str) -> str:
    """Quote a text so that it reads back unchanged, with quotes only if needed."""
    if _PLAIN_WORD.match(text) and not text.startswith((">", "-")) and text != "_":
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return f'"{escaped}"'


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.start = self.at = at
        self.pieces: list[WordPart] = []
        self.quoted = False

    def word(self) -> Word:
        return Word(self.start, self.at, tuple(self.pieces), self.quoted)

    def step(self) -> bool:
        """Read one piece; false at the word's end."""
        if self.at >= len(self.text):
            return False
        character = self.text[self.at]
        if character.isspace() or character == "|":
            return False
        if character == "'" and self._may_quote():
            self._single()
        elif character == '"':
            self._double()
        elif character == "\\":
            self._escape()
        elif self.text.startswith("${", self.at):
            self._name()
        elif character in _CLOSES:
            self._brackets()
        else:
            self._add(character, "plain")
            self.at += 1
        return True

    def _add(self, text: str, kind: Kind) -> None:
        if self.pieces and self.pieces[-1].kind == kind and kind == "plain":
            self.pieces[-1] = WordPart(self.pieces[-1].text + text, kind)
        else:
            self.pieces.append(WordPart(text, kind))

    def _may_quote(self) -> bool:
        return self.at == self.start or self.text[self.at - 1] in _OPENED_BY

    def _single(self) -> None:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            raise self._open("the closing quote is missing", self.at)
        self._add(self.text[self.at + 1 : end], "literal")
        self.quoted = True
        self.at = end + 1

    def _double(self) -> None:
        opened = self.at
        self.at += 1
        self.quoted = True
        self._add("", "plain")
        while self.at < len(self.text) and self.text[self.at] != '"':
            if self.text[self.at] == "\\":
                self._escape()
            else:
                self._add(self.text[self.at], "plain")
                self.at += 1
        if self.at >= len(self.text):
            raise self._open("the closing quote is missing", opened)
        self.at += 1

    def _escape(self) -> None:
        if self.at + 1 >= len(self.text):
            raise self._open("a character is missing after the backslash", self.at)
        self.quoted = True
        taken = self.text[self.at + 1]
        if taken != "\n":
            self._add(taken, "literal")
        self.at += 2

    def _name(self) -> None:
        end = self.text.find("}", self.at)
        if end < 0:
            raise self._open("the closing } of ${ is missing", self.at)
        self._add(self.text[self.at : end + 1], "plain")
        self.at = end + 1

    def _brackets(self) -> None:
        opened = [(self.text[self.at], self.at)]
        begin = self.at
        self.at += 1
        while opened:
            if self.at >= len(self.text):
                sign, position = opened[-1]
                raise self._open(f"the closing {_CLOSES[sign]} of {sign} is missing", position)
            character = self.text[self.at]
            if character == '"':
                begin = self._json_string(begin)
                continue
            if character in _CLOSES:
                opened.append((character, self.at))
            elif character in "}]":
                sign, position = opened.pop()
                if _CLOSES[sign] != character:
                    raise LineError(f"{sign} is closed by {character}", text=self.text, position=position)
            self.at += 1
        self._add(self.text[begin : self.at], "json")

    def _json_string(self, begin: int) -> int:
        """Read a literal string inside brackets; return its end."""
        self._add(self.text[begin : self.at], "json")
        opened = self.at
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            self.at += 2 if self.text[self.at] == "\\" else 1
        if self.at >= len(self.text):
            self.at = len(self.text)
            raise self._open("the closing quote is missing", opened)
        self.at += 1
        self._add(self.text[opened : self.at], "literal")
        return self.at

    def _open(self, message: str, position: int) -> LineError:
        return LineError(message, text=self.text, position=position, incomplete=True)
