"""One line: its words and the target of its output.

``… | command`` pipes the result to a shell command, ``… > file`` writes it to a new file,
``… >| file`` replaces one, ``… >> file`` appends, and a ``#`` at the start of a word begins a comment.
A ``>`` redirects only at the start of a word: a comparison in a filter is written without a space before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tui.repl.line.line_error import LineError
from tui.repl.line.values import is_expression
from tui.repl.line.vocabulary import RestOfLine
from tui.repl.line.words import Word, after_space, read_word


@dataclass(frozen=True, slots=True)
class Redirect:
    """``> file`` for a new one, ``>| file`` to replace one, or ``>> file`` to append."""

    file: Word
    append: bool
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """A parsed line: ``words`` end at ``end``; ``pipe`` is the shell's own text."""

    text: str
    words: tuple[Word, ...]
    end: int
    pipe: str | None = None
    redirect: Redirect | None = None


def parse_line(text: str, at: int = 0) -> ParsedLine:
    """Parse a line from a position on.

    Raises:
        LineError: the line is invalid; ``incomplete`` if more text could complete it.
    """
    words: list[Word] = []
    end = at
    while (at := after_space(text, at)) < len(text) and text[at] != "#":
        if text[at] == "|":
            return ParsedLine(text, tuple(words), end, pipe=_command(text, at))
        if text[at] == ">" and text[at + 1 : at + 2] != "=":
            return ParsedLine(text, tuple(words), end, redirect=_redirect(text, at, words))
        word = read_word(text, at)
        words.append(word)
        at = end = word.end
    return ParsedLine(text, tuple(words), end)


def is_incomplete(text: str) -> bool:
    """Whether a quote, a bracket or a backslash at the end asks for another line."""
    try:
        parse_line(text)
    except LineError as error:
        return error.incomplete
    return False


def _command(text: str, at: int) -> str:
    command = text[at + 1 :].strip()
    if not command or command.startswith("|"):
        raise LineError("the shell command after | is missing", text=text, position=at)
    return command


def _redirect(text: str, at: int, words: list[Word]) -> Redirect:
    append, overwrite = text[at + 1 : at + 2] == ">", text[at + 1 : at + 2] == "|"
    name = after_space(text, at + 1 + (append or overwrite))
    if name >= len(text) or text[name] in "#|>":
        raise LineError("the file name after > is missing", text=text, position=at)
    _refuse_comparison(text, at, words)
    file = read_word(text, name)
    rest = after_space(text, file.end)
    if rest < len(text) and text[rest] != "#":
        raise LineError(
            "unexpected text after the file name; quote the name if it contains spaces",
            text=text,
            position=rest,
            length=len(text) - rest,
        )
    return Redirect(file, append, overwrite)


def _refuse_comparison(text: str, at: int, words: list[Word]) -> None:
    """``where amount > 100`` is meant to compare, not to write a file that is called 100."""
    if not words or words[-1].quoted:
        return
    from tui.orders.filter.filter_fields import lookup

    name = words[-1].text.removeprefix("--").lstrip("-(")
    filtered = any(word.text in ("where", "--where") for word in words[:-1])
    if filtered and lookup(name) is not None:
        raise LineError(
            f"a > after a space writes to a file; to compare, write {name}>… without the space",
            text=text,
            position=at,
        )


Tails = Callable[[str], RestOfLine | None]
"""The tail of a verb of the REPL by the verb's name, ``None`` for all others."""

_FIRST = re.compile(r"\s*([A-Za-z][\w-]*)(?=\s|\Z)")
_ASSIGNED = re.compile(r"\s*\$?([A-Za-z]\w*)\s+=(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class BlankLine:
    """An empty line, or a comment."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """``name = …``: the text from ``start`` is a value or a line whose result is assigned."""

    text: str
    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A value on its own: ``_.items[0]``, ``$ids | wc -l``."""

    line: ParsedLine

    @property
    def expression(self) -> Word:
        """The value's name and path."""
        return self.line.words[0]


@dataclass(frozen=True, slots=True)
class Command:
    """A verb with its words, or with a tail that is not cut into words (``tail`` is where it starts)."""

    line: ParsedLine
    tail: int | None = None

    @property
    def name(self) -> Word:
        """The verb's name."""
        return self.line.words[0]


Statement = BlankLine | Assignment | Expression | Command


def read_statement(text: str, tails: Tails) -> Statement:
    """Parse one logical line.

    Raises:
        LineError: the line is invalid.
    """
    first = _FIRST.match(text)
    if (tail := tails(first.group(1)) if first else None) is not None:
        return _with_tail(text, tail)
    if assigned := _ASSIGNED.match(text):
        return Assignment(text, assigned.group(1), after_space(text, assigned.end()))
    line = parse_line(text)
    if not line.words:
        if line.pipe is not None or line.redirect is not None:
            raise LineError("a command is missing before this", text=text, position=line.end)
        return BlankLine()
    if is_expression(line.words[0]):
        if len(line.words) > 1:
            raise LineError("unexpected text after the value", text=text, position=line.words[1].start)
        return Expression(line)
    return Command(line)


def needs_more_input(text: str, tails: Tails) -> bool:
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


def _with_tail(text: str, tail: RestOfLine) -> Command:
    """Read the words in front of the tail; without a tail the line is cut to its end like any other."""
    at = after_space(text, 0)
    words: list[Word] = []
    for _ in range(tail.heads + 1):
        if at >= len(text) or text[at] in "#|>":
            return Command(parse_line(text))
        words.append(read_word(text, at))
        at = after_space(text, words[-1].end)
    if tail.sign is not None:
        if text[at : at + len(tail.sign)] != tail.sign:
            return Command(parse_line(text))
        at = after_space(text, at + len(tail.sign))
    elif at >= len(text):
        return Command(parse_line(text))
    return Command(ParsedLine(text, tuple(words), words[-1].end), tail=at)
