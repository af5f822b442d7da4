"""The error of the filter language: it points at the character and suggests a correction."""

from __future__ import annotations

import unicodedata

from tui.errors import OrdexError
from tui.name_suggestions import did_you_mean

BRIEF = 40
"""Characters of the user's own text that a message repeats."""


class FilterError(OrdexError, ValueError):
    """The text is not a valid filter.

    ``position`` and ``length`` mark the faulty part of ``text`` in characters (``position`` may be the end
    of the text, ``length`` is at least 1); ``suggestion``, when there is one, is what to write in its place.
    The messages repeat the user's text, so a surface makes them visible like any other.
    """

    title = "This is not a filter"

    def __init__(
        self, message: str, *, text: str, position: int, length: int = 1, suggestion: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = min(position, len(text))
        self.length = max(1, min(length, len(text) - self.position))
        self.suggestion = suggestion

    def __str__(self) -> str:
        return f"{self.message}; {did_you_mean(self.suggestion)}" if self.suggestion else self.message

    def mended(self) -> str | None:
        """The text with the suggestion put in; ``None`` without a suggestion."""
        if self.suggestion is None:
            return None
        return self.text[: self.position] + self.suggestion + self.text[self.position + self.length :]

    def pointed(self, width: int = 72) -> str:
        """Three lines: the text (at most ``width`` characters of it), carets below the fault, the message.

        Characters that do not print stand as one sign each, so that the carets keep their place.
        """
        start = max(0, self.position - width // 2)
        part = self.text[start : start + width]
        shown = "".join(character if character.isprintable() else "�" for character in part)
        lead, tail = ("…" if start else ""), ("…" if start + width < len(self.text) else "")
        before, fault = shown[: self.position - start], shown[self.position - start :][: self.length]
        carets = " " * _cells(lead + before) + "^" * max(1, _cells(fault))
        return f"{lead}{shown}{tail}\n{carets}\n{self}"


def shorten(text: str) -> str:
    """The user's text between quotes, shortened for a message."""
    return f"“{text}”" if len(text) <= BRIEF else f"“{text[: BRIEF - 1]}…”"


def _cells(text: str) -> int:
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
