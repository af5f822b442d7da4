"""What a line asks for: a verb, a value to keep, a value to see, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .line_error import LineError
from .lines import Line, cut, is_incomplete
from .own_verb import Tail
from .values import is_expression
from .words import Word, after_space, read_word

Tails = Callable[[str], Tail | None]
"""The tail of a verb of the REPL by the verb's name, ``None`` for all others."""

_FIRST = re.compile(r"\s*([A-Za-z][\w-]*)(?=\s|\Z)")
_ASSIGNED = re.compile(r"\s*\$?([A-Za-z]\w*)\s+=(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty line, or a comment."""


@dataclass(frozen=True, slots=True)
class Keep:
    """``name = …``: the rest of the text from ``start`` is a value or a line whose result is kept."""

    text: str
    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Show:
    """A value on its own: ``_.items[0]``, ``$ids | wc -l``."""

    line: Line

    @property
    def expression(self) -> Word:
        """The value's name and path."""
        return self.line.words[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb with its words, or with a tail that is not cut into words (``tail`` is where it starts)."""

    line: Line
    tail: int | None = None

    @property
    def name(self) -> Word:
        """The verb's name."""
        return self.line.words[0]


Statement = Nothing | Keep | Show | Asked


def read_statement(text: str, tails: Tails) -> Statement:
    """Read one logical line.

    Raises:
        LineError: it is none.
    """
    first = _FIRST.match(text)
    if (tail := tails(first.group(1)) if first else None) is not None:
        return _with_tail(text, tail)
    if assigned := _ASSIGNED.match(text):
        return Keep(text, assigned.group(1), after_space(text, assigned.end()))
    line = cut(text)
    if not line.words:
        if line.pipe is not None or line.redirect is not None:
            raise LineError("there is no verb in front of this", text=text, position=line.end)
        return Nothing()
    if is_expression(line.words[0]):
        if len(line.words) > 1:
            raise LineError("a value stands on its own", text=text, position=line.words[1].start)
        return Show(line)
    return Asked(line)


def wants_more(text: str, tails: Tails) -> bool:
    """Whether the text is the beginning of a longer one: multi-line JSON, an open quote."""
    first = _FIRST.match(text)
    tail = tails(first.group(1)) if first else None
    if tail is None:
        return is_incomplete(text)
    if not tail.line:
        return text.endswith("\\")
    try:
        asked = _with_tail(text, tail)
    except LineError as error:
        return error.incomplete
    return asked.tail is not None and is_incomplete(text[asked.tail :])


def _with_tail(text: str, tail: Tail) -> Asked:
    """Read the words in front of the tail; without a tail the line is cut to its end like any other."""
    at = after_space(text, 0)
    words: list[Word] = []
    for _ in range(tail.heads + 1):
        if at >= len(text) or text[at] in "#|>":
            return Asked(cut(text))
        words.append(read_word(text, at))
        at = after_space(text, words[-1].end)
    if tail.sign is not None:
        if text[at : at + len(tail.sign)] != tail.sign:
            return Asked(cut(text))
        at = after_space(text, at + len(tail.sign))
    elif at >= len(text):
        return Asked(cut(text))
    return Asked(Line(text, tuple(words), words[-1].end), tail=at)
