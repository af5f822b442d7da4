"""One line: its words, and where its result goes.

``… | command`` hands the result to the shell, ``… > file`` writes it to a new file, ``… >| file`` replaces
one, ``… >> file`` appends, and what follows a ``#`` that begins a word is a comment. A ``>`` goes to a file
only where a word begins: a comparison in a filter is written without a space before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .line_error import LineError
from .words import Word, after_space, read_word


@dataclass(frozen=True, slots=True)
class Redirect:
    """``> file`` for a new one, ``>| file`` to replace one, or ``>> file`` to append."""

    file: Word
    append: bool
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was cut: ``words`` end at ``end``; ``pipe`` is the shell's own text."""

    text: str
    words: tuple[Word, ...]
    end: int
    pipe: str | None = None
    redirect: Redirect | None = None


def cut(text: str, at: int = 0) -> Line:
    """Cut a line from a position on.

    Raises:
        LineError: it is no line; ``incomplete`` where more text could make it one.
    """
    words: list[Word] = []
    end = at
    while (at := after_space(text, at)) < len(text) and text[at] != "#":
        if text[at] == "|":
            return Line(text, tuple(words), end, pipe=_command(text, at))
        if text[at] == ">" and text[at + 1 : at + 2] != "=":
            return Line(text, tuple(words), end, redirect=_redirect(text, at, words))
        word = read_word(text, at)
        words.append(word)
        at = end = word.end
    return Line(text, tuple(words), end)


def is_incomplete(text: str) -> bool:
    """Whether a quote, a bracket or a backslash at the end asks for another line."""
    try:
        cut(text)
    except LineError as error:
        return error.incomplete
    return False


def _command(text: str, at: int) -> str:
    command = text[at + 1 :].strip()
    if not command or command.startswith("|"):
        raise LineError("a shell command is missing behind |", text=text, position=at)
    return command


def _redirect(text: str, at: int, words: list[Word]) -> Redirect:
    append, overwrite = text[at + 1 : at + 2] == ">", text[at + 1 : at + 2] == "|"
    name = after_space(text, at + 1 + (append or overwrite))
    if name >= len(text) or text[name] in "#|>":
        raise LineError("the name of a file is missing behind >", text=text, position=at)
    _refuse_comparison(text, at, words)
    file = read_word(text, name)
    rest = after_space(text, file.end)
    if rest < len(text) and text[rest] != "#":
        raise LineError(
            "nothing may follow the file; quote its name if it holds spaces",
            text=text,
            position=rest,
            length=len(text) - rest,
        )
    return Redirect(file, append, overwrite)


def _refuse_comparison(text: str, at: int, words: list[Word]) -> None:
    """``where amount > 100`` is meant to compare, not to write a file that is called 100."""
    if not words or words[-1].quoted:
        return
    from tui.orders.filter.fields import lookup

    name = words[-1].text.removeprefix("--").lstrip("-(")
    filtered = any(word.text in ("where", "--where") for word in words[:-1])
    if filtered and lookup(name) is not None:
        raise LineError(
            f"a > with a space before it writes to a file; to compare, write {name}>… without the space",
            text=text,
            position=at,
        )
